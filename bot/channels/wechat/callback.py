"""The callback addresses: WeChat's greeting, and messages in with their passive reply."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus

from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import HTTPException

from bot.channels.incident import log_incident
from bot.channels.listening import Receive
from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.envelope import MAX_BODY, Envelope
from bot.channels.wechat.parse import incoming
from bot.channels.wechat.ports import Nonces
from bot.channels.wechat.reply import split_text, text_reply
from bot.domain.errors import BadMessage, BotError
from bot.domain.message import Address, Incoming, Reply
from bot.ports import Clock

log = logging.getLogger(__name__)

QueueRest = Callable[[Address, str, str], None]
"""Queues one further part of a long reply (to, text, key), in order; the same key again changes nothing."""

SUCCESS = "success"
"""What WeChat takes for: received, nothing to say."""


class Counter:
    """Where one account's messages are handed in."""

    def __init__(
        self, account: WechatAccount, receive: Receive, clock: Clock, nonces: Nonces, queue_rest: QueueRest
    ) -> None:
        self.account = account
        self.receive = receive
        self.clock = clock
        self.envelope = Envelope(account, nonces)
        self.queue_rest = queue_rest

    def greet(self, query: Mapping[str, str]) -> str:
        return self.envelope.greet(query, now=self.clock())

    def answer(self, query: Mapping[str, str], body: bytes) -> str:
        """The body to answer with. A retry gets the same words; the rest of a long reply is queued."""
        now = self.clock()
        fields = self.envelope.open(query, body, now=now)
        message = incoming(fields, self.account)
        if message is None:
            return SUCCESS
        parts = split_text(self._reply(message).text or "")
        if not parts:
            return SUCCESS
        for number, part in enumerate(parts[1:], start=2):
            # One delivery each: when the third fails, the second is not sent again.
            self.queue_rest(message.sender, part, f"{message.key.channel}/{message.key.id}/{number}")
        return self.envelope.seal(text_reply(fields, parts[0], now=now), now=now)

    def _reply(self, message: Incoming) -> Reply:
        log.info("%s message %s: %d characters", message.key.channel, message.key.id, len(message.text))
        try:
            reply = self.receive(message)
        except BotError as failure:
            # It was accepted before it failed, so it is answered later; to the resident, silence beats 服务出现故障.
            log.error("%s message %s: %s", message.key.channel, message.key.id, type(failure).__name__)
            return Reply(None)
        log.info("%s message %s: %s", message.key.channel, message.key.id, "answered" if reply.text else "silent")
        return reply


def make_blueprint(
    accounts: Iterable[WechatAccount], receive: Receive, clock: Clock, nonces: Nonces, queue_rest: QueueRest
) -> Blueprint:
    """Everything under /wechat. It authenticates by signature alone: no session, no cookie, no CSRF token."""
    blueprint = Blueprint("wechat", __name__, url_prefix="/wechat")
    counters = {account.name: Counter(account, receive, clock, nonces, queue_rest) for account in accounts}

    def counter(name: str) -> Counter:
        return counters.get(name) or abort(HTTPStatus.NOT_FOUND)

    @blueprint.get("/<name>")
    def greet(name: str) -> Response:
        return Response(counter(name).greet(request.args), mimetype="text/plain")

    @blueprint.post("/<name>")
    def deliver(name: str) -> Response:
        # One byte more than allowed is enough to see that there is more.
        return Response(counter(name).answer(request.args, request.stream.read(MAX_BODY + 1)), mimetype="text/xml")

    blueprint.register_error_handler(BadMessage, _refused)
    blueprint.register_error_handler(HTTPException, _unknown)
    blueprint.register_error_handler(Exception, _broken)
    return blueprint


def _refused(fault: BadMessage) -> Response:
    """The same to everybody: who cannot sign learns nothing about why."""
    log.warning("%s refused: %s", request.path, fault)
    return Response(status=HTTPStatus.FORBIDDEN)


def _unknown(error: HTTPException) -> Response:
    return Response(status=error.code)


def _broken(error: Exception) -> Response:
    """The last resort: WeChat delivers again."""
    log_incident(log, request.path, error)
    return Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)
