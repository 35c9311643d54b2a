import pytest

from bot.domain.people import Role
from bot.ports import Store
from tests.bot.store.cast import MINUTE, NOW, Cast
from tests.bot.store.races import in_threads


def test_a_new_person_has_no_password_and_the_login_is_theirs_alone(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        found = unit.accounts.by_login("chen")
        assert found is not None
        assert found == (unit.people.staff(cast.chen), None)
        assert unit.accounts.by_login("nobody") is None
        with pytest.raises(ValueError, match="taken"):
            unit.accounts.add_staff(name="陈二", login="chen", role=Role.ADMIN)
    with store.begin() as unit:
        assert [person.name for person in unit.people.all_staff()] == ["陈静", "赵敏", "钱进", "孙所长"]


def test_a_new_password_ends_the_sessions_before_it(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        before = unit.accounts.session_epoch(cast.chen), unit.accounts.session_epoch(cast.zhao)
        unit.accounts.set_password(cast.chen, "$argon2id$one")
        assert unit.accounts.session_epoch(cast.chen) == before[0] + 1
        unit.accounts.set_password(cast.chen, "$argon2id$two")
    with store.begin() as unit:
        found = unit.accounts.by_login("chen")
        assert found is not None
        assert found[1] == "$argon2id$two"
        assert (unit.accounts.session_epoch(cast.chen), unit.accounts.session_epoch(cast.zhao)) == (2, before[1])


def test_who_left_can_come_back(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        unit.accounts.set_active(cast.chen, False)
        found = unit.accounts.by_login("chen")
        assert found is not None
        assert not found[0].active
        unit.accounts.set_active(cast.chen, True)
        again = unit.people.staff(cast.chen)
        assert again is not None
        assert again.active


def test_a_setup_token_is_used_once(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        unit.accounts.issue_setup(cast.chen, "hash-1", expires=NOW + MINUTE)
    with store.begin() as unit:
        assert unit.accounts.redeem_setup("hash-2", now=NOW) is None
        redeemed = unit.accounts.redeem_setup("hash-1", now=NOW)
        assert redeemed is not None
        assert redeemed.id == cast.chen
        assert unit.accounts.redeem_setup("hash-1", now=NOW) is None


def test_a_setup_token_expires_and_a_new_one_ends_the_one_before(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        unit.accounts.issue_setup(cast.chen, "hash-1", expires=NOW + MINUTE)
        assert unit.accounts.redeem_setup("hash-1", now=NOW + MINUTE) is None
        unit.accounts.issue_setup(cast.chen, "hash-2", expires=NOW + 5 * MINUTE)
        unit.accounts.issue_setup(cast.zhao, "hash-3", expires=NOW + 5 * MINUTE)
        assert unit.accounts.redeem_setup("hash-1", now=NOW) is None
        assert unit.accounts.redeem_setup("hash-2", now=NOW + MINUTE) is not None
        assert unit.accounts.redeem_setup("hash-3", now=NOW + MINUTE) is not None


def test_a_token_redeemed_by_several_at_once_lets_one_in(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        unit.accounts.issue_setup(cast.chen, "hash-1", expires=NOW + MINUTE)
    redeemed = in_threads(store, [lambda unit: unit.accounts.redeem_setup("hash-1", now=NOW)] * 5)
    assert len([person for person in redeemed if person is not None]) == 1


def test_failed_logins_are_counted_by_login_and_time(store: Store) -> None:
    with store.begin() as unit:
        for login, ok, minutes in (("chen", False, 0), ("chen", False, 5), ("chen", True, 6), ("zhao", False, 6)):
            unit.accounts.note_login(login, ok=ok, now=NOW + minutes * MINUTE)
        assert unit.accounts.failed_logins("chen", since=NOW) == 2
        assert unit.accounts.failed_logins("chen", since=NOW + MINUTE) == 1
        assert unit.accounts.failed_logins("qian", since=NOW) == 0
