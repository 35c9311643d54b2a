from __future__ import annotations

from datetime import date

import pytest

from knowledge.errors import UnreadableLaw
from knowledge.importing import Instrument, read_text
from tests.knowledge.importing.building import text


def read(*lines: str, name: str = "新文件.txt") -> Instrument:
    return read_text(text(lines), name=name)


def test_the_latest_date_of_the_history_is_the_version() -> None:
    found = read(
        "中华人民共和国示例法",
        "（1999年3月15日第九届全国人民代表大会第二次会议通过　根据2009年8月27日《关于修改部分法律的决定》第一次修正",
        "根据2018年12月29日第十三届全国人民代表大会常务委员会第七次会议修正）",
        "第一条　甲。",
        "第二条　本法自1999年10月1日起施行。",
    )
    assert found.title == "中华人民共和国示例法"
    assert found.version == date(2018, 12, 29)
    assert found.in_force is None  # what the text says is true of the first version only
    assert any("最初的施行日期" in notice for notice in found.notices)


def test_a_history_in_lines_without_brackets() -> None:
    found = read(
        "《江苏省示例条例》",
        "2004年6月17日江苏省第十届人民代表大会常务委员会第十次会议通过",
        "根据2018年11月23日江苏省第十三届人民代表大会常务委员会第六次会议《关于修改〈江苏省湖泊保护条例〉等十八件地方性法规的决定》第二次修正",
        "第一条　甲。",
    )
    assert (found.title, found.version) == ("江苏省示例条例", date(2018, 11, 23))


def test_the_year_of_a_revision_in_the_title_is_no_part_of_the_name() -> None:
    assert read("中华人民共和国示例法（2023年修订）", "第一条　甲。").name == "示例法"


def test_the_day_of_effect_in_the_note_is_no_version() -> None:
    found = read("示例条例", "（2024年7月29日国务院公布　自2024年9月1日起施行）", "第一条　甲。")
    assert (found.version, found.in_force) == (date(2024, 7, 29), date(2024, 9, 1))


@pytest.mark.parametrize(
    "written", ["二〇二〇年一月一日", "二○二○年一月一日", "二零二零年一月一日", "2020 年 1 月 1 日"]
)
def test_dates_in_any_writing(written: str) -> None:
    found = read("示例条例", f"（{written}国务院令第1号公布）", "第一条　甲。", "第二条　本条例自2020年3月1日起施行。")
    assert (found.version, found.in_force) == (date(2020, 1, 1), date(2020, 3, 1))


def test_in_force_on_publication_is_the_version_and_told() -> None:
    found = read("示例条例", "（2020年1月1日公布）", "第一条　本条例自公布之日起施行。")
    assert found.in_force == date(2020, 1, 1)
    assert any("请核对" in notice for notice in found.notices)


def test_the_file_name_gives_what_the_text_lacks() -> None:
    found = read("第一条　甲。", name="中华人民共和国示例法_20200528.docx".replace("docx", "txt"))
    assert (found.name, found.version) == ("示例法", date(2020, 5, 28))


@pytest.mark.parametrize(
    "lines",
    [
        ["最高人民法院", "关于审理示例案件适用法律", "若干问题的解释"],
        ["最高人民法院关于审理示例案件", "适用法律若干问题的解释"],
        ["最高人民法院关于审理示例案件适用法律若干问题的解释"],
        ["最 高 人 民 法 院", "关于审理示例案件适用法律若干问题的解释"],
    ],
)
def test_a_title_over_several_lines_is_one(lines: list[str]) -> None:
    found = read(*lines, "（2020年1月1日通过）", "第一条　甲。")
    assert found.title == "最高人民法院关于审理示例案件适用法律若干问题的解释"


def test_the_title_is_that_of_the_regulation_and_not_of_the_notice_around_it() -> None:
    found = read(
        "国务院关于印发示例办法的通知",
        "各省人民政府：",
        "现将《示例办法》印发给你们。",
        "国务院",
        "示例办法",
        "第一条　甲。",
    )
    assert found.title == "示例办法"


def test_the_title_is_not_taken_together_with_the_signature_of_the_announcement() -> None:
    found = read(
        "最高人民法院公告",
        "《最高人民法院关于审理示例案件的解释》现予公布，自2024年5月1日起施行。",
        "最高人民法院",
        "2024年2月2日",
        "最高人民法院",
        "关于审理示例案件的解释",
        "（2024年1月1日通过，自2024年5月1日起施行）",
        "第一条　甲。",
    )
    assert (found.title, found.version) == ("最高人民法院关于审理示例案件的解释", date(2024, 2, 2))


def test_brackets_that_never_close_are_refused() -> None:
    with pytest.raises(UnreadableLaw, match="第 2 行：题注的括号没有合上"):
        read("示例条例", "（2020年1月1日通过", "第一条　甲。", "第二条　乙。")


def test_a_file_without_a_title_says_so() -> None:
    assert any("标题" in notice for notice in read("第一条　甲。").notices)
