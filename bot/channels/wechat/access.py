"""The access token of one account: fetched by one process, used by all."""

from __future__ import annotations

from datetime import timedelta

from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.api import Api
from bot.channels.wechat.ports import Tokens
from bot.channels.wechat.refusals import TOKEN_REJECTED, refused
from bot.domain.errors import DeliveryFailed
from bot.ports import Clock

STABLE_TOKEN = "/cgi-bin/stable_token"  # noqa: S105 - an address
EARLY = timedelta(minutes=5)
"""How long before its end a token is no longer used: from then on WeChat gives out the next one."""


class Access:
    """Raises DeliveryFailed where there is no token to be had."""

    def __init__(self, account: WechatAccount, tokens: Tokens, api: Api, clock: Clock) -> None:
        self._account = account
        self._tokens = tokens
        self._api = api
        self._clock = clock

    def token(self) -> str:
        """The one in use, or the next one."""
        return self._held() or self._replace(None)

    def renewed(self, rejected: str) -> str:
        """Another one than the rejected; another process may have fetched it already."""
        return self._replace(rejected)

    def _held(self) -> str | None:
        return self._tokens.get(self._account.appid, now=self._clock())

    def _replace(self, rejected: str | None) -> str:
        with self._tokens.lock(self._account.appid):
            held = self._held()
            if held is not None and held != rejected:
                return held
            token = self._fetch(force=False)
            if token == rejected:
                # Only now, for WeChat forces 20 times a day: it still gives out what it no longer accepts.
                token = self._fetch(force=True)
            return token

    def _fetch(self, *, force: bool) -> str:
        answer = self._api.post(
            STABLE_TOKEN,
            {
                "grant_type": "client_credential",
                "appid": self._account.appid,
                "secret": self._account.secret,
                "force_refresh": force,
            },
        )
        match answer:
            case {"access_token": str(token), "expires_in": int(seconds)}:
                expires = self._clock() + timedelta(seconds=seconds) - EARLY
                self._tokens.put(self._account.appid, token, expires=expires)
                return token
            case {"errcode": int(code)} if code in TOKEN_REJECTED:
                raise DeliveryFailed(f"WeChat answered {code}: the secret is wrong", permanent=True)
            case {"errcode": int(code)}:
                raise refused(code)
            case _:
                raise DeliveryFailed(f"{STABLE_TOKEN}: neither a token nor an error code", permanent=False)
