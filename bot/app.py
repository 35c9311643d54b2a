"""The composition root: the only place where the parts meet."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread

import httpx
import structlog
from flask import Flask, Response

from bot.channels.demo.callback import make_blueprint as demo_blueprint
from bot.channels.demo.sender import DemoSender
from bot.channels.gateway.bridge import Bridge
from bot.channels.gateway.callback import make_blueprint as gateway_blueprint
from bot.channels.gateway.held import Held
from bot.channels.gateway.sender import GatewaySender
from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.api import Api
from bot.channels.wechat.callback import make_blueprint as wechat_blueprint
from bot.channels.wechat.sender import WechatSender
from bot.console.services import ConsoleServices, ConsoleSettings
from bot.console.wiring import register
from bot.domain.decision import Policy
from bot.domain.errors import NothingFound
from bot.domain.message import Address
from bot.ports import Sender
from bot.retrieval import CheckedKnowledge, FilesOfToday, IndexRetriever, LazyEncoder, SnapshotIndexing
from bot.service.casework import Casework, Promise
from bot.service.conversation import Conversation
from bot.service.imported_laws import WithImportedLaws
from bot.service.law_importing import LawImporting
from bot.service.publishing import Publishing
from bot.service.sending import Sending
from bot.service.speaking import Speaker
from bot.settings import Settings
from bot.store.engine import SqlStore
from bot.store.nonces import SqlNonces
from bot.store.tokens import SqlTokens

log = structlog.get_logger()

PUSH_TIMEOUT = httpx.Timeout(10, connect=5)


def utc_now() -> datetime:
    """The clock of a running service."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that runs, over one database and one data folder."""

    settings: Settings
    store: SqlStore
    nonces: SqlNonces
    retriever: IndexRetriever
    casework: Casework
    conversation: Conversation
    publishing: Publishing
    law_importing: LawImporting
    sending: Sending
    accounts: tuple[WechatAccount, ...]
    bridges: tuple[Bridge, ...]


def assemble(settings: Settings) -> Service:
    """Put the parts together. The database must be up to date (`bot.store.migrate.upgrade`); nothing is started."""
    settings.data.mkdir(parents=True, exist_ok=True)
    store = SqlStore(settings.database)
    files = WithImportedLaws(FilesOfToday(utc_now), store)
    encoder = LazyEncoder(settings.encoder)
    retriever = IndexRetriever(encoder, settings.data)
    casework = Casework(store, utc_now, Promise(settings.answer_within, settings.urgent_within))
    speaker = Speaker(retriever, CheckedKnowledge(retriever, files, store), casework, utc_now)
    conversation = Conversation(store, retriever, speaker, utc_now, policy=Policy(), names=settings.bot_names)
    publishing = Publishing(store, files, SnapshotIndexing(encoder, settings.data), utc_now)
    accounts = tuple(held.account() for held in settings.wechat)
    bridges = tuple(held.bridge() for held in settings.gateways)
    senders: dict[str, Sender] = {
        "wechat": WechatSender(accounts, Api(settings.wechat_api), SqlTokens(store, settings.data), utc_now),
        "gateway": GatewaySender(bridges, httpx.Client(timeout=PUSH_TIMEOUT), utc_now),
        "demo": DemoSender(),
    }
    return Service(
        settings=settings,
        store=store,
        nonces=SqlNonces(store, utc_now),
        retriever=retriever,
        casework=casework,
        conversation=conversation,
        publishing=publishing,
        law_importing=LawImporting(store, publishing, utc_now),
        sending=Sending(store, senders, utc_now),
        accounts=accounts,
        bridges=bridges,
    )


def make_web(service: Service) -> Flask:
    """The web application: callbacks of every channel, the console, the demo page, and /health."""
    settings = service.settings
    app = Flask("bot", static_folder=None, static_url_path="/static")
    app.secret_key = settings.signing_key()
    register(
        app,
        ConsoleServices(
            store=service.store,
            casework=service.casework,
            publishing=service.publishing,
            conversation=service.conversation,
            clock=utc_now,
            settings=ConsoleSettings(
                public_url=settings.url,
                data=settings.data,
                session_hours=settings.session_hours,
                secure_cookies=not settings.demo,
            ),
            law_importing=service.law_importing,
        ),
    )
    held = Held(service.store, utc_now)
    receive = service.conversation.receive

    def queue_rest(to: Address, text: str, key: str) -> None:
        with service.store.begin() as unit:
            unit.outbox.queue(to, text, key=key, case=None, now=utc_now())

    app.register_blueprint(wechat_blueprint(service.accounts, receive, utc_now, service.nonces, queue_rest))
    app.register_blueprint(gateway_blueprint(service.bridges, receive, utc_now, service.nonces, held.poll, held.ack))
    if settings.demo:
        with service.store.begin() as unit:
            villages = unit.people.villages()
        app.register_blueprint(demo_blueprint(receive, utc_now, villages, held.poll, held.ack, settings.bot_names[0]))
    app.add_url_rule("/health", view_func=lambda: _health(service))
    Thread(target=_warm_up, args=(service,), name="warm-up", daemon=True).start()
    return app


def _health(service: Service) -> Response:
    """For a watchdog: 200 when questions can be answered, 503 with the reason while they go to a person."""
    try:
        service.retriever.published()
    except NothingFound:
        return Response("index unavailable\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


def _warm_up(service: Service) -> None:
    """Load model and index before the first resident asks."""
    try:
        service.retriever.entries("借条", limit=1)
    except NothingFound as fault:
        log.warning("no usable index", reason=str(fault))


def configure_logging() -> None:
    """One line an event, to standard error. Residents' words are never among the values."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for talkative in ("httpx", "httpcore", "sentence_transformers", "alembic"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(),
            structlog.dev.ConsoleRenderer(colors=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(),
    )
