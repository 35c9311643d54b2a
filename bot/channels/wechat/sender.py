"""Pushes texts to followers."""

from __future__ import annotations

from collections.abc import Iterable

from bot.channels.wechat.access import Access
from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.api import Api
from bot.channels.wechat.client import WechatClient
from bot.channels.wechat.ports import Tokens
from bot.channels.wechat.reply import split_text
from bot.domain.delivery import Delivery
from bot.domain.errors import DeliveryFailed
from bot.ports import Clock


class WechatSender:
    """A `bot.ports.Sender`. WeChat knows no delivery ids: what is sent twice arrives twice.

    A long text goes out in several messages; if one of them fails, a further try begins at the first.
    """

    def __init__(self, accounts: Iterable[WechatAccount], api: Api, tokens: Tokens, clock: Clock) -> None:
        self._clients = {
            account.channel: WechatClient(Access(account, tokens, api, clock), api)
            for account in accounts
            if account.secret is not None
        }

    def send(self, delivery: Delivery) -> None:
        """Permanent: an account unknown or without a secret, and what WeChat will refuse the next time, too."""
        client = self._clients.get(delivery.to.channel)
        if client is None:
            raise DeliveryFailed(f"no account with a secret for channel {delivery.to.channel}", permanent=True)
        for part in split_text(delivery.text):
            client.send_text(delivery.to.user, part)
