from typing import Any

from bot.ports import Store, Unit
from tests.bot.store.cast import MINUTE, NOW, Cast
from tests.bot.store.races import in_threads

BODY: dict[str, Any] = {"question": "借条过了五年还有用吗", "steps": ["先找证据"], "review_by": "2027-06-30"}
CHANGED = {**BODY, "question": "欠债好多年还能讨吗"}


def save(unit: Unit, cast: Cast, body: dict[str, Any], *, entry: str = "loan", published: bool = True) -> int:
    return unit.entries.save(entry, "loans", body, by=cast.chen, published=published, now=NOW)


def test_versions_are_counted_from_one_for_each_entry_and_all_kept(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        assert save(unit, cast, BODY) == 1
        assert unit.entries.save("loan", "debts", CHANGED, by=cast.zhao, published=False, now=NOW + MINUTE) == 2
        assert save(unit, cast, BODY, entry="wages") == 1
    with store.begin() as unit:
        assert unit.entries.versions("loan") == [
            (2, "debts", CHANGED, "赵敏", NOW + MINUTE, False),
            (1, "loans", BODY, "陈静", NOW, True),
        ]
        assert unit.entries.versions("unknown") == []


def test_current_is_the_latest_published_version(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        assert unit.entries.current() == {}
        save(unit, cast, BODY, entry="draft", published=False)
        save(unit, cast, BODY)
        save(unit, cast, CHANGED)
        save(unit, cast, BODY, published=False)
        assert unit.entries.current() == {"loan": ("loans", CHANGED)}


def test_editors_who_save_at_once_get_a_version_each(store: Store, cast: Cast) -> None:
    numbers = in_threads(store, [lambda unit: save(unit, cast, BODY)] * 6)
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
