"""Several questions in one message: where it may be cut, and whether it is. Pure, and rather too careful."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.decision import Answer, Clarify, Decision
from bot.domain.followup import is_short, leans
from bot.domain.understanding import asks

MOST = 3
"""As many questions of a message are answered; the rest goes to a person."""

_NUMBER = re.compile(
    r"(?:(?<![0-9A-Za-z第(（])[(（]?([1-9])|(?:(?<=[\s。；;，,？?！!：:])|^)[(（]?([一二三四五六七八九]))"
    r"(?:[)）][、.]?|[、.:：])(?!\d)"
)
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", start=1)}
_JOINT = re.compile(r"(?<=[?？])(?![?？])\s*|(?<=[。！；;，,\s])(?=还有(?!人)|另外|再问|还想问|还要问|顺便问)")
_ANOTHER = re.compile(
    r"^(?:(?:还有|另外|顺便)[，,:：、\s]*)*"
    r"(?:我?[还再想要请]+问(?:一下|下)?(?:您|你)?[，,:：、\s]*)?"
    r"(?:一?[个件](?:问题|事情?)[，,:：、\s]*)?"
)
_CLAUSES = re.compile(r"[，,。；;！!\s]\s*\S")
_EDGES = " ,，;；。"
_LEAD = re.compile(r"[：:，,。\s]+$")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A message cut at the joints it has. `lead` is what stands before the first of numbered questions."""

    texts: tuple[str, ...]
    numbered: bool = False
    lead: str = ""

    def stands_alone(self, text: str) -> bool:
        """Is it a question that can be understood without the others? A few words after a story belong to it."""
        if not asks(text):
            return False
        if not is_short(text):
            return True
        before = self.texts[: self.texts.index(text)]
        story = not is_short(self.lead) if self.numbered else any(_CLAUSES.search(other) for other in before)
        return not story


@dataclass(frozen=True, slots=True)
class Piece:
    """A question that can be understood by itself, with what was decided about it. `topic` is that of the first entry
    found, `near` are the first few.
    """

    text: str
    decision: Decision
    topic: str
    near: tuple[str, ...]


def pieces(text: str) -> Pieces:
    """Cut a message where a question ends or another is announced. What only tells goes with the next question.

    >>> pieces("借条丢了怎么办？另外彩礼要不要退").texts
    ('借条丢了怎么办？', '彩礼要不要退')
    >>> pieces("请问：1、借条丢了怎么办 2、彩礼要不要退").texts
    ('借条丢了怎么办', '彩礼要不要退')
    """
    marks = _numbers(text)
    if len(marks) > 1:
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        texts = tuple(text[mark.end() : end].strip(_EDGES) for mark, end in zip(marks, ends, strict=True))
        return Pieces(texts, numbered=True, lead=_LEAD.sub("", text[: marks[0].start()]))
    asked: list[str] = []
    told = ""
    for piece in _JOINT.split(text):
        told += piece
        if asks(told):
            asked.append(told)
            told = ""
    if asked:
        asked[-1] += told
    return Pieces(tuple(_ANOTHER.sub("", piece.strip(_EDGES)) for piece in asked) or (text,))


def _numbers(text: str) -> list[re.Match[str]]:
    """The marks of a list that counts from 1."""
    marks: list[re.Match[str]] = []
    for mark in _NUMBER.finditer(text):
        said = mark.group(1) or mark.group(2)
        if (_DIGITS.get(said) or int(said)) == len(marks) + 1:
            marks.append(mark)
    return marks


def are_several(found: Sequence[Piece]) -> bool:
    """Are they different questions? Two sure answers by different entries, or a sure one and clearly another matter."""
    sure = {piece.decision.entry: piece for piece in found if isinstance(piece.decision, Answer)}
    if len(sure) > 1:
        return True
    return any(_is_another_matter(piece, one) for piece in found for one in sure.values())


def _is_another_matter(piece: Piece, sure: Piece) -> bool:
    """Near enough to some entries to tell what it is about, and none of them is the sure one's or of its topic."""
    return (
        isinstance(piece.decision, Clarify)
        and not leans(piece.text)
        and piece.topic != sure.topic
        and isinstance(sure.decision, Answer)
        and sure.decision.entry not in piece.near
    )
