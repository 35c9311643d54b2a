"""What is wrong with an entry as typed, in Chinese and with the field it is about. One gate for form and import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bot.service.publishing import Publishing
from knowledge.entry import Citation, Entry
from knowledge.errors import CitationError
from knowledge.files import innermost
from knowledge.rules.fault import Place

FIELDS: dict[str, str] = {
    "id": "编号",
    "topic": "主题",
    "question": "问题",
    "variants": "其他问法",
    "short": "群里的短答",
    "answer": "完整答复",
    "steps": "下一步怎么做",
    "evidence": "留好这些证据",
    "deadlines": "注意期限",
    "where": "去哪里办",
    "citations": "依据",
    "scope": "适用地区",
    "audience": "主要对象",
    "sensitive": "涉及隐私",
    "number_sources": "数字出处",
    "facts": "要问的情况",
    "reviewed_on": "审核日期",
    "reviewed_by": "审核人",
    "status": "状态",
    "notes": "备注",
}

_BY_TYPE: dict[str, str] = {
    "missing": "没有填写",
    "string_too_short": "太短，至少 {min_length} 个字",
    "string_too_long": "太长，最多 {max_length} 个字",
    "too_short": "太少，至少 {min_length} 条",
    "too_long": "太多，最多 {max_length} 条",
    "string_pattern_mismatch": "写法不对",
    "literal_error": "不是可选的值",
    "enum": "不是可选的值",
    "bool_parsing": "请填“是”或“否”",
    "date_from_datetime_parsing": "不是日期，请写成 2026-11-24 这样",
    "date_parsing": "不是日期，请写成 2026-11-24 这样",
    "extra_forbidden": "没有这一项",
    "say_and_entry": "里，say 和 entry 只能写一个",
    "reply_twice": "里，有两个选项的 reply 一样",
    "said_twice": "里，said 有一个词写了两遍",
    "idle_fact": "里，至少要有一个选项写 say 或 entry",
}

_BY_PLACE: dict[tuple[int | str, str], str] = {("ask", "string_pattern_mismatch"): "要以“？”结尾"}

_BY_WORDS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"this id is taken"), "id", "这个编号已经有了"),
    (re.compile(r"reviewed in the future"), "reviewed_on", "审核日期不能晚于今天"),
    (re.compile(r"a variant stands twice"), "variants", "有两条问法一模一样，或与问题相同"),
    (re.compile(r"a promise nobody can make: (.+)"), "answer", "“{0}”是不能作的承诺，请改掉"),
    (re.compile(r"a choice leads to (\S+), which is this entry"), "facts", "entry 不能写这一条自己"),
    (re.compile(r"a choice leads to (\S+), which does not exist"), "facts", "没有编号是 {0} 的条目"),
    (re.compile(r"a choice leads to (\S+), which is not in use"), "facts", "{0} 这一条停用了或还没审核，不能转过去"),
    (re.compile(r"《(.+)》(.+): no law of this name .+"), "citations", "法律库里没有《{0}》，请核对名称"),
    (re.compile(r"《(.+)》(.+): the law has no article .+"), "citations", "《{0}》没有{1}"),
    (re.compile(r"《(.+)》(.+): not in force before (.+)"), "citations", "《{0}》{1}要到 {2} 才施行"),
    (re.compile(r"《(.+)》(.+): not in force on .+"), "citations", "《{0}》{1}现在不施行"),
    (re.compile(r"《(.+)》(.+): the text was amended .+"), "citations", "《{0}》{1}已修改，法律库里是旧文，不能引用"),
    (
        re.compile(r"(\S+) stands in no cited article, .+"),
        "answer",
        "“{0}”在所引条文里找不到，请核对数字，或在“数字出处”写明来源",
    ),
)


@dataclass(frozen=True, slots=True)
class FieldFault:
    """`field` is a key of `FIELDS`; `words` say what to do about it."""

    field: str
    words: str

    def __str__(self) -> str:
        return f"{FIELDS.get(self.field, self.field)}：{self.words}"


def entry_faults(publishing: Publishing, topic: str, body: Mapping[str, Any]) -> list[FieldFault]:
    """Everything that keeps this from being saved; empty if it may be."""
    faults = [] if topic.strip() else [FieldFault("topic", "请选择或填写主题")]
    try:
        Entry.model_validate(dict(body))
    except ValidationError as error:
        return [*faults, *_form_faults(error), *_citation_faults(publishing, body.get("citations", ()))]
    return faults + [_translated(message) for message in publishing.check(body)]


def _form_faults(error: ValidationError) -> list[FieldFault]:
    found: list[FieldFault] = []
    errors = error.errors()
    places = [fault["loc"] for fault in errors]
    for fault in errors:
        if not innermost(fault["loc"], places):
            continue
        field, inside = fault["loc"][0], fault["loc"][1:]
        words = _BY_PLACE.get((fault["loc"][-1], fault["type"])) or _BY_TYPE.get(fault["type"], "写法不对")
        words = words.format(**fault.get("ctx", {}))
        if fault["type"] == "string_too_short" and fault.get("ctx", {}).get("min_length") == 1:
            words = "没有填写"
        found.append(FieldFault(str(field), (_in_facts(inside) if field == "facts" else _in_list(inside)) + words))
    return found


def _in_list(inside: Place) -> str:
    return f"第 {inside[0] + 1} 条" if inside and isinstance(inside[0], int) else ""


def _in_facts(inside: Place) -> str:
    """The place of a fault inside `facts`, in words.

    >>> _in_facts((0, "choices", 1, "said", 0))
    '第 1 问的第 2 个选项的 said 的第 1 个词'
    """
    counted = iter(("第 {} 问", "的第 {} 个选项", "的第 {} 个词"))
    named = (step for step in inside if step != "choices")
    return "".join(next(counted).format(step + 1) if isinstance(step, int) else f"的 {step} " for step in named)


def _citation_faults(publishing: Publishing, cited: Iterable[Mapping[str, str]]) -> Iterator[FieldFault]:
    """What the check would say of citations, for an entry too incomplete to be checked: all faults in one go."""
    base = publishing.files()
    for fields in cited:
        try:
            base.resolve(Citation.model_validate(fields))
        except ValidationError:
            continue  # The form's own faults name it.
        except CitationError as unresolved:
            yield _translated(str(unresolved))


def _translated(message: str) -> FieldFault:
    for pattern, field, words in _BY_WORDS:
        if (match := pattern.fullmatch(message)) is not None:
            return FieldFault(field, words.format(*match.groups()))
    return FieldFault("answer", message)
