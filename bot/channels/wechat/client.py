"""One account's custom messages."""

from __future__ import annotations

from typing import Any

from bot.channels.wechat.access import Access
from bot.channels.wechat.api import Api
from bot.channels.wechat.refusals import OK, TOKEN_REJECTED, refused
from bot.domain.errors import DeliveryFailed

CUSTOM_SEND = "/cgi-bin/message/custom/send"


class WechatClient:
    """Raises DeliveryFailed; neither its text nor a log line holds a secret, a token or a resident's words."""

    def __init__(self, access: Access, api: Api) -> None:
        self._access = access
        self._api = api

    def send_text(self, openid: str, text: str) -> None:
        """One text message of at most 2,048 bytes. A rejected access token is replaced once."""
        message = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        token = self._access.token()
        code = self._code(message, token)
        if code in TOKEN_REJECTED:
            code = self._code(message, self._access.renewed(token))
        if code != OK:
            raise refused(code)

    def _code(self, message: dict[str, Any], token: str) -> int:
        code = self._api.post(CUSTOM_SEND, message, token=token).get("errcode")
        if not isinstance(code, int):
            raise DeliveryFailed(f"{CUSTOM_SEND}: an answer without an error code", permanent=False)
        return code
