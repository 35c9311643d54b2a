from __future__ import annotations

from quopri import encodestring
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from knowledge.errors import UnreadableLaw
from knowledge.importing import Instrument, read_docx
from tests.knowledge.importing.building import law, saved, word

W = nsdecls("w")


def texts(instrument: Instrument) -> list[tuple[str, str]]:
    return [(article.number, article.text) for article in instrument.articles]


TWO = [("第一条", "甲。"), ("第二条", "乙。")]


def test_number_and_text_in_runs_of_their_own() -> None:
    document = docx.Document()
    document.add_paragraph("中华人民共和国示例法")
    for number, words in TWO:
        paragraph = document.add_paragraph()
        paragraph.add_run(number).bold = True
        paragraph.add_run("　")
        paragraph.add_run(words)
    assert texts(read_docx(saved(document))) == TWO


def test_articles_in_one_paragraph_parted_by_line_breaks() -> None:
    assert texts(read_docx(word(["示例条例\n（2020年1月1日公布）\n第一条　甲。\n第二条　乙。"]))) == TWO


def test_headers_and_footers_are_no_text() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "第一条　页眉"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    for line in law("第一条　甲。", "第二条　乙。"):
        document.add_paragraph(line)
    assert texts(read_docx(saved(document))) == TWO


def test_a_file_with_nothing_to_read_says_so() -> None:
    with pytest.raises(UnreadableLaw, match="没有文字"):
        read_docx(saved(docx.Document()))


def test_a_file_within_the_file_is_read_or_refused_in_words() -> None:
    page = "<html><body><p>示例条例</p><p>第一条　甲。</p><p>第二条　乙。</p></body></html>"
    assert texts(read_docx(_embedding(page.encode(), "text/html"))) == TWO
    with pytest.raises(UnreadableLaw, match="嵌在里面的另一个文件"):
        read_docx(_embedding(b"\x00\x01", "application/msword"))


@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_a_page_saved_as_mht_is_read(charset: str) -> None:
    """As some official files are: nothing in the document but one embedded page."""
    page = (
        f'<html><head><meta charset="{charset}"><style>p {{}}</style></head><body><p align=center>示例条例</p>'
        "<p>&nbsp;&nbsp;第一条&nbsp;&nbsp;甲\r\n。</p><p>第二条　<b>乙。</b></p></body></html>"
    )
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        f'Content-Type: text/html; charset="{charset}"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    )
    content = head.encode() + encodestring(page.encode(charset)) + b"\r\n--x--\r\n"
    assert texts(read_docx(_embedding(content, "message/rfc822"))) == TWO


def _embedding(content: bytes, kind: str) -> bytes:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = docx.Document()
    part = Part(PackURI("/word/afchunk.mht"), kind, content, document.part.package)
    relation = document.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    )
    document.element.body.insert(0, parse_xml(f'<w:altChunk {nsdecls("w", "r")} r:id="{relation}"/>'))
    return saved(document)


def _listed(levels: list[tuple[str, str]], lines: list[tuple[int | None, str]]) -> bytes:
    """A law with a Word list of these (format, text), and paragraphs at a level of it or outside."""
    document = docx.Document()
    numbering: Any = document.part.numbering_part.element
    parts = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl>'
        for depth, (form, shown) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{parts}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for depth, line in lines:
        properties = document.add_paragraph(line)._p.get_or_add_pPr()
        if depth is not None:
            listed = f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'
            properties.append(parse_xml(listed))
    return saved(document)


def test_numbers_word_makes_itself_are_counted_as_word_does_and_told() -> None:
    found = read_docx(
        _listed(
            [("chineseCountingThousand", "第%1条"), ("chineseCounting", "（%2）"), ("decimal", "%3.")],
            [
                (None, "示例条例"),
                (0, "有下列情形的："),
                (1, "甲："),
                (2, "子；"),
                (2, "丑。"),
                (1, "乙。"),
                (0, "前条不适用："),
                (1, "丙。"),
            ],
        )
    )
    assert texts(found) == [
        ("第一条", "有下列情形的：\n（一）甲：\n1.子；\n2.丑。\n（二）乙。"),
        ("第二条", "前条不适用：\n（一）丙。"),
    ]
    assert found.notices[0].startswith("第 2 段起有 Word 自动加的编号")


def test_a_list_that_cannot_be_counted_is_refused_with_its_paragraph() -> None:
    for form in ("bullet", "upperRoman"):
        with pytest.raises(UnreadableLaw, match="第 2 段：这一段的编号是 Word 自动加的"):
            read_docx(_listed([(form, "%1、")], [(None, "示例条例"), (0, "甲。")]))


@pytest.mark.parametrize(("form", "shown"), [("none", "%1"), ("decimal", "")])
def test_a_list_that_shows_no_number_is_text(form: str, shown: str) -> None:
    lines = [(None, "示例条例"), (0, "第一条　甲。"), (0, "第二条　乙。")]
    assert texts(read_docx(_listed([(form, shown)], lines))) == TWO


def test_hidden_and_deleted_words_are_not_read_and_inserted_ones_are() -> None:
    document = docx.Document()
    for line in ("示例条例", "第一条　甲。"):
        document.add_paragraph(line)
    paragraph = document.add_paragraph("第二条　")
    paragraph.add_run("看不见").font.hidden = True
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>删去</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>乙。</w:t></w:r></w:ins>"))
    assert texts(read_docx(saved(document))) == TWO


def test_words_in_content_controls_and_smart_tags_are_read() -> None:
    document = docx.Document()
    document.add_paragraph("示例条例")
    tagged = document.add_paragraph("第一条　")
    tagged._p.append(parse_xml(f"<w:smartTag {W}><w:r><w:t>甲。</w:t></w:r></w:smartTag>"))
    controlled = document.add_paragraph("第二条　乙。")._p
    control = parse_xml(f"<w:sdt {W}><w:sdtContent/></w:sdt>")
    controlled.addprevious(control)
    control.find(qn("w:sdtContent")).append(controlled)
    assert texts(read_docx(saved(document))) == TWO


def test_an_article_in_a_text_box_is_refused_and_other_boxes_are_not_read() -> None:
    def boxed(words: str) -> bytes:
        document = docx.Document()
        document.add_paragraph("示例条例")
        run = document.add_paragraph("第一条　甲。").add_run()._r
        picture = OxmlElement("w:pict")
        picture.append(parse_xml(f"<w:txbxContent {W}><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"))
        run.append(picture)
        document.add_paragraph("第二条　乙。")
        return saved(document)

    assert texts(read_docx(boxed("内部资料"))) == TWO
    with pytest.raises(UnreadableLaw, match="第 2 段：条文写在文本框里"):
        read_docx(boxed("第九条　丙。"))


def test_tables() -> None:
    document = docx.Document()
    document.add_paragraph("示例条例")
    layout = document.add_table(rows=2, cols=1)
    layout.cell(0, 0).text = "第一条　收费标准如下："
    layout.cell(1, 0).text = "第二条　乙。"
    fees = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("项目", "金额"), ("诉讼费", "50元"))):
        for column, words in enumerate(cells):
            fees.cell(row, column).text = words
    found = read_docx(saved(document))
    assert texts(found) == [("第一条", "收费标准如下："), ("第二条", "乙。\n项目　金额\n诉讼费　50元")]
    assert any("表格" in notice for notice in found.notices)


def test_articles_in_a_table_of_several_columns_are_refused() -> None:
    document = docx.Document()
    document.add_paragraph("示例条例")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "第一条", "甲。"
    with pytest.raises(UnreadableLaw, match="多列的表格"):
        read_docx(saved(document))
