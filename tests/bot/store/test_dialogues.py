from bot.ports import Store
from tests.bot.store.cast import ASKER, IN_GROUP, MINUTE, NEIGHBOUR, NOW


def test_what_was_offered_is_recalled_at_the_same_address_only(store: Store) -> None:
    with store.begin() as unit:
        unit.dialogues.remember(ASKER, options=["loan", "wages"], rest="其余", expires=NOW + MINUTE)
    with store.begin() as unit:
        assert unit.dialogues.recall(ASKER, now=NOW) == (("loan", "wages"), "其余")
        assert unit.dialogues.recall(IN_GROUP, now=NOW) == ((), "")
        assert unit.dialogues.recall(NEIGHBOUR, now=NOW) == ((), "")


def test_what_is_remembered_later_replaces_what_was_before(store: Store) -> None:
    with store.begin() as unit:
        unit.dialogues.remember(IN_GROUP, options=["loan"], rest="", expires=NOW + MINUTE)
        unit.dialogues.remember(IN_GROUP, options=[], rest="全文", expires=NOW + 2 * MINUTE)
        assert unit.dialogues.recall(IN_GROUP, now=NOW + MINUTE) == ((), "全文")


def test_nothing_is_recalled_from_the_moment_it_expires(store: Store) -> None:
    with store.begin() as unit:
        unit.dialogues.remember(ASKER, options=["loan"], rest="其余", expires=NOW + MINUTE)
        assert unit.dialogues.recall(ASKER, now=NOW + MINUTE) == ((), "")
