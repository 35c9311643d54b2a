"""How things are said: plain Chinese, conclusion first, the basis named, and always a way to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.facts import Choice, Fact, told
from bot.domain.followup import Part
from bot.domain.hotlines import HOTLINES
from bot.domain.question import Urgency

CHINA = ZoneInfo("Asia/Shanghai")
FREE_HELP = "免费法律咨询电话 12348；经济困难的，可以申请法律援助（免费律师）。"


@dataclass(frozen=True, slots=True)
class Sayable:
    """An entry ready to be said: its parts, and its basis as lines like 《民法典》第六百七十五条."""

    question: str
    short: str
    answer: str
    steps: Sequence[str]
    evidence: Sequence[str]
    deadlines: Sequence[str]
    where: Sequence[str]
    basis: Sequence[str]
    sensitive: bool
    facts: Sequence[Fact] = ()

    def part(self, part: Part) -> Sequence[str]:
        """The lines of a part; there may be none."""
        match part:
            case Part.STEPS:
                return self.steps
            case Part.EVIDENCE:
                return self.evidence
            case Part.DEADLINES:
                return self.deadlines
            case Part.WHERE:
                return self.where
            case _:
                assert_never(part)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who answers in person: `village` 沪港村 or 本街道, `person` 村法律顾问 陈敏."""

    village: str
    person: str


def full_answer(entry: Sayable, desk: Desk, *, asked: str = "", urgency: Urgency | None = None) -> str:
    """The whole answer, for a private chat. Danger first, then conclusion, steps, evidence, basis, who to ask.

    What the words `asked` tell of the facts goes before the conclusion.
    """
    parts = [HOTLINES[urgency]] if urgency is not None else []
    return "\n\n".join([*parts, *_body(entry, asked), _closing(desk)])


def group_answer(entry: Sayable, asker: str, *, asked: str = "", urgency: Urgency | None = None) -> str:
    """What is said in a group: short, with its basis. Of a sensitive matter only that help is there, in private."""
    first = f"{HOTLINES[urgency]}\n" if urgency is not None else ""
    first += "" if entry.sensitive else "".join(f"{say}\n" for say in _told(entry, asked))
    lines = [f"{_at(asker)}{first}{entry.short}"]
    if not entry.sensitive:
        lines.append(_first_bases(entry))
        lines.append("（一般法律知识，不是律师意见。@我说“详细”看全文；涉及隐私请私聊我。）")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Piece:
    """One of several questions in a message: as asked, and the entry that answers it, if one does."""

    asked: str
    entry: Sayable | None


def piecewise(pieces: Sequence[Piece], desk: Desk, due: datetime | None, *, asker: str = "") -> str:
    """Question by question. `due` is when `desk` answers those that no entry answers. In a group, the short forms."""
    said = []
    for number, piece in enumerate(pieces, start=1):
        lines = [f"【问题{number}】{_shortened(piece.asked)}"]
        if piece.entry is None and due is not None:
            lines.append(
                f"这个我没有把握，不能乱答，已转给{desk.village}的{desk.person}，最晚 {said_time(due)} 前答复您，答复会发到这里。"
            )
        elif piece.entry is not None and asker:
            whole = [*_told(piece.entry, piece.asked), piece.entry.short, _first_bases(piece.entry)]
            lines += [piece.entry.short] if piece.entry.sensitive else whole
        elif piece.entry is not None:
            lines.append("\n\n".join(_body(piece.entry, piece.asked)))
        said.append("\n".join(lines))
    closing = "（一般法律知识，不是律师意见。涉及隐私请私聊我。）" if asker else _closing(desk)
    return "\n\n".join([f"{_at(asker)}您问了{len(pieces)}件事，一件一件说：", *said, closing])


def part_answer(entry: Sayable, parts: Sequence[Part], desk: Desk, asker: str = "") -> str:
    """Parts of an answer given before, and which answer it was. Of a sensitive matter a group hears nothing more."""
    if asker and entry.sensitive:
        return f"{_at(asker)}这件事涉及隐私，不在群里细说。请私聊我，把事情再说一遍。"
    said = [_part(entry, part) for part in parts]
    closing = f"这是一般法律知识。没说清楚的，请回复“找律师”，由{desk.person}答复。"
    return "\n".join([f"{_at(asker)}关于“{entry.question}”：", *said, "【依据】" + _joined(entry.basis), closing])


