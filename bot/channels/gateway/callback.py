"""The gateway's own addresses: messages in with their reply, the poll and its acknowledgement, the description."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from http import HTTPStatus

from flask import Blueprint, Response, request
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException

from bot.channels.gateway.bridge import Bridge, by_channel
from bot.channels.gateway.messages import (
    MAX_BODY,
    Acked,
    Acknowledged,
    Answered,
    Fault,
    Flaw,
    Outgoing,
    Polled,
    Posted,
    read,
)
from bot.channels.gateway.openapi import rendered
from bot.channels.gateway.refused import Refused
from bot.channels.gateway.signature import BRIDGE, NONCE, SIGNATURE, TIMESTAMP, Nonces, Stamp, signer
from bot.channels.incident import log_incident
from bot.channels.listening import Ack, Poll, Receive, body_of
from bot.ports import Clock

log = logging.getLogger(__name__)


def make_blueprint(
    bridges: Iterable[Bridge], receive: Receive, clock: Clock, nonces: Nonces, poll: Poll, ack: Ack
) -> Blueprint:
    """Everything under /gateway. It authenticates by signature alone: no session, no cookie, no CSRF token."""
    blueprint = Blueprint("gateway", __name__, url_prefix="/gateway")
    known = by_channel(bridges)

    def signed() -> tuple[Bridge, bytes]:
        body = body_of(request, most=MAX_BODY)
        given = Stamp(*(request.headers.get(name, "") for name in (BRIDGE, TIMESTAMP, NONCE, SIGNATURE)))
        return signer(given, body, known, nonces, now=clock()), body

    @blueprint.post("/messages")
    def messages() -> Response:
        bridge, body = signed()
        incoming = read(Posted, body).incoming(bridge)
        log.info("%s message %s: %d characters", bridge.channel, incoming.key.id, len(incoming.text))
        reply = receive(incoming)
        log.info("%s message %s: %s", bridge.channel, incoming.key.id, "silent" if reply.text is None else "answered")
        return _json(Answered.of(incoming, reply))

    @blueprint.route("/poll", methods=["GET", "POST"])
    def give_held() -> Response:
        bridge, body = signed()
        if body:
            raise Refused(HTTPStatus.BAD_REQUEST, "a poll has no body")
        return _json(Polled(deliveries=[Outgoing.of(delivery) for delivery in poll(bridge.channel)]))

    @blueprint.post("/ack")
    def acknowledge() -> Response:
        bridge, body = signed()
        return _json(Acked(acked=list(ack(bridge.channel, read(Acknowledged, body).ids))))

    @blueprint.get("/openapi.json")
    def description() -> Response:
        return Response(rendered(), mimetype="application/json")

    @blueprint.after_request
    def not_cached(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response

    blueprint.register_error_handler(Refused, _refused)
    blueprint.register_error_handler(HTTPException, _unreadable)
    blueprint.register_error_handler(Exception, _broken)
    return blueprint


def _json(model: BaseModel, status: int = HTTPStatus.OK) -> Response:
    return Response(model.model_dump_json(), status, mimetype="application/json")


def _refused(refused: Refused) -> Response:
    # Not the fields: an unknown one may be named with anything. The bridge is told.
    log.warning("%s refused with %d: %s", request.path, refused.status, refused.fault)
    flaws = [Flaw(field=field, fault=fault) for field, fault in refused.flaws]
    return _json(Fault(fault=refused.fault, flaws=flaws), refused.status)


def _unreadable(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.BAD_REQUEST
    log.warning("%s refused with %d", request.path, status)
    return _json(Fault(fault=HTTPStatus(status).phrase), status)


def _broken(error: Exception) -> Response:
    """The last resort."""
    incident = log_incident(log, request.path, error)
    return _json(
        Fault(fault="something broke; sign and send it again", incident=incident), HTTPStatus.INTERNAL_SERVER_ERROR
    )
