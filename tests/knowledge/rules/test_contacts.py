import pytest

from knowledge.rules.contacts import has_free_way


@pytest.mark.parametrize(
    "free", ["公共法律服务热线 12348", "村人民调解委员会", "镇司法所", "县法律援助中心", "鉴定（不收费）"]
)
def test_a_free_way_is_known_by_its_name_or_by_saying_so(free: str) -> None:
    assert has_free_way(["公证处", free])


def test_ways_that_cost_something_are_not_enough() -> None:
    assert not has_free_way(["公证处", "律师事务所"])
