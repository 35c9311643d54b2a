"""A sheet of FAQs, row by row: what each row would do, or what is wrong with it. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.console.entry_form import AUDIENCES, LISTS, REVIEWERS, citations, lines
from bot.console.entry_ids import new_id
from bot.console.faults import FIELDS, FieldFault, entry_faults
from bot.console.workbook import Cell, Formula, UnreadableWorkbook
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
_YES = {"是": True, "否": False, "": False}


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row. `replaces` is the question of the entry it changes, empty for a new one; `same`: it changes nothing."""

    number: int
    topic: str
    question: str
    body: dict[str, Any]
    faults: list[str]
    replaces: str
    same: bool


def read_sheet(
    rows: Iterable[tuple[int, list[Cell]]], publishing: Publishing, villages: Iterable[Village], day: date
) -> list[ImportRow]:
    """Every row below the headings. Raises UnreadableWorkbook if the headings are not those of the template.

    A row without 编号 whose question stands in the base already changes that entry: importing twice adds nothing.
    """
    numbered = iter(rows)
    columns = _columns(next(numbered, (1, []))[1])
    present = publishing.base().entries
    by_question = {
        entry.question: key for key, (_, entry) in present.items() if entry.status is not EntryStatus.RETIRED
    }
    scopes = {"": "nation", "全国": "nation", "江苏省": "province:江苏", "南通市": "city:南通"}
    scopes |= {village.name: f"village:{village.code}" for village in villages}
    read: list[ImportRow] = []
    taken: dict[str, int] = {}
    for number, cells in numbered:
        texts, faults = _texts(columns, cells)
        if texts["question"].startswith(EXAMPLE_MARK):
            continue
        body, unread = _body(texts, scopes, day)
        body["id"] = texts["id"] or by_question.get(body["question"]) or new_id(day)
        held = present.get(body["id"])
        faults += unread + entry_faults(publishing, texts["topic"], body)
        for key in (body["id"], body["question"]):
            if key and (earlier := taken.setdefault(key, number)) != number:
                faults.append(FieldFault("question", f"与第 {earlier} 行重复"))
        replaces = held[1].question if held is not None else ""
        same = held is not None and not faults and _is(held, texts["topic"], body)
        words = list(dict.fromkeys(map(str, faults)))
        read.append(ImportRow(number, texts["topic"], body["question"], body, words, replaces, same))
    if not read:
        raise UnreadableWorkbook("表里没有内容。请从第 2 行起，一行填一条。")
    return read


def _columns(headings: list[Cell]) -> dict[str, int]:
    titles = [heading if isinstance(heading, str) else "" for heading in headings]
    columns = {field: titles.index(FIELDS[field]) for field in COLUMNS if FIELDS[field] in titles}
    missing = [FIELDS[field] for field in NEEDED if field not in columns]
    if missing:
        raise UnreadableWorkbook(f"第 1 行缺少这些列：{'、'.join(missing)}。请用下载的模板填写。")
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
    audiences = {name: key for key, name in AUDIENCES.items()} | {"": "everyone"}
    reviewers = {name: key for key, name in REVIEWERS.items()} | {"": "judicial_office"}
    body: dict[str, Any] = {
        "question": " ".join(lines(texts["question"])),
        "short": " ".join(lines(texts["short"])),
        "answer": texts["answer"].replace("\r\n", "\n"),
        "citations": cited,
        "scope": scopes.get(texts["scope"], "nation"),
        "audience": audiences.get(texts["audience"], texts["audience"]),
        "sensitive": _YES.get(texts["sensitive"], False),
        "reviewed_on": texts["reviewed_on"] or day.isoformat(),
        "reviewed_by": reviewers.get(texts["reviewed_by"], texts["reviewed_by"]),
        "status": "reviewed",
        "notes": texts["notes"],
        **{name: lines(texts[name]) for name in LISTS},
    }
    return body, faults


def _is(held: tuple[str, Entry], topic: str, body: Mapping[str, Any]) -> bool:
    return held == (topic, Entry.model_validate(dict(body)))
