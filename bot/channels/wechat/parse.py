"""From WeChat's fields to a message of the domain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

from bot.channels.wechat.account import WechatAccount
from bot.domain.errors import BadMessage
from bot.domain.message import Address, Form, Incoming, MessageKey

UNSUPPORTED = "【收到不支持的消息类型，暂无法显示】"
"""The text that WeChat puts in place of a sticker, a file or a forwarded chat."""

_OPENID = r"[0-9A-Za-z_-]{1,64}"


def incoming(fields: Mapping[str, str], account: WechatAccount) -> Incoming | None:
    """The message; None for an event that only wants to be acknowledged. Raises BadMessage."""
    sender = _needed(fields, "FromUserName", _OPENID)
    _needed(fields, "ToUserName", _OPENID)
    created = _needed(fields, "CreateTime", r"[0-9]{1,10}")
    kind = _needed(fields, "MsgType", r"[a-z_]{1,32}")
    if kind == "event":
        event = _needed(fields, "Event", r"[0-9A-Za-z_]{1,64}")
        form, text, scene = _event(event, fields.get("EventKey", ""))
        identity = f"{created}-{event}"
    else:
        form, text = _said(kind, fields)
        scene = None
        identity = _needed(fields, "MsgId", r"[0-9]{1,20}")
    if form is None:
        return None
    return Incoming(
        key=MessageKey(account.channel, f"{identity}-{_whose(sender)}"),
        sender=Address(account.channel, sender),
        text=text,
        sent_at=datetime.fromtimestamp(int(created), UTC),
        form=form,
        scene=scene or account.village,
    )


def _said(kind: str, fields: Mapping[str, str]) -> tuple[Form, str]:
    content = fields.get("Content", "")
    if kind == "text" and content != UNSUPPORTED:
        return Form.TEXT, content
    # Without a transcript, because 语音识别 is off or heard nothing, a voice message is as mute as a picture.
    if kind == "voice" and (transcript := fields.get("Recognition", "").strip()):
        return Form.VOICE, transcript
    return Form.OTHER, ""


def _event(event: str, key: str) -> tuple[Form | None, str, str | None]:
    match event.lower():
        case "subscribe":
            return Form.FOLLOW, "", key.removeprefix("qrscene_") if key.startswith("qrscene_") else None
        case "scan":
            return Form.SCAN, "", key or None
        case _:
            return None, "", None


def _whose(sender: str) -> str:
    """Tells senders apart in keys, which are logged: voice messages of several residents have shared a MsgId."""
    return sha256(sender.encode()).hexdigest()[:16]


def _needed(fields: Mapping[str, str], name: str, form: str) -> str:
    value = fields.get(name, "")
    if re.fullmatch(form, value) is None:
        raise BadMessage(f"{name} is missing or malformed")
    return value