def fact_answer(entry: Sayable, choice: Choice, desk: Desk) -> str:
    """What a fact changes, with the basis of the answer it belongs to."""
    if choice.say is None:
        return f"那前面说的就是您这种情况。还不清楚的请接着问，或者回复“找律师”，由{desk.person}答复。"
    return f"{choice.say}\n【依据】{_joined(entry.basis)}\n其余的和前面说的一样。还不清楚的，请回复“找律师”，由{desk.person}答复。"


def ask_fact(fact: Fact) -> str:
    """One thing more to know, with numbered choices; the answer before it stands without a reply."""
    numbered = "\n".join(f"{number}. {choice.reply}" for number, choice in enumerate(fact.choices, start=1))
    return f"再问您一句，好说得更准：{fact.ask}\n{numbered}\n回复数字就行，不知道就回复“不知道”。"


def not_known(desk: Desk) -> str:
    """When somebody does not know what was asked."""
    return f"不知道也没关系，前面说的一般情况照样可以参考。想弄准的，请回复“找律师”，由{desk.person}答复。"


def clarify(questions: Sequence[str], asker: str = "") -> str:
    """Up to three numbered questions, and the way out. Without a question: what is it about?"""
    if not questions:
        return (
            f"{_at(asker)}您问的是哪件事？请把事情一起说给我听，比如谁和谁、出了什么事。也可以回复“找律师”由人来答复。"
        )
    numbered = "\n".join(f"{number}. {question}" for number, question in enumerate(questions, start=1))
    return f"{_at(asker)}您想问的是哪一个？回复数字就行：\n{numbered}\n都不是的话，请多说两句情况，或者回复“找律师”由人来答复。"


def escalated(
    desk: Desk,
    due: datetime,
    *,
    asker: str = "",
    urgency: Urgency | None = None,
    wished: bool = False,
    related: Sequence[str] = (),
) -> str:
    """Who will answer, and by when; `related` are articles that may bear on it, which is no answer."""
    first = f"{HOTLINES[urgency]}\n\n" if urgency is not None else ""
    why = "好的，" if wished else "这个问题我没有把握，不能乱答，"
    if urgency is not None:
        why = "我已经把情况报给人了，"
    return (
        f"{_at(asker)}{first}{why}已转给{desk.village}的{desk.person}，"
        f"最晚 {said_time(due)} 前答复您，答复会发到这里。\n着急可以先打免费法律咨询电话 12348；"
        f"经济困难的，可以申请法律援助（免费律师）。{_related(related)}"
    )


def other_language(desk: Desk, due: datetime, *, asker: str = "", urgency: Urgency | None = None) -> str:
    """Who will answer what the bot cannot read, in Chinese and in a line of English."""
    first = f"{HOTLINES[urgency]}\n\n" if urgency is not None else ""
    return (
        f"{_at(asker)}{first}我只看得懂中文，您的话已转给{desk.village}的{desk.person}，"
        f"最晚 {said_time(due)} 前答复您，答复会发到这里。\n{in_english(desk)}"
    )


def in_english(desk: Desk) -> str:
    """For who does not read Chinese."""
    return (
        f"I can only read Chinese. Your message has been passed to a legal adviser ({desk.person}). "
        "Free legal help: 12348. In danger call 110 (police) or 120 (ambulance)."
    )


def added(desk: Desk, due: datetime, *, now: datetime, asker: str = "", urgency: Urgency | None = None) -> str:
    """What was said goes with what a person has before them already."""
    first = f"{HOTLINES[urgency]}\n\n" if urgency is not None else ""
    when = f"最晚 {said_time(due)} 前" if due > now else "会尽快"
    return f"{_at(asker)}{first}好的，这些也转给{desk.village}的{desk.person}了，{when}一起答复您。"


def alerted(desk: Desk) -> str:
    """Added to an urgent answer: a person knows."""
    return f"我已同时告诉{desk.village}的{desk.person}，会尽快联系您。"


def from_adviser(person: str, question: str, text: str) -> str:
    """A person's answer, with enough of the question to know which it is."""
    return f"【{person}答复】您问的“{_shortened(question)}”：\n{text}"


MATTERS = "欠薪、借钱不还、离婚彩礼、土地、宅基地、赡养继承、交通事故、被骗等"


