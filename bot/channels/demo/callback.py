"""The demo page and its own addresses: messages in with their reply, the poll and its acknowledgement."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request
from pydantic import BaseModel

from bot.channels.demo import faults
from bot.channels.demo.cast import CAST, CHANNEL, seats
from bot.channels.demo.examples import CHATTER, FOR_A_PERSON, QUESTIONS
from bot.channels.demo.messages import (
    MAX_BODY,
    Acked,
    Acknowledged,
    Answered,
    Asked,
    Outgoing,
    Polled,
    Posted,
)
from bot.channels.demo.protection import add_headers, admit
from bot.channels.demo.reading import NO_VILLAGE, read, read_query
from bot.channels.demo.refused import Refused
from bot.channels.listening import Ack, Poll, Receive, body_of
from bot.domain.manners import ADVISER_TALKS, COOL_DOWN
from bot.domain.people import Village
from bot.ports import Clock

log = logging.getLogger(__name__)


def make_blueprint(
    receive: Receive, clock: Clock, villages: Sequence[Village], poll: Poll, ack: Ack, bots_name: str
) -> Blueprint:
    """The page at / and its addresses under /demo. Anybody who reaches it may use it: it is for demo mode only.

    The application has Bootstrap-Flask registered, serving locally.
    """
    blueprint = Blueprint(
        "demo", __name__, static_folder="static", static_url_path="/demo/static", template_folder="templates"
    )
    codes = frozenset(village.code for village in villages)

    @blueprint.before_request
    def only_from_the_page() -> None:
        if request.method == "POST":
            admit(request)

    @blueprint.get("/")
    def page() -> str:
        return render_template(
            "demo/page.html",
            villages=villages,
            cast=CAST.values(),
            bots_name=bots_name,
            questions=(*QUESTIONS, FOR_A_PERSON),
            chatter=CHATTER,
            cool_down=int(COOL_DOWN.total_seconds() // 60),
            adviser_talks=int(ADVISER_TALKS.total_seconds() // 60),
        )

    @blueprint.post("/demo/messages")
    def messages() -> Response:
        posted = read(Posted, body_of(request, most=MAX_BODY))
        if posted.village not in codes:
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, NO_VILLAGE)
        incoming = posted.incoming(bots_name, now=clock())
        log.info("demo message %s: %d characters", incoming.key.id, len(incoming.text))
        reply = receive(incoming)
        log.info("demo message %s: %s", incoming.key.id, "silent" if reply.text is None else "answered")
        return _json(Answered(reply=reply.text))

    @blueprint.get("/demo/poll")
    def give_held() -> Response:
        own = seats(villages, read_query(Asked, request.args).visit)
        held = (delivery for delivery in poll(CHANNEL) if delivery.to in own)
        return _json(Polled(deliveries=[Outgoing.of(delivery, own[delivery.to]) for delivery in held]))

    @blueprint.post("/demo/ack")
    def acknowledge() -> Response:
        acknowledged = read(Acknowledged, body_of(request, most=MAX_BODY))
        own = seats(villages, acknowledged.visit)
        held = {delivery.id for delivery in poll(CHANNEL) if delivery.to in own}
        return _json(Acked(acked=list(ack(CHANNEL, held.intersection(acknowledged.ids)))))

    @blueprint.after_request
    def protected(response: Response) -> Response:
        return add_headers(response, keep=request.endpoint == "demo.static")

    faults.init_blueprint(blueprint)
    return blueprint


def _json(model: BaseModel) -> Response:
    return Response(model.model_dump_json(), mimetype="application/json")
