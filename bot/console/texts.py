"""The words of the pages: names of things and ways of writing times. Registered as template filters."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask

from bot.domain.case import STATE_NAMES, CaseState
from bot.domain.decision import Reason
from bot.domain.people import Rank, Role
from bot.domain.question import Urgency
from bot.domain.wording import CHINA, said_time
from knowledge.entry import EntryStatus

ROLE_NAMES: dict[Role, str] = {Role.ADMIN: "管理员", Role.ADVISER: "法律顾问", Role.JUDICIAL_OFFICE: "司法所"}

RANK_TITLES: dict[Rank, str] = {Rank.ADVISER: "村法律顾问", Rank.DEPUTY: "副手", Rank.JUDICIAL_OFFICE: "司法所"}

URGENCY_NAMES: dict[Urgency, str] = {
    Urgency.VIOLENCE: "有人挨打",
    Urgency.SELF_HARM: "有人想不开",
    Urgency.CHILD_IN_DANGER: "孩子有危险",
    Urgency.ONGOING_FRAUD: "正在被骗",
    Urgency.DETENTION: "人被关着",
    Urgency.DEADLINE: "期限快到",
    Urgency.GROUP_CONFLICT: "多人冲突",
}

REASON_NAMES: dict[Reason, str] = {
    Reason.CONFIDENT: "机器人有把握，已直接回答",
    Reason.CHOSEN: "群众自己选了问题，已回答",
    Reason.FOLLOW_UP: "接着上一个问题问的",
    Reason.AMBIGUOUS: "问题不够清楚，已反问",
    Reason.UNSURE: "机器人没有把握",
    Reason.NO_ENTRY: "知识库里没有合适的内容",
    Reason.ASKED_FOR_PERSON: "群众要求由人答复",
    Reason.URGENT: "紧急情况",
    Reason.OTHER_LANGUAGE: "不是中文，机器人看不懂",
    Reason.INDEX_UNAVAILABLE: "检索暂时不可用",
    Reason.NOT_KNOWN: "机器人问的情况，群众说不知道",
    Reason.CHATTER: "闲聊，不用回答",
    Reason.OFF_TOPIC: "不是法律上的事",
    Reason.NOT_ADDRESSED: "不是对机器人说的",
}

OUTCOME_NAMES = {"answer": "直接回答", "clarify": "反问", "escalate": "转人答复"}

KIND_NAMES = {"entry": "知识条目", "digest": "条文要点", "article": "法条"}

STATUS_NAMES: dict[EntryStatus, str] = {
    EntryStatus.REVIEWED: "在用",
    EntryStatus.NEEDS_REVIEW: "待重新审核",
    EntryStatus.RETIRED: "已停用",
}

CHANNEL_NAMES = {"wechat": "微信公众号", "kf": "微信客服", "wecom": "企业微信", "gateway": "群助手", "demo": "演示页"}

ORIGIN_NAMES = {"files": "随系统自带", "database": "本地添加或修改"}


def said_channel(channel: str) -> str:
    """The channel by the first part of its name.

    >>> said_channel("wechat/gh_1")
    '微信公众号'
    """
    kind = channel.partition("/")[0]
    return CHANNEL_NAMES.get(kind, kind)


def said_reason(reason: str) -> str:
    """Why a case came to a person; a reason of an older version is shown as stored."""
    return REASON_NAMES.get(Reason(reason), reason) if reason in set(Reason) else reason


def stamp(moment: datetime) -> str:
    """A time for a history, in China: 2026-11-24 18:05."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def left(due: datetime, now: datetime) -> str:
    """How long there is until `due`, roughly, or that it has passed."""
    gap = due - now
    if gap <= timedelta(0):
        return "已超过时限"
    hours = int(gap / timedelta(hours=1))
    if hours == 0:
        return f"还剩 {max(1, int(gap / timedelta(minutes=1)))} 分钟"
    return f"还剩 {hours} 小时" if hours < 48 else f"还剩 {hours // 24} 天"


def init_app(app: Flask) -> None:
    """Make the names and ways of writing known to the templates."""
    app.jinja_env.filters.update(
        role=ROLE_NAMES.__getitem__,
        rank=RANK_TITLES.__getitem__,
        urgency=URGENCY_NAMES.__getitem__,
        state=lambda state: STATE_NAMES[CaseState(state)],
        reason=said_reason,
        kind=lambda kind: KIND_NAMES.get(kind, kind),
        status=STATUS_NAMES.__getitem__,
        outcome=lambda outcome: OUTCOME_NAMES.get(outcome, outcome),
        channel=said_channel,
        origin=ORIGIN_NAMES.__getitem__,
        said_time=said_time,
        stamp=stamp,
        left=left,
    )
