from dataclasses import replace

from bot.domain.dialogue import Dialogue
from bot.ports import Store
from tests.bot.store.cast import ASKER, IN_GROUP, MINUTE, NEIGHBOUR, NOW, Cast, open_case

HELD = Dialogue(
    options=("loan", "wages"),
    rest="其余",
    asked="借钱不还怎么办",
    entry="loan",
    unanswered=("他是我堂弟", "在外地"),
    said_at=NOW,
    fact=1,
    facts_asked=2,
)


def test_what_was_said_is_recalled_whole_and_at_the_same_address_only(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        held = replace(HELD, case=open_case(unit, cast))
        unit.dialogues.remember(ASKER, held, expires=NOW + MINUTE)
    with store.begin() as unit:
        assert unit.dialogues.recall(ASKER, now=NOW) == held
        assert unit.dialogues.recall(IN_GROUP, now=NOW) == Dialogue()
        assert unit.dialogues.recall(NEIGHBOUR, now=NOW) == Dialogue()


def test_what_is_remembered_later_replaces_what_was_before(store: Store) -> None:
    with store.begin() as unit:
        unit.dialogues.remember(IN_GROUP, HELD, expires=NOW + MINUTE)
        unit.dialogues.remember(IN_GROUP, Dialogue(rest="全文"), expires=NOW + 2 * MINUTE)
        assert unit.dialogues.recall(IN_GROUP, now=NOW + MINUTE) == Dialogue(rest="全文")


def test_nothing_is_recalled_from_the_moment_it_expires(store: Store) -> None:
    with store.begin() as unit:
        unit.dialogues.remember(ASKER, HELD, expires=NOW + MINUTE)
        assert unit.dialogues.recall(ASKER, now=NOW + MINUTE) == Dialogue()
