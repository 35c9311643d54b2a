from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.errors import UnknownVillage
from bot.domain.message import Address
from bot.domain.people import Rank, Resident, Role, Village
from bot.ports import Store, Unit
from tests.bot.store.cast import ASKER, IN_GROUP, NEIGHBOUR, NOW, Cast
from tests.bot.store.races import in_threads


def test_a_resident_is_made_on_first_sight_and_known_from_then_on(store: Store) -> None:
    with store.begin() as unit:
        first = unit.people.resident(ASKER, now=NOW)
        assert (first.channel, first.user, first.village) == ("wechat/gh_1", "openid-lao-li", None)
    with store.begin() as unit:
        assert unit.people.resident(ASKER, now=NOW) == first
        assert unit.people.resident(IN_GROUP, now=NOW) == first
        assert unit.people.resident(NEIGHBOUR, now=NOW).id != first.id
        assert unit.people.resident(replace(ASKER, channel="demo"), now=NOW).id != first.id


def test_in_a_group_of_a_known_village_a_resident_belongs_to_it(store: Store, cast: Cast) -> None:
    newcomer = Address("wechat/gh_1", "openid-new", "group-7")
    with store.begin() as unit:
        unit.people.save_group("wechat/gh_1", "group-7", name="法润民生群", village="hongqiao")
        assert unit.people.resident(newcomer, now=NOW).village == "hongqiao"
        assert unit.people.resident(IN_GROUP, now=NOW).village == "hongqiao"
    with store.begin() as unit:
        assert unit.people.resident(ASKER, now=NOW) == Resident(cast.resident, ASKER.channel, ASKER.user, "hongqiao")


def test_a_group_nobody_knows_changes_nothing(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        unit.people.place_resident(cast.resident, "xinyuan")
        assert unit.people.resident(IN_GROUP, now=NOW).village == "xinyuan"


def test_a_resident_is_placed_in_a_known_village_only(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        unit.people.place_resident(cast.resident, "hongqiao")
        with pytest.raises(UnknownVillage, match="nowhere"):
            unit.people.place_resident(cast.resident, "nowhere")
    with store.begin() as unit:
        assert unit.people.resident(ASKER, now=NOW).village == "hongqiao"


def test_many_first_sights_at_once_make_one_resident(store: Store) -> None:
    residents = in_threads(store, [lambda unit: unit.people.resident(NEIGHBOUR, now=NOW)] * 6)
    assert len(set(residents)) == 1


def test_villages_are_saved_changed_and_listed(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        unit.people.save_village(Village("hongqiao", "虹桥社区", "掘港街道"))
        assert unit.people.village("hongqiao") == Village("hongqiao", "虹桥社区", "掘港街道")
        assert unit.people.village("nowhere") is None
        assert [village.code for village in unit.people.villages()] == ["hongqiao", "xinyuan"]


def test_groups_are_saved_moved_and_listed(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        unit.people.save_group("wecom", "g-1", name="一群", village="hongqiao")
        unit.people.save_group("wecom", "g-1", name="一群改名", village="xinyuan")
        assert unit.people.village_of_group("wecom", "g-1") == "xinyuan"
        assert unit.people.village_of_group("demo", "g-1") is None
        assert unit.people.groups() == [("wecom", "g-1", "一群改名", "xinyuan")]
        with pytest.raises(UnknownVillage):
            unit.people.save_group("wecom", "g-2", name="二群", village="nowhere")


def test_the_chain_is_in_the_order_of_asking_whatever_the_order_given(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        ranks = [(Rank.JUDICIAL_OFFICE, cast.sun), (Rank.DEPUTY, cast.zhao), (Rank.DEPUTY, cast.qian)]
        unit.people.set_chain("hongqiao", [*ranks, (Rank.ADVISER, cast.chen)])
    with store.begin() as unit:
        chain = [(rank, person.id) for rank, person in unit.people.chain("hongqiao")]
    assert chain == [
        (Rank.ADVISER, cast.chen),
        (Rank.DEPUTY, cast.zhao),
        (Rank.DEPUTY, cast.qian),
        (Rank.JUDICIAL_OFFICE, cast.sun),
    ]


def test_who_left_is_not_asked(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        unit.accounts.set_active(cast.chen, False)
        unit.accounts.set_active(cast.sun, False)
        assert [person.name for _, person in unit.people.chain("hongqiao")] == ["赵敏"]
        assert unit.people.chain(None) == []


def test_without_a_village_the_judicial_office_is_asked(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        assert [(rank, person.id) for rank, person in unit.people.chain(None)] == [(Rank.JUDICIAL_OFFICE, cast.sun)]


def test_a_chain_is_replaced_as_a_whole_and_decides_who_sees_the_village(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        chen = unit.people.staff(cast.chen)
        assert chen is not None
        assert chen.villages == {"hongqiao"}
        unit.people.set_chain("hongqiao", [(Rank.ADVISER, cast.qian)])
    with store.begin() as unit:
        assert [person.id for _, person in unit.people.chain("hongqiao")] == [cast.qian]
        villages = {person.login: person.villages for person in unit.people.all_staff()}
        assert villages == {"chen": set(), "zhao": set(), "qian": {"hongqiao", "xinyuan"}, "sun": set()}
        unit.people.set_chain("hongqiao", [])
        assert [rank for rank, _ in unit.people.chain("hongqiao")] == [Rank.JUDICIAL_OFFICE]
        with pytest.raises(UnknownVillage):
            unit.people.set_chain("nowhere", [])


def test_of_two_chains_set_at_once_one_stands_as_a_whole(store: Store, cast: Cast) -> None:
    chains = [[(Rank.ADVISER, cast.chen), (Rank.DEPUTY, cast.zhao)], [(Rank.ADVISER, cast.zhao)]] * 3

    def setting(chain: list[tuple[Rank, int]]) -> Callable[[Unit], None]:
        return lambda unit: unit.people.set_chain("hongqiao", chain)

    in_threads(store, [setting(chain) for chain in chains])
    with store.begin() as unit:
        assert [(rank, person.id) for rank, person in unit.people.chain("hongqiao")] in chains


def test_staff_are_found_by_id(store: Store, cast: Cast) -> None:
    with store.begin() as unit:
        sun = unit.people.staff(cast.sun)
        assert sun is not None
        assert (sun.name, sun.login, sun.role, sun.active) == ("孙所长", "sun", Role.JUDICIAL_OFFICE, True)
        assert unit.people.staff(10_000) is None
