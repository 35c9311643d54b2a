from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.similar import Asked, pairs, similar, similarity

ASKED = [
    Asked("wage", 0, "老板欠我工资半年了怎么办"),
    Asked("loan", 0, "别人欠我钱不还怎么办"),
    Asked("loan", 1, "别人欠我钱，不还怎么办呢？"),
    Asked("wage-2", 0, "请问老板欠我工资半年怎么办"),
    Asked("wage-2", 1, "工资被拖了大半年"),
]


def test_a_question_nearly_asked_by_another_entry_is_found_and_paraphrases_of_one_entry_are_not() -> None:
    assert [(later.entry, earlier.entry) for later, earlier, _ in similar(ASKED)] == [("wage-2", "wage")]


def test_punctuation_and_particles_make_no_difference() -> None:
    assert similarity(pairs("家暴了怎么办？"), pairs("家暴，怎么办呢")) == 1


def test_one_character_more_in_a_short_question_is_still_the_same_question() -> None:
    assert similarity(pairs("被狗咬了谁来赔"), pairs("我被狗咬了谁来赔")) >= 0.6


@given(st.lists(st.text("借条丢欠钱了", min_size=1, max_size=8), max_size=12), st.sampled_from([0.3, 0.6, 0.9]))
def test_nothing_is_overlooked_by_comparing_only_what_shares_a_rare_pair(texts: list[str], at: float) -> None:
    asked = [Asked(str(number), 0, text) for number, text in enumerate(texts)]
    expected = {
        (later.entry, earlier.entry)
        for earlier, later in combinations(asked, 2)
        if similarity(pairs(earlier.text), pairs(later.text)) >= at
    }
    assert {(later.entry, earlier.entry) for later, earlier, _ in similar(asked, at=at)} == expected
