from bot.ports import Store
from tests.bot.store.cast import MINUTE, NOW, Cast
from tests.bot.store.races import in_threads


def test_a_group_remembers_when_the_bot_and_an_adviser_spoke_last(store: Store) -> None:
    with store.begin() as unit:
        assert unit.groups.last_spoke("wecom", "g-1") is None
        assert unit.groups.adviser_spoke("wecom", "g-1") is None
        unit.groups.note_spoke("wecom", "g-1", now=NOW)
        unit.groups.note_adviser("wecom", "g-1", now=NOW + MINUTE)
        unit.groups.note_spoke("wecom", "g-1", now=NOW + 2 * MINUTE)
    with store.begin() as unit:
        assert unit.groups.last_spoke("wecom", "g-1") == NOW + 2 * MINUTE
        assert unit.groups.adviser_spoke("wecom", "g-1") == NOW + MINUTE
        assert unit.groups.last_spoke("wecom", "g-2") is None
        assert unit.groups.last_spoke("demo", "g-1") is None


def test_first_words_spoken_at_once_are_no_conflict(store: Store) -> None:
    in_threads(store, [lambda unit: unit.groups.note_spoke("wecom", "g-1", now=NOW)] * 5)
    with store.begin() as unit:
        assert unit.groups.last_spoke("wecom", "g-1") == NOW


def test_a_bound_channel_user_is_an_adviser_until_the_adviser_leaves(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        assert not unit.groups.is_adviser("wecom", "chen.jing")
        unit.groups.bind_adviser("wecom", "chen.jing", cast.zhao)
        unit.groups.bind_adviser("wecom", "chen.jing", cast.chen)
        assert unit.groups.is_adviser("wecom", "chen.jing")
        assert not unit.groups.is_adviser("demo", "chen.jing")
        unit.accounts.set_active(cast.chen, False)
        assert not unit.groups.is_adviser("wecom", "chen.jing")
