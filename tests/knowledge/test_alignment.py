"""Alignment: what an article became is told by its words, not by its number."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.alignment import align
from knowledge.impact import compare, diff

WORDS = st.text(st.sampled_from("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"), min_size=12, max_size=40)
LAWS = st.lists(WORDS, min_size=1, max_size=12, unique=True)


def numbered(texts: list[str]) -> list[tuple[str, str]]:
    return [(f"第{at}条", text) for at, text in enumerate(texts, start=1)]


@given(LAWS)
def test_a_law_compared_with_itself_changed_nothing(texts: list[str]) -> None:
    found = compare(numbered(texts), numbered(texts))
    assert (found.added, found.changed, found.repealed, found.renumbered) == ((), [], (), [])


@given(LAWS, st.integers(0, 11))
def test_an_article_put_in_moves_those_behind_it_and_changes_none(texts: list[str], at: int) -> None:
    at = min(at, len(texts))
    found = compare(numbered(texts), numbered([*texts[:at], "0123456789", *texts[at:]]))
    assert found.added == ((f"第{at + 1}条", "0123456789"),)
    assert (found.changed, found.repealed) == ([], ())
    assert found.moves == {f"第{old}条": f"第{old + 1}条" for old in range(at + 1, len(texts) + 1)}


@given(LAWS, st.integers(0, 11))
def test_an_article_taken_out_is_the_only_one_struck(texts: list[str], at: int) -> None:
    at %= len(texts)
    found = compare(numbered(texts), numbered([*texts[:at], *texts[at + 1 :]]))
    assert found.struck == {f"第{at + 1}条"}
    assert (found.added, found.changed) == ((), [])


@given(LAWS)
def test_pairs_use_every_article_once(texts: list[str]) -> None:
    old, new = dict(numbered(texts)), dict(numbered(texts[::-1]))
    pairs = align(old, new)
    assert len({one for one, _ in pairs}) == len({other for _, other in pairs}) == len(pairs)


def test_an_article_may_move_and_change_at_once() -> None:
    old = numbered(["向人民法院请求保护民事权利的诉讼时效期间为三年。", "本法自公布之日起施行。"])
    new = numbered(
        ["为了示例，制定本法。", "向人民法院请求保护民事权利的诉讼时效期间为五年。", "本法自公布之日起施行。"]
    )
    found = compare(old, new)
    [change] = found.changed
    assert (change.old, change.new) == ("第1条", "第2条")
    assert [one.new for one in found.renumbered] == ["第3条"]
    assert found.added == (("第1条", "为了示例，制定本法。"),)


def test_a_thorough_revision_at_the_same_number_is_a_change_and_another_subject_is_not() -> None:
    old = [("第九条", "离婚后，不直接抚养子女的一方应当负担抚养费。")]
    assert compare(old, [("第九条", "不直接抚养子女的父母一方，离婚后负担必要的生活费、教育费。")]).changed
    replaced = compare(old, [("第九条", "国家建立土地用途管制制度。")])
    assert (len(replaced.added), len(replaced.repealed), replaced.changed) == (1, 1, [])


def test_equal_texts_keep_their_numbers() -> None:
    twice = [("第一条", "依照前款处理。"), ("第二条", "依照前款处理。")]
    assert compare(twice, twice).kept[1].new == "第二条"
    assert compare(twice, [*twice, ("第三条", "依照前款处理。")]).added == (("第三条", "依照前款处理。"),)


def test_blanks_and_ways_of_writing_a_sign_are_no_change() -> None:
    old, new = [("第一条", "下列行为：\n(一)甲；\n(二)“乙”。")], [("第一条", '下列行为：（一） 甲；（二）"乙"。')]
    assert compare(old, new).changed == []


@given(st.text("甲乙丙丁", max_size=30), st.text("甲乙丙丁", max_size=30))
def test_a_diff_holds_both_texts(before: str, after: str) -> None:
    parts = diff(before, after)
    assert "".join(text for kind, text in parts if kind != "new") == before
    assert "".join(text for kind, text in parts if kind != "gone") == after
