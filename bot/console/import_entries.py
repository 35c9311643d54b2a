"""Entries of a .yaml file, brought to the form that is stored. Names may be ours (`workers`) or the page's (劳动者)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.console.entry_form import citations
from bot.console.entry_yaml import WrittenEntry
from bot.console.faults import FieldFault
from bot.console.import_rows import AUDIENCE_KEYS, EXAMPLE_MARK, REVIEWER_KEYS, ImportRow, Intake
from bot.console.tables import UnreadableFile


def read_written(written: Iterable[WrittenEntry], intake: Intake) -> list[ImportRow]:
    """Every entry but the template's own. Raises UnreadableFile if there is no other."""
    read = [_taken(one, intake) for one in written if not _is_example(one)]
    if not read:
        raise UnreadableFile("文件里只有模板的示例。请在 entries 下面写上自己的条目。")
    return read


def _is_example(one: WrittenEntry) -> bool:
    return str(one.fields.get("question", "")).startswith(EXAMPLE_MARK)


def _taken(one: WrittenEntry, intake: Intake) -> ImportRow:
    faults = [FieldFault(key, "写了两遍，只留一个") for key in one.repeated]
    scope, unknown = _scope(one.fields.get("scope", ""), intake.scopes)
    cited, unread = _citations(one.fields.get("citations", []))
    body = {
        **one.fields,
        "citations": cited,
        "scope": scope,
        "audience": _key(one.fields.get("audience", ""), AUDIENCE_KEYS),
        "reviewed_by": _key(one.fields.get("reviewed_by", ""), REVIEWER_KEYS),
        "reviewed_on": one.fields.get("reviewed_on") or intake.day.isoformat(),
    }
    body = {key: value for key, value in body.items() if value is not None}
    return intake.take(one.line, one.topic.strip(), body, faults + unknown + unread)


def _key(name: Any, keys: Mapping[str, str]) -> Any:
    return keys.get(name, name) if isinstance(name, str) else name


def _scope(name: Any, scopes: Mapping[str, str]) -> tuple[str, list[FieldFault]]:
    if isinstance(name, str) and (name in scopes or name in scopes.values()):
        return scopes.get(name, name), []
    return "nation", [FieldFault("scope", "请填“全国”“江苏省”“南通市”或村名")]


def _citations(held: Any) -> tuple[list[Any], list[FieldFault]]:
    """Both ways of writing one: `民法典 第六百七十五条`, and law and article each by its name."""
    if not isinstance(held, list):
        return [], [FieldFault("citations", "请一行一条，前面加短横线")]
    read: list[Any] = []
    faults: list[FieldFault] = []
    for one in held:
        if isinstance(one, str):
            cited, unread = citations(one)
            read += cited
            faults += unread
        else:
            read.append(one)
    return read, faults
