"""Which lines are articles. The same rules hold for every kind of file, so most are tried as text."""

from __future__ import annotations

import pytest

from knowledge.errors import UnreadableLaw
from knowledge.importing import Instrument, read_text
from tests.knowledge.importing.building import law, text


def read(*articles: str, title: str = "中华人民共和国示例法") -> Instrument:
    return read_text(text(law(*articles, title=title)), name="示例.txt")


def numbers(instrument: Instrument) -> list[str]:
    return [article.number for article in instrument.articles]


def test_paragraphs_and_items_stay_with_their_article() -> None:
    found = read(
        "第一条　下列行为应当登记：",
        "（一）买卖；",
        "（二）赠与。",
        "前款登记不收费。",
        "第二条　本法自2020年1月1日起施行。",
    )
    assert found.articles[0].text == "下列行为应当登记：\n（一）买卖；\n（二）赠与。\n前款登记不收费。"
    assert numbers(found) == ["第一条", "第二条"]


@pytest.mark.parametrize("between", ["　", " ", "  ", "\t", "\u3000\u3000", "\u00a0", "：", ""])
def test_a_number_is_set_off_by_any_blank_or_none(between: str) -> None:
    found = read(f"第一条{between}为了示例，制定本法。", f"第二条{between}本法自2020年1月1日起施行。")
    assert [article.text for article in found.articles] == ["为了示例，制定本法。", "本法自2020年1月1日起施行。"]


def test_leading_blanks_and_inner_blanks_of_a_number_do_not_matter() -> None:
    assert numbers(read("　　第 一 条　为了示例。", "\t第2条　本法。", "第３条　乙。")) == [
        "第一条",
        "第二条",
        "第三条",
    ]


def test_inserted_articles_stand_between_their_neighbours() -> None:
    found = read("第一条　甲。", "第一条之一　乙。", "第一条之二　丙。", "第二条　丁。")
    assert numbers(found) == ["第一条", "第一条之一", "第一条之二", "第二条"]


@pytest.mark.parametrize(
    "line",
    [
        "第三条规定的情形，适用前款。",
        "第三条、第四条的规定不适用。",
        "第三条第一款所列行为，从重处罚。",
        "第三条所称登记，是指甲。",
        "第三条至第五条的规定，适用于乙。",
        "第三条之规定，适用于乙。",
    ],
)
def test_a_reference_at_the_start_of_a_line_is_no_article(line: str) -> None:
    found = read("第一条　甲。", "第二条　乙。", line, "第三条　丙。", "第四条　丁。")
    assert numbers(found) == ["第一条", "第二条", "第三条", "第四条"]
    assert found.articles[1].text == f"乙。\n{line}"


def test_articles_quoted_from_another_law_are_text() -> None:
    found = read("第一条　甲。", "第二条　将有关规定修改为：", "“第八条　乙。", "第九条　丙。”", "第三条　丁。")
    assert numbers(found) == ["第一条", "第二条", "第三条"]


def test_a_gap_is_refused_with_its_place() -> None:
    with pytest.raises(UnreadableLaw, match="第 4 行：第一条之后直接是第三条，中间缺条"):
        read("第一条　甲。", "第三条　乙。")


def test_a_reference_set_off_by_a_blank_is_text_and_told() -> None:
    found = read("第一条　甲。", "第二条　乙。", "第九条 第一款规定的情形。")
    assert found.articles[1].text == "乙。\n第九条 第一款规定的情形。"
    assert any("第 5 行以“第九条”开头，当作第二条里的引用" in notice for notice in found.notices)


def test_an_article_number_that_stands_twice_is_refused_with_its_place() -> None:
    with pytest.raises(UnreadableLaw, match="第 5 行：第二条之后又出现第二条"):
        read("第一条　甲。", "第二条　乙。", "第二条　丙。")


def test_two_laws_in_one_file_are_refused() -> None:
    with pytest.raises(UnreadableLaw, match="又出现第一条"):
        read("第一条　甲。", "第二条　乙。", "中华人民共和国另一法", "第一条　丙。", "第二条　丁。")


def test_an_article_in_the_middle_of_a_line_is_refused_and_not_lost() -> None:
    with pytest.raises(UnreadableLaw, match="第二条没有另起一行"):
        read("第一条　甲。 第二条　乙。", "第三条　丙。")


def test_an_excerpt_is_read_and_told() -> None:
    found = read("第五条　甲。", "第六条　乙。")
    assert found.excerpt
    assert any("节选" in notice for notice in found.notices)


