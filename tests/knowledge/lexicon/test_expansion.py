"""Questions and the words of the law: what is added, what is put right, and what is left alone."""

import pytest

from knowledge.lexicon.expansion import Lexicon, shipped
from knowledge.lexicon.rows import Row, RowFile, RowKind

LEXICON = Lexicon(
    [
        RowFile(
            kind=RowKind.COLLOQUIAL,
            rows=(
                Row(said="媳妇", means=("妻子", "儿媳")),
                Row(said="儿媳妇", means=("儿媳",)),
                Row(said="租地", means=("土地经营权",), not_in=("出租地", "租地方")),
                Row(said="老赖", means=("被执行人",)),
            ),
        ),
        RowFile(
            kind=RowKind.MISSPELLING,
            rows=(Row(said="老奈", means=("老赖",)), Row(said="善养", means=("赡养",), not_in=("改善养", "善养殖"))),
        ),
    ]
)


@pytest.mark.parametrize(
    ("asked", "searched"),
    [
        ("媳妇跑了", "媳妇跑了 妻子 儿媳"),
        ("儿媳妇要分家产", "儿媳妇要分家产"),
        ("媳妇就是我妻子", "媳妇就是我妻子 儿媳"),
        ("租地种菜", "租地种菜 土地经营权"),
        ("出租地种菜", "出租地种菜"),
        ("想租地方开店", "想租地方开店"),
        ("出租地了又想租地", "出租地了又想租地 土地经营权"),
        ("他是老奈", "他是老赖 被执行人"),
        ("儿子不善养老人", "儿子不赡养老人"),
        ("改善养老", "改善养老"),
        ("善养殖的人", "善养殖的人"),
        ("", ""),
    ],
)
def test_a_question_is_searched_as(asked: str, searched: str) -> None:
    assert LEXICON.expand(asked) == searched


def test_a_lexicon_without_rows_changes_nothing() -> None:
    assert Lexicon([]).expand("老婆跑了") == "老婆跑了"


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ("包工头跑了工钱要不回来", "劳动报酬"),
        ("砌房子要不要批", "宅基地"),
        ("婚姻法怎么说", "婚姻家庭"),
        ("仲栽要多少钱", "仲裁"),
        ("人生保护令怎么办", "人身安全保护令"),
    ],
)
def test_the_shipped_lexicon_knows_how_people_here_speak(asked: str, term: str) -> None:
    assert term in shipped().expand(asked)


@pytest.mark.parametrize(
    "ordinary",
    [
        "劳动合同法规定的经济补偿",
        "第三者责任险",
        "承包田被水淹了",
        "工商局在哪里",
        "调节空调温度",
        "领证据复印件",
        "冲压金属件",
        "我和同事吵架",
        "报告他的去向",
        "改善养老条件",
        "注册商标会不会被撤销",
    ],
)
def test_the_shipped_lexicon_leaves_ordinary_words_alone(ordinary: str) -> None:
    assert shipped().expand(ordinary) == ordinary
