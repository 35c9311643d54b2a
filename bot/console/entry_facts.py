"""What an entry asks after its answer (`facts`), as the YAML text of a form's field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from bot.console.entry_yaml import read_list
from bot.console.faults import FieldFault
from bot.console.tables import UnreadableFile
from knowledge.entry import Fact

HINT = (
    "答复后面再问一句，按对方选的补一段话。最多两问，每问 2 到 4 个选项，照灰字的样子写："
    "say 是补的话，entry 是改用的另一条的编号，said 是问题里已经有、就不用再问的词。可不填"
)
EXAMPLE = """\
- ask: 借钱时写了借条吗？
  choices:
  - reply: 写了
    said: [写了借条, 有借条]
  - reply: 没写
    say: 没写借条的，……
"""


def written(facts: Sequence[Fact]) -> str:
    """As `read` reads them; "" for none."""
    held = [fact.model_dump(mode="json", exclude_defaults=True) for fact in facts]
    return yaml.safe_dump(held, allow_unicode=True, sort_keys=False, width=1000) if held else ""


def read(text: str | None) -> tuple[list[Any], list[FieldFault]]:
    """The facts as typed, to be validated with their entry; and what could not even be read."""
    if not (text or "").strip():
        return [], []
    try:
        return read_list(text or ""), []
    except UnreadableFile as fault:
        return [], [FieldFault("facts", str(fault))]