def test_headings_are_no_text_and_the_contents_are_no_articles() -> None:
    found = read(
        "目　　录",
        "第一编　总　　则",
        "第一章　一般规定",
        "第二编　合　　同",
        "第一分编　通　　则",
        "第二章　一般规定……………12",
        "　　第一节　订立",
        "附　　则",
        "第一编　总　　则",
        "第一章　一般规定",
        "第一条　甲。",
        "第二编　合　　同",
        "第一分编　通　　则",
        "第二章　一般规定",
        "第一节　订立",
        "第二条　乙。",
        "附　　则",
        "第三条　丙。",
    )
    assert [article.text for article in found.articles] == ["甲。", "乙。", "丙。"]
    assert found.articles[1].headings == ("第二编 合同", "第一分编 通则", "第二章 一般规定", "第一节 订立")
    assert [article.chapter for article in found.articles] == ["一般规定", "一般规定 订立", "附则"]


def test_an_interpretation_has_a_preamble_and_listed_headings() -> None:
    found = read(
        "法释〔2020〕26号",
        "为正确审理案件，结合审判实践，制定本解释。",
        "一、一般规定",
        "第一条　甲。",
        "二、管　辖",
        "第二条　乙：",
        "一、这是一项；",
        "二、这也是一项。",
        "第三条　本解释自2021年1月1日起施行。",
        title="最高人民法院关于审理示例纠纷案件适用法律问题的解释",
    )
    assert found.name == "最高人民法院关于审理示例纠纷案件适用法律问题的解释"
    assert found.preamble == "为正确审理案件，结合审判实践，制定本解释。"
    assert found.articles[1].text == "乙：\n一、这是一项；\n二、这也是一项。"
    assert [article.headings for article in found.articles[:2]] == [("一、一般规定",), ("二、管辖",)]


def test_the_last_item_of_a_list_is_no_heading_even_without_its_full_stop() -> None:
    found = read("第一条　给予下列处罚：", "（一）警告。", "（二）没收违法所得", "第二条　乙。")
    assert found.articles[0].text == "给予下列处罚：\n（一）警告。\n（二）没收违法所得"


def test_numbers_written_digit_by_digit() -> None:
    lines = [f"第{at}条　甲。" for at in range(1, 100)]
    found = read(*lines, "第一○○条　乙。", "第一〇一条　丙。", "第一百零二条　丁。")
    assert numbers(found)[-3:] == ["第一百条", "第一百零一条", "第一百零二条"]


def test_annexes_and_signatures_are_left_out_with_a_notice() -> None:
    found = read(
        "第一条　甲，见附件。",
        "第二条　本法自公布之日起施行。",
        "国务院总理　某　某",
        "2019年3月1日",
        "附件1",
        "收费表",
        "第一条　表一。",
    )
    assert numbers(found) == ["第一条", "第二条"]
    assert found.articles[1].text == "本法自公布之日起施行。"
    assert any("附件没有导入" in notice for notice in found.notices)


@pytest.mark.parametrize(
    ("title", "lines", "words"),
    [
        (
            "中华人民共和国刑法修正案（十二）",
            ["一、在刑法第一百六十五条中增加一款：", "“第一条　甲。”"],
            "修改其他法规",
        ),
        ("国务院关于修改《示例条例》的决定", ["一、第二条修改为：“第二条　乙。”", "第一条　甲。"], "修改其他法规"),
        (
            "最高人民法院关于示例问题的批复",
            ["江苏省高级人民法院：", "你院请示收悉。经研究，批复如下：", "一、可以。"],
            "批复",
        ),
        ("示例通知", ["一、加强领导。", "二、抓好落实。"], "没有一行以“第X条”开头"),
    ],
)
def test_what_has_no_articles_of_its_own_is_refused(title: str, lines: list[str], words: str) -> None:
    with pytest.raises(UnreadableLaw, match=words):
        read(*lines, title=title)


def test_an_amendment_names_the_articles_it_changes() -> None:
    with pytest.raises(UnreadableLaw, match="它改动了第三条、第九条。"):
        read("一、第三条修改为：“第三条　甲。”", "二、删去第九条。", title="国务院关于修改《示例条例》的决定")


def test_an_empty_article_is_refused() -> None:
    with pytest.raises(UnreadableLaw, match="第二条没有内容"):
        read("第一条　甲。", "第二条", "第三条　丙。")
