"""Variants left out one by one: what is found, and which entries are confused."""

from evaluation.held_out import PLAIN, Wording, held_out, share_within
from evaluation.variants import confusable, of_topics
from tests.evaluation.entries import DOGS, LOANS, WAGES, PairEncoder

ENTRIES = [WAGES, DOGS, LOANS]


def test_every_variant_is_asked_once_and_never_of_an_index_that_has_it() -> None:
    asked = held_out(ENTRIES, PairEncoder(), [PLAIN])[0]
    assert sorted((one.entry.id, one.text) for one in asked) == sorted(
        (one.id, text) for one in ENTRIES for text in one.variants
    )
    misplaced = next(one for one in asked if one.text == "邻居家的狗咬人了")
    assert misplaced.found[0] is DOGS  # An index that had it would say wages.


def test_a_wording_changes_what_is_asked_by_words_alone() -> None:
    plain, replaced = held_out(ENTRIES, PairEncoder(), [PLAIN, Wording(str, lambda _: "狗咬人" * 50)])
    assert len(plain) == len(replaced)
    assert share_within(replaced, 1) <= share_within(plain, 1)


def test_a_wording_may_change_what_the_encoder_sees() -> None:
    misheard = Wording(lambda _: "借条丢了还能要钱吗", lambda _: "")
    assert all(one.found[0] is LOANS for one in held_out(ENTRIES, PairEncoder(), [misheard])[0])


def test_the_misplaced_variant_is_listed_with_the_entry_it_finds() -> None:
    found = confusable(held_out(ENTRIES, PairEncoder(), [PLAIN])[0])
    listed = {(one.entry, one.other): one.variants for one in found.confusions}
    assert "邻居家的狗咬人了" in listed["wages", "dogs"]
    assert found.count == 12
    assert found.hit1 == 1 - sum(len(variants) for variants in listed.values()) / 12
    assert any("wages" in line and "dogs" in line for line in found.lines())
    assert found.as_json()["count"] == 12


def test_topics_choose_entries_and_none_means_all() -> None:
    held = [("工资", WAGES), ("相邻", DOGS)]
    assert of_topics((), held) == {"wages", "dogs"}
    assert of_topics(["相邻"], held) == {"dogs"}