def off_topic(desk: Desk) -> str:
    """What the bot is for, for who asks something else."""
    return (
        f"这个我帮不上。我是法润助手，回答常见的法律问题：{MATTERS}。\n"
        f"如果您问的是法律上的事，请多说两句，或者回复“找律师”，由{desk.person}答复。"
    )


def help_text(desk: Desk) -> str:
    """What the bot is for."""
    return (
        f"您好，我是法润助手，回答常见的法律问题：{MATTERS}。"
        "直接把事情说给我听就行，文字、语音都可以。\n"
        f"我不是律师，说的是一般法律知识。想找人答复，请回复“找律师”，由{desk.person}答复。{FREE_HELP}"
    )


def thanks() -> str:
    """Answer to thanks."""
    return "不客气。还有法律上的问题随时问我。"


def only_text() -> str:
    """For pictures, files and the like."""
    return "我现在只看得懂文字和语音。请把事情用文字或语音说给我听；材料、照片请先自己留好，需要时会有人问您要。"


def nothing_to_choose() -> str:
    """When a bare number refers to nothing."""
    return "前面没有可以选的问题了。请直接把您的问题说一遍。"


def forgotten() -> str:
    """After a resident had their data deleted."""
    return "已经删除您在这里的咨询内容。以后还可以随时再来问。"


def troubled() -> str:
    """When something broke: neutral, and a person."""
    return "系统正忙，您的话已经收到，会有人看到并答复您。着急可以先打免费法律咨询电话 12348。"


def said_time(moment: datetime) -> str:
    """A time as people say it, in China: 11月25日（周三）18:00."""
    local = moment.astimezone(CHINA)
    return f"{local.month}月{local.day}日（周{'一二三四五六日'[local.weekday()]}）{local:%H:%M}"


def _told(entry: Sayable, asked: str) -> list[str]:
    """What the answer holds for who says this."""
    return [choice.say for choice in told(entry.facts, asked) if choice.say is not None]


def _body(entry: Sayable, asked: str) -> list[str]:
    """What holds for who says this, conclusion, steps, evidence, basis, who to ask."""
    inner = [_part(entry, part) for part in (Part.STEPS, Part.EVIDENCE, Part.DEADLINES)]
    basis = "【依据】" + _joined(entry.basis)
    return [part for part in (*_told(entry, asked), entry.answer, *inner, basis, _part(entry, Part.WHERE)) if part]


def _first_bases(entry: Sayable) -> str:
    return "【依据】" + _joined(entry.basis[:3]) + ("等" if len(entry.basis) > 3 else "")


def _closing(desk: Desk) -> str:
    return f"以上是一般法律知识，不是律师意见。想让{desk.person}答复，请回复“找律师”。{FREE_HELP}"


def _shortened(question: str) -> str:
    return question if len(question) <= 30 else question[:30] + "…"


def _related(rules: Sequence[str]) -> str:
    return f"\n【可能相关的规定】{_joined(rules)}（机器自动找的，用不用得上要等人看过，不能当答复）" if rules else ""


def _at(asker: str) -> str:
    return f"@{asker} " if asker else ""


_TITLES = {
    Part.STEPS: "下一步怎么做",
    Part.EVIDENCE: "留好这些证据",
    Part.DEADLINES: "注意期限",
    Part.WHERE: "去哪里办",
}


def _part(entry: Sayable, part: Part) -> str:
    return _list(_TITLES[part], entry.part(part), numbered=part is Part.STEPS)


def _list(title: str, items: Sequence[str], *, numbered: bool = False) -> str:
    if not items:
        return ""
    marks = [f"{number}. " for number in range(1, len(items) + 1)] if numbered else ["· "] * len(items)
    return f"【{title}】\n" + "\n".join(mark + item for mark, item in zip(marks, items, strict=True))


def _joined(basis: Sequence[str]) -> str:
    """Citations grouped by law, as people read them: 《民法典》第六百七十五条、第六百七十九条；《…》…"""
    laws: dict[str, list[str]] = {}
    for citation in basis:
        law, _, article = citation.rpartition("》")  # A title may hold another: 《…适用《民法典》…的解释》.
        laws.setdefault(law + "》", []).append(article)
    return "；".join(law + "、".join(articles) for law, articles in laws.items())
