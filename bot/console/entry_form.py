"""An entry as a form: one item a line, citations like `民法典 第六百七十五条`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField

from bot.console import entry_facts
from bot.console.faults import FIELDS, FieldFault
from bot.console.forms import ConsoleForm, stripped
from bot.domain.people import Village
from knowledge.entry import SHORT_FORM_LIMIT, Entry
from knowledge.numerals import CHINESE

AUDIENCES = {
    "everyone": "所有人",
    "women": "妇女",
    "children": "未成年人",
    "elderly": "老年人",
    "workers": "劳动者",
    "farmers": "农民",
    "veterans": "军人退役军人",
    "disabled": "残疾人",
}
REVIEWERS = {"adviser": "法律顾问", "judicial_office": "司法所", "editor": "编写组"}

LISTS = ("variants", "steps", "evidence", "deadlines", "where", "number_sources")
"""The fields of an entry that are lists of lines."""

_CITATION = re.compile(rf"《?([^《》]+?)》?\s*(第\s*[{CHINESE}\d]+\s*条(?:\s*之\s*[{CHINESE}\d]+)?)")


def lines(text: str | None) -> list[str]:
    """One item a line; numbers and dots people put before items are not part of them.

    >>> lines("1. 先报警\\n\\n· 留好聊天记录 ")
    ['先报警', '留好聊天记录']
    """
    items = (re.sub(r"^(?:\d{1,2}\s*[.、．)）]|[·•*])\s*", "", line.strip()) for line in (text or "").splitlines())
    return [item for item in items if item]


def citations(text: str | None) -> tuple[list[dict[str, str]], list[FieldFault]]:
    """The citations read, and a fault for each line that cannot be read.

    >>> citations("《民法典》第675条\\n民法典 第六百七十九条")[0]
    [{'law': '民法典', 'article': '第675条'}, {'law': '民法典', 'article': '第六百七十九条'}]
    """
    read: list[dict[str, str]] = []
    faults: list[FieldFault] = []
    for number, line in enumerate(lines(text), start=1):
        match = _CITATION.fullmatch(line)
        if match is None:
            faults.append(FieldFault("citations", f"第 {number} 行看不懂，请写成：民法典 第六百七十五条"))
        else:
            read.append({"law": match[1].strip(), "article": match[2]})
    return read, faults


def scopes(villages: Sequence[Village], present: str = "nation") -> dict[str, str]:
    """Where an entry may apply, as choices; one that stands in the entry already stays possible."""
    known = {"nation": "全国", "province:江苏": "江苏省", "city:南通": "南通市"}
    known |= {f"village:{village.code}": village.name for village in villages}
    return {present: present.partition(":")[2] or present, **known}


def _area(name: str, *, hint: str = "", rows: int = 3) -> TextAreaField:
    return TextAreaField(FIELDS[name], description=hint, render_kw={"rows": rows})


class EntryForm(ConsoleForm):
    """What is checked stands in `faults.entry_faults`, the same for import and form."""

    topic = StringField(FIELDS["topic"], filters=[stripped], render_kw={"list": "topics", "autocomplete": "off"})
    question = _area("question", hint="群众最常怎么问，就怎么写", rows=2)
    variants = _area("variants", hint="一行一种问法，4 到 12 种，照群众的口气写", rows=6)
    short = _area("short", hint=f"发在群里的话，最多 {SHORT_FORM_LIMIT} 字，先说结论", rows=3)
    answer = _area("answer", hint="40 到 400 字，先说结论，用大白话", rows=9)
    steps = _area("steps", hint="一行一步", rows=5)
    evidence = _area("evidence", hint="一行一项，可不填")
    deadlines = _area("deadlines", hint="一行一项，可不填")
    where = _area("where", hint="一行一处")
    citations = _area("citations", hint="一行一条，例如：民法典 第六百七十五条", rows=5)
    number_sources = _area("number_sources", hint="答复里有条文中没有的数字，在这里写明出处，一行一处，可不填", rows=2)
    facts = TextAreaField(
        FIELDS["facts"],
        description=entry_facts.HINT,
        render_kw={"rows": 8, "placeholder": entry_facts.EXAMPLE, "spellcheck": "false"},
    )
    scope = SelectField(FIELDS["scope"])
    audience = SelectField(FIELDS["audience"], choices=AUDIENCES)
    sensitive = BooleanField("涉及隐私：在群里只说可以帮忙，请对方私聊")
    reviewed_on = DateField(FIELDS["reviewed_on"])
    reviewed_by = SelectField(FIELDS["reviewed_by"], choices=REVIEWERS)
    notes = _area("notes", hint="给同事看的，不会发给群众，可不填", rows=2)

    def show(self, topic: str, entry: Entry) -> None:
        """Fill the form from an entry."""
        self.process(
            data={
                "topic": topic,
                "question": entry.question,
                "short": entry.short,
                "answer": entry.answer,
                "citations": "\n".join(f"{cited.law} {cited.article}" for cited in entry.citations),
                "facts": entry_facts.written(entry.facts),
                "scope": entry.scope,
                "audience": entry.audience,
                "sensitive": entry.sensitive,
                "reviewed_on": entry.reviewed_on,
                "reviewed_by": entry.reviewed_by,
                "notes": entry.notes,
                **{name: "\n".join(getattr(entry, name)) for name in LISTS},
            }
        )

    def body(self, entry: str) -> tuple[dict[str, Any], list[FieldFault]]:
        """The entry as typed, for saving under the id `entry`; and what could not even be read.

        Saving is reviewing: whatever the entry's status was, it is in use again.
        """
        cited, faults = citations(self.citations.data)
        facts, unread = entry_facts.read(self.facts.data)
        body: dict[str, Any] = {
            "id": entry,
            "question": " ".join(lines(self.question.data)),
            "short": " ".join(lines(self.short.data)),
            "answer": (self.answer.data or "").replace("\r\n", "\n").strip(),
            "citations": cited,
            "facts": facts,
            "scope": self.scope.data or "nation",
            "audience": self.audience.data,
            "sensitive": bool(self.sensitive.data),
            "reviewed_on": self.reviewed_on.data.isoformat() if self.reviewed_on.data else "",
            "reviewed_by": self.reviewed_by.data,
            "status": "reviewed",
            "notes": (self.notes.data or "").strip(),
            **{name: lines(getattr(self, name).data) for name in LISTS},
        }
        return body, faults + unread
