"""A file of FAQs, row by row: what each row would do, or what is wrong with it. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.console.entry_form import AUDIENCES, LISTS, REVIEWERS, citations, lines
from bot.console.entry_ids import new_id
from bot.console.faults import FIELDS, FieldFault, entry_faults
from bot.console.tables import Cell, Formula, NumberedRow, UnreadableFile
from bot.domain.people import Village
from bot.service.publishing import Publishing
from knowledge.entry import Entry, EntryStatus

COLUMNS = (
    "topic",
    "question",
    "variants",
    "short",
    "answer",
    "steps",
    "evidence",
    "deadlines",
    "where",
    "citations",
    "number_sources",
    "scope",
    "audience",
    "sensitive",
    "reviewed_on",
    "reviewed_by",
    "notes",
    "id",
)
"""The columns of the template, left to right; their headings are the field names of the form."""

EXAMPLE_MARK = "（示例"
"""Rows whose question begins so are the template's own and are skipped."""

NEEDED = ("topic", "question", "variants", "short", "answer", "steps", "where", "citations")
AUDIENCE_KEYS = {name: key for key, name in AUDIENCES.items()} | {"": "everyone"}
REVIEWER_KEYS = {name: key for key, name in REVIEWERS.items()} | {"": "judicial_office"}
_YES = {"是": True, "否": False, "": False}


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row, or in a .yaml file one entry; `number` is that of its row or line. `replaces` is the question of the
    entry it changes, empty for a new one; `same`: it changes nothing.
    """

    number: int
    topic: str
    question: str
    body: dict[str, Any]
    faults: list[str]
    replaces: str
    same: bool


class Intake:
    """Rows one after another, checked against the base and against the rows before.

    One without 编号 whose question stands in the base already changes that entry: importing twice adds nothing. What an
    entry asks (`facts`) has no column in the tables: it stays as it is where a row does not name it.
    """

    def __init__(self, publishing: Publishing, villages: Iterable[Village], day: date) -> None:
        self.scopes = {"": "nation", "全国": "nation", "江苏省": "province:江苏", "南通市": "city:南通"}
        self.scopes |= {village.name: f"village:{village.code}" for village in villages}
        self.day = day
        self._publishing = publishing
        self._present = publishing.base().entries
        self._by_question = {
            entry.question: key for key, (_, entry) in self._present.items() if entry.status is not EntryStatus.RETIRED
        }
        self._taken: dict[str, int] = {}

    def take(self, number: int, topic: str, body: dict[str, Any], faults: list[FieldFault]) -> ImportRow:
        """What the row would do. `body` is all but the id, which may be ""; `faults` are those found in reading it."""
        question = body.get("question")
        asked = question if isinstance(question, str) else ""
        body["id"] = body.get("id") or self._by_question.get(asked) or new_id(self.day)
        key = str(body["id"])
        held = self._present.get(key)
        if held is not None:
            body.setdefault("facts", held[1].model_dump(mode="json")["facts"])
        found = faults + entry_faults(self._publishing, topic, body)
        for name in (key, asked):
            if name and (earlier := self._taken.setdefault(name, number)) != number:
                found.append(FieldFault("question", f"与第 {earlier} 行重复"))
        replaces = held[1].question if held is not None else ""
        same = held is not None and not found and held == (topic, Entry.model_validate(body))
        return ImportRow(number, topic, asked, body, list(dict.fromkeys(map(str, found))), replaces, same)


def read_sheet(rows: Iterable[NumberedRow], intake: Intake) -> list[ImportRow]:
    """Every row below the headings. Raises UnreadableFile if the headings are not those of the template."""
    numbered = iter(rows)
    columns = _columns(next(numbered, (1, []))[1])
    read: list[ImportRow] = []
    for number, cells in numbered:
        texts, faults = _texts(columns, cells)
        if not texts["question"].startswith(EXAMPLE_MARK):
            body, unread = _body(texts, intake.scopes, intake.day)
            read.append(intake.take(number, texts["topic"], body, faults + unread))
    if not read:
        raise UnreadableFile("表里没有内容。请从第 2 行起，一行填一条。")
    return read


def _columns(headings: list[Cell]) -> dict[str, int]:
    titles = [heading if isinstance(heading, str) else "" for heading in headings]
    columns = {field: titles.index(FIELDS[field]) for field in COLUMNS if FIELDS[field] in titles}
    missing = [FIELDS[field] for field in NEEDED if field not in columns]
    if missing:
        raise UnreadableFile(f"第 1 行缺少这些列：{'、'.join(missing)}。请用下载的模板填写。")
    return columns


def _texts(columns: Mapping[str, int], cells: list[Cell]) -> tuple[dict[str, str], list[FieldFault]]:
    texts, faults = dict.fromkeys(COLUMNS, ""), []
    for field, position in columns.items():
        cell = cells[position] if position < len(cells) else ""
        if isinstance(cell, Formula):
            faults.append(FieldFault(field, "是公式，请改成文字"))
        else:
            texts[field] = cell
    return texts, faults


def _body(texts: Mapping[str, str], scopes: Mapping[str, str], day: date) -> tuple[dict[str, Any], list[FieldFault]]:
    cited, faults = citations(texts["citations"])
    if texts["scope"] not in scopes:
        faults.append(FieldFault("scope", "请填“全国”“江苏省”“南通市”或村名"))
    if texts["sensitive"] not in _YES:
        faults.append(FieldFault("sensitive", "请填“是”或“否”"))
    body: dict[str, Any] = {
        "id": texts["id"],
        "question": " ".join(lines(texts["question"])),
        "short": " ".join(lines(texts["short"])),
        "answer": texts["answer"].replace("\r\n", "\n"),
        "citations": cited,
        "scope": scopes.get(texts["scope"], "nation"),
        "audience": AUDIENCE_KEYS.get(texts["audience"], texts["audience"]),
        "sensitive": _YES.get(texts["sensitive"], False),
        "reviewed_on": texts["reviewed_on"] or day.isoformat(),
        "reviewed_by": REVIEWER_KEYS.get(texts["reviewed_by"], texts["reviewed_by"]),
        "status": "reviewed",
        "notes": texts["notes"],
        **{name: lines(texts[name]) for name in LISTS},
    }
    return body, faults
