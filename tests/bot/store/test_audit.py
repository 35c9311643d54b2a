from bot.ports import Store
from tests.bot.store.cast import MINUTE, NOW, Cast


def test_the_latest_notes_come_first_with_the_name_of_who_did_it(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        unit.audit.note(cast.chen, "受理", "case 7", now=NOW, where="10.0.0.8")
        unit.audit.note(None, "超时转交", "case 7", now=NOW + MINUTE)
        unit.audit.note(cast.chen, "答复", "case 7", now=NOW + MINUTE)
    with store.begin() as unit:
        assert unit.audit.latest(2) == [
            (NOW + MINUTE, "陈静", "答复", "case 7"),
            (NOW + MINUTE, "", "超时转交", "case 7"),
        ]
        assert len(unit.audit.latest(9)) == 3
