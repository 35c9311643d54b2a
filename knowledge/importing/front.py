"""What stands before the first article: title, 题注, contents, preamble."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.errors import UnreadableLaw
from knowledge.importing.dates import DATE, split_name
from knowledge.importing.headings import Heading, heading, listed_heading, under
from knowledge.importing.lines import Line, Source

MAX_NOTE_LINES = 40

_CONTENTS = re.compile(r"目\s*[录次]")
_TITLE = re.compile(
    r"\S{0,100}(?:法|法典|条例|规定|办法|解释|细则|规则|决定|批复|答复|复函|意见|通知|准则|公约|规程|标准|章程|制度|纪要|方案|公告|修正案|守则|协定)"
    r"(?:（[^（）]{1,20}）)?"
)
_CONTINUED = re.compile(r"(?:实施|若干|补充|试行|暂行|（).*")
_ISSUING = re.compile(r"关于(?:印发|公布|发布|颁布|颁发)\S*的(?:通知|决定|公告|命令)$")
_STEP = re.compile(r"通过|公布|发布|公告|批准|修订|修正|施行|实施|生效|废止")
_HISTORY = re.compile(r"(?:根据|依据|经|自|由)")
_NUMBERED = re.compile(r"\S{0,20}(?:[〔\[（(]\d{4}[〕\]）)]\s*(?:第?\s*\d+\s*号)|令?\s*第?\s*\d+\s*号|公告\S{0,6})")
_OFFICE = r"(?:总理|主席|主任|省长|市长|县长|院长|检察长|部长|局长)"
SIGNED_BY = rf"(?:{_OFFICE}\s*|\S{{1,10}}{_OFFICE}\s+)\S\s*\S{{1,3}}"
"""A pattern for who signed: the office, the name, whose two characters are often spread."""

_SIGNED = re.compile(rf"{SIGNED_BY}|\S{{2,20}}(?:令|公告)")


@dataclass(slots=True)
class Front:
    """`stack` are the headings in effect at the first article."""

    title: str = ""
    notes: list[str] = field(default_factory=list)
    preamble: list[str] = field(default_factory=list)
    stack: tuple[Heading, ...] = ()
    notices: list[str] = field(default_factory=list)


def read_front(source: Source, lines: Sequence[Line]) -> Front:
    """Sort the lines before the first article. Whatever fits nowhere is left out with a notice."""
    front, heads = Front(), list[Line]()
    for line in _brackets_joined(source, lines):
        found = heading(line.text) or listed_heading(line.text)
        if _CONTENTS.fullmatch(line.text):
            continue
        if found is not None:
            front.stack = under(front.stack, found)
        elif _is_note(line.text):
            front.notes.append(line.text)
        elif line.text.endswith(("。", "：", ":")):
            front.preamble.append(line.text)
        elif not _SIGNED.fullmatch(line.text):
            heads.append(line)
    _find_title(source, heads, front)
    return front


def _is_note(text: str) -> bool:
    if _NUMBERED.fullmatch(text):
        return True
    if text.startswith(("（", "(")):
        return DATE.search(text) is not None
    if _HISTORY.match(text) and not text.endswith("。"):
        return DATE.search(text) is not None and _STEP.search(text) is not None
    dated = DATE.match(text)
    return dated is not None and not text.endswith("。") and (dated[0] == text or _STEP.search(text) is not None)


def _brackets_joined(source: Source, lines: Sequence[Line]) -> list[Line]:
    """题注 in brackets is one note, however many lines it takes."""
    joined: list[Line] = []
    opened: list[Line] = []
    for line in lines:
        if not opened and not (line.text.startswith(("（", "(")) and _depth(line.text) > 0):
            joined.append(line)
            continue
        opened.append(line)
        text = "\n".join(one.text for one in opened)
        if _depth(text) <= 0:
            joined.append(Line(text, opened[0].place))
            opened = []
        elif len(opened) > MAX_NOTE_LINES:
            break
    if opened:
        raise UnreadableLaw("题注的括号没有合上，请补上“）”再导入。", source.at(opened[0].place))
    return joined


def _depth(text: str) -> int:
    return len(re.findall("[（(]", text)) - len(re.findall("[）)]", text))


def _find_title(source: Source, heads: list[Line], front: Front) -> None:
    """The first run of lines that reads like a title; the file's name where none does."""
    named = split_name(source.name)[0]
    # The court's signature under its announcement and its name above the title are the same line twice.
    heads = [line for at, line in enumerate(heads) if at == 0 or _squeezed(line.text) != _squeezed(heads[at - 1].text)]
    texts = [_squeezed(line.text) for line in heads]
    used, front.title = _title_run(texts, named)
    if _ISSUING.search(front.title):
        # The notice is signed by the office its title begins with.
        inner = [line for line in heads[used.stop :] if not front.title.startswith(_squeezed(line.text))]
        within, title = _title_run([_squeezed(line.text) for line in inner], named)
        if title:
            heads, used, front.title = inner, within, title
    rest = [line for at, line in enumerate(heads) if at not in used]
    if not front.title and heads and not named:
        front.title, rest = _squeezed(heads[0].text), heads[1:]
        front.notices.append(f"标题可能不对：{source.at(heads[0].place)}“{front.title}”，请核对。")
    elif not front.title:
        front.title = named
        front.notices.append("文件里没有读到标题，用的是文件名，请核对。" if named else "没有读到标题，请填写。")
    # Courts print the title again, over two or three lines.
    repeated = "".join(_squeezed(line.text) for line in rest)
    if repeated and repeated not in (front.title, front.title * 2):
        front.notices += [f"{source.at(line.place)}“{line.text[:30]}”没有导入。" for line in rest]


def _title_run(texts: Sequence[str], named: str) -> tuple[range, str]:
    for first in range(len(texts)):
        for end in range(first + 1, min(first + 5, len(texts)) + 1):
            title = "".join(texts[first:end])
            if title == named or _TITLE.fullmatch(title):
                if end < len(texts) and _CONTINUED.fullmatch(texts[end]):
                    return range(first, end + 1), title + texts[end]
                return range(first, end), title
    return range(0), ""


def _squeezed(text: str) -> str:
    squeezed = re.sub(r"\s", "", text).replace("(", "（").replace(")", "）").lstrip("#")
    whole = squeezed.startswith("《") and squeezed.find("》") == len(squeezed) - 1
    return squeezed[1:-1] if whole else squeezed
