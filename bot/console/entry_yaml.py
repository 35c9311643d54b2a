"""Reading and writing entries as .yaml, in the form of the project's own entry files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from bot.console.tables import MAX_BYTES, MAX_ROWS, UnreadableFile
from knowledge.parsing import parse

MIME = "application/yaml; charset=utf-8"
MAX_DEPTH = 10
"""Levels of lists and mappings; an entry file has eight."""


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """One entry as written: the line it begins on, its topic, its fields, and its keys that stand twice."""

    line: int
    topic: str
    fields: dict[str, Any]
    repeated: tuple[str, ...]


def read_entries(content: bytes) -> list[WrittenEntry]:
    """Every entry under `entries`, with its own `topic` or the file's. Raises UnreadableFile."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile("文件太大，不要超过 2 MB。")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile("YAML 文件要存成 UTF-8 编码。") from None
    tree, repeated = _parsed(text)
    lines = _lines(text)
    held = tree.get("entries") if isinstance(tree, dict) else None
    if not isinstance(held, list) or not held:
        raise UnreadableFile("文件里没有条目。请照模板写：先写 topic，再在 entries 下面一条一条地写。")
    if len(held) > MAX_ROWS:
        raise UnreadableFile(f"一次最多导入 {MAX_ROWS} 条，请分成几个文件。")
    ends = [*lines[1:], text.count("\n") + 2]
    return [
        _written(fields, tree, line, tuple(key for at, key in repeated if line <= at < end))
        for fields, line, end in zip(held, lines, ends, strict=True)
    ]


def write_entries(topic: str, fields: Mapping[str, Any], comment: str) -> bytes:
    """A file of one entry below a comment."""
    body = yaml.safe_dump({"topic": topic, "entries": [dict(fields)]}, allow_unicode=True, sort_keys=False, width=120)
    return "".join([*(f"# {line}\n" for line in comment.splitlines()), body]).encode()


def read_list(text: str) -> list[Any]:
    """A list that stands by itself, as in a field of the form. Raises UnreadableFile."""
    tree, repeated = _parsed(text)
    if not isinstance(tree, list):
        raise UnreadableFile("看不懂，请照例子写，每一项前面加短横线。")
    if repeated:
        raise UnreadableFile(f"第 {repeated[0][0]} 行的 {repeated[0][1]} 写了两遍，只留一个。")
    return tree


def _parsed(text: str) -> tuple[Any, list[tuple[int, str]]]:
    """The document and its repeated keys. Raises UnreadableFile."""
    try:
        _refuse_unfit(text)
        return parse(text)
    except UnreadableFile:
        raise
    except yaml.MarkedYAMLError as fault:
        raise UnreadableFile(f"第 {_line(fault.problem_mark)} 行不是 YAML：看看缩进、冒号后的空格和引号。") from fault
    except (yaml.YAMLError, ValueError) as fault:  # ValueError: a number of thousands of digits.
        raise UnreadableFile("这不是 YAML 文字。") from fault


def _line(mark: Any) -> int:
    """From 1; 1 where the parser does not know."""
    return mark.line + 1 if mark is not None else 1


def _written(fields: Any, tree: Mapping[str, Any], line: int, repeated: tuple[str, ...]) -> WrittenEntry:
    if not isinstance(fields, dict) or not all(isinstance(key, str) for key in fields):
        raise UnreadableFile(f"第 {line} 行起的这一条看不懂：每条都要写成“名称: 内容”。")
    rest = {key: value for key, value in fields.items() if key != "topic"}
    topic = fields.get("topic", tree.get("topic"))
    return WrittenEntry(line, topic if isinstance(topic, str) else "", rest, repeated)


def _refuse_unfit(text: str) -> None:
    """Raises UnreadableFile for what could be read but should not: references and deep nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise UnreadableFile(f"第 {_line(event.start_mark)} 行用了引用（*），请把内容直接写出来。")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise UnreadableFile(f"第 {_line(event.start_mark)} 行缩进的层数太多，请照模板写。")


def _lines(text: str) -> list[int]:
    """The line each item of `entries` begins on; of a key that stands twice the last counts, as in `parse`."""
    return [item.start_mark.line + 1 for item in _items(yaml.compose(text, Loader=yaml.CSafeLoader))]


def _items(root: yaml.Node | None) -> Iterator[yaml.Node]:
    found = [value for key, value in root.value if key.value == "entries"] if isinstance(root, yaml.MappingNode) else []
    if found and isinstance(found[-1], yaml.SequenceNode):
        yield from found[-1].value
