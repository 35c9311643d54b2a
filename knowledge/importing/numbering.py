"""Numbers that Word makes itself. They stand nowhere in the text, so they are counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from knowledge.numerals import chinese

_DIGITS = "〇一二三四五六七八九"


def _digits(count: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(count))


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "decimalFullWidth": lambda count: str(count).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "decimalEnclosedCircleChinese": lambda count: chr(ord("①") + count - 1) if count <= 20 else str(count),
}
_SUFFIXES = {"tab": "\t", "space": " ", "nothing": ""}
_PLACE = re.compile(r"%(\d)")


class UnknownNumbering(ValueError):
    """A list whose numbers we cannot work out."""


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    suffix: str


class Numbering:
    """The lists of one document. Ask for each paragraph in order: asking counts."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._owners: dict[str, str] = {}
        self._styles: dict[str, Any] = {
            style.get(qn("w:styleId")): style for style in document.styles.element.findall(qn("w:style"))
        }
        try:
            self._read(document.part.numbering_part.element)
        except (KeyError, NotImplementedError):
            return  # python-docx: the file has no lists at all.

    def of(self, paragraph: Any) -> str:
        """What Word shows before the paragraph; "" for none. Raises ValueError if that cannot be worked out.

        The blank after the number is kept only after 第X条 and the like: law texts have none after （一） and 一、.
        """
        found = self._number_of(paragraph.find(qn("w:pPr")))
        if found is None:
            return ""
        number, depth = found
        level = self._levels.get((number, depth))
        if level is None:
            raise UnknownNumbering(f"list {number}")
        if level.form == "none" or not level.text.strip():
            return ""
        if level.form == "bullet":
            raise UnknownNumbering("bullet")
        owner = self._owners[number]
        self._counts[owner, depth] = self._counts.get((owner, depth), level.start - 1) + 1
        for key in [key for key in self._counts if key[0] == owner and key[1] > depth]:
            del self._counts[key]
        shown = _PLACE.sub(lambda place: self._shown(number, int(place[1]) - 1), level.text)
        return shown + level.suffix if shown.startswith("第") else shown.rstrip()

    def _shown(self, number: str, depth: int) -> str:
        level = self._levels.get((number, depth))
        form = _FORMS.get(level.form) if level is not None else None
        if level is None or form is None:
            raise UnknownNumbering(f"list {number}, level {depth}")
        return form(self._counts.get((self._owners[number], depth), level.start))

    def _number_of(self, properties: Any) -> tuple[str, int] | None:
        """(list, depth) of a paragraph: its own, or that of its style or of a style this is based on."""
        own = _list_of(properties)
        if own is not None:
            return own if own[0] != "0" else None
        name = _value(properties, "w:pStyle")
        while name and (style := self._styles.get(name)) is not None:
            if (held := _list_of(style.find(qn("w:pPr")))) is not None:
                return held if held[0] != "0" else None
            name = _value(style, "w:basedOn")
        return None

    def _read(self, numbering: Any) -> None:
        kinds = {kind.get(qn("w:abstractNumId")): kind for kind in numbering.findall(qn("w:abstractNum"))}
        for held in numbering.findall(qn("w:num")):
            number, kind = held.get(qn("w:numId")), _value(held, "w:abstractNumId")
            overrides = held.findall(qn("w:lvlOverride"))
            # Lists of one kind go on counting together, unless one begins anew.
            self._owners[number] = f"own {number}" if overrides else kind
            for level in kinds[kind].findall(qn("w:lvl")) if kind in kinds else ():
                self._levels[number, int(level.get(qn("w:ilvl")))] = _level(level)
            for override in overrides:
                depth = int(override.get(qn("w:ilvl")))
                if (level := override.find(qn("w:lvl"))) is not None:
                    self._levels[number, depth] = _level(level)
                start = _value(override, "w:startOverride")
                if start and (number, depth) in self._levels:
                    base = self._levels[number, depth]
                    self._levels[number, depth] = _Level(base.form, base.text, int(start), base.suffix)


def _level(level: Any) -> _Level:
    return _Level(
        form=_value(level, "w:numFmt") or "decimal",
        text=_value(level, "w:lvlText"),
        start=int(_value(level, "w:start") or 1),
        suffix=_SUFFIXES.get(_value(level, "w:suff") or "tab", "\t"),
    )


def _list_of(properties: Any) -> tuple[str, int] | None:
    listed = None if properties is None else properties.find(qn("w:numPr"))
    if listed is None:
        return None
    return _value(listed, "w:numId") or "0", int(_value(listed, "w:ilvl") or 0)


def _value(element: Any, tag: str) -> str:
    """The w:val of a child, "" if there is none."""
    child = None if element is None else element.find(qn(tag))
    return "" if child is None else child.get(qn("w:val")) or ""
