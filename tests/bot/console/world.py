"""A small office: two villages, a standing cast, a few entries, and an application with the console on it.

陈 advises 沪港村 and holds its cases, 赵 is the deputy there; 孙 advises 新林村 and must see nothing of 沪港村; 李 is the admin.
"""

from __future__ import annotations

import re
import secrets
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.console import ConsoleServices, ConsoleSettings, register
from bot.domain.case import CaseState
from bot.domain.decision import Policy, Reason
from bot.domain.message import Address, Incoming, MessageKey
from bot.domain.people import Rank, Role, Staff, Village
from bot.domain.question import Urgency
from bot.service.casework import Casework, Promise
from bot.service.conversation import Conversation
from bot.service.imported_laws import WithImportedLaws
from bot.service.law_importing import LawImporting
from bot.service.publishing import Publishing
from bot.service.speaking import Speaker
from bot.store.engine import SqlStore
from bot.store.migrate import upgrade
from knowledge.check import KnowledgeBase, load
from knowledge.laws import LawSource
from tests.bot.console.fakes import CANDIDATES, Checked, Clock, Indexing, Retriever

TODAY = date(2026, 11, 24)
PASSWORD = "long-enough-for-anybody"  # of nobody
POLICY = Policy()

ENTRIES = """\
topic: 民间借贷与担保
contacts: [村人民调解委员会]
entries:
  - id: loan-limitation
    question: 借出去的钱多久不要就过期了
    variants: [别人欠我钱好几年了还能要吗, 借条五年了有没有用, 欠钱多少年作废, 老账还能不能告]
    short: 一般三年内要主张权利，催过一次可以重新算。
    answer: 向法院请求保护民事权利的期间一般是三年，从知道权利受到损害和义务人是谁那天起算。中间催要过的，可以重新算。
    steps: [先书面催要一次，留下记录]
    where: [村人民调解委员会, 法律援助热线 12348]
    citations:
      - {law: 民法典, article: 第一百八十八条}
      - {law: 民法典, article: 第一百九十五条}
    reviewed_on: 2026-11-20
    reviewed_by: editor
"""


@cache
def knowledge_base(root: Path) -> KnowledgeBase:
    """Read once a folder: the law package takes a while."""
    (root / "entries").mkdir(parents=True, exist_ok=True)
    (root / "digests").mkdir(exist_ok=True)
    (root / "entries" / "loans.yaml").write_text(ENTRIES, "utf-8")
    base = load(TODAY, root=root, laws=_laws())
    assert not base.faults
    return base


@cache
def _laws() -> LawSource:
    return LawSource(TODAY)


@cache
def empty_database() -> bytes:
    """Brought up to date once, then copied."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "farun.db"
        upgrade(f"sqlite:///{file}")
        return file.read_bytes()


@cache
def password_hash() -> str:
    """Of a kind that is cheap to verify."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


class World:
    """Everything a test needs, over its own database."""

    def __init__(self, folder: Path, base: KnowledgeBase, *, secure_cookies: bool = False, people: bool = True) -> None:
        url = f"sqlite:///{folder / 'farun.db'}"
        (folder / "farun.db").write_bytes(empty_database())
        self.folder = folder
        self.base = base
        self.clock = Clock()
        self.store = SqlStore(url)
        self.indexing = Indexing(self.clock)
        self.retriever = Retriever()
        self.casework = Casework(self.store, self.clock, Promise())
        files = WithImportedLaws(lambda: base, self.store)
        self.publishing = Publishing(self.store, files, self.indexing, self.clock)
        self.law_importing = LawImporting(self.store, self.publishing, self.clock)
        speaker = Speaker(self.retriever, Checked(base), self.casework, self.clock)
        conversation = Conversation(self.store, self.retriever, speaker, self.clock, policy=POLICY, names=["法润助手"])
        settings = ConsoleSettings("http://localhost", folder, secure_cookies=secure_cookies)
        self.services = ConsoleServices(
            store=self.store,
            casework=self.casework,
            publishing=self.publishing,
            conversation=conversation,
            clock=self.clock,
            settings=settings,
            law_importing=self.law_importing,
        )
        self.app = Flask("tests")
        self.app.secret_key = secrets.token_bytes()
        register(self.app, self.services)
        if people:
            self._people()

    def _people(self) -> None:
        self.li = self._person("李所长", "li", Role.ADMIN)
        self.chen = self._person("陈敏", "chen", Role.ADVISER)
        self.zhao = self._person("赵强", "zhao", Role.ADVISER)
        self.sun = self._person("孙丽", "sun", Role.ADVISER)
        with self.store.begin() as unit:
            unit.people.save_village(Village("hugang", "沪港村", "掘港街道"))
            unit.people.save_village(Village("xinlin", "新林村", "掘港街道"))
            unit.people.set_chain("hugang", [(Rank.ADVISER, self.chen), (Rank.DEPUTY, self.zhao)])
            unit.people.set_chain("xinlin", [(Rank.ADVISER, self.sun)])

    def _person(self, name: str, login: str, role: Role) -> int:
        with self.store.begin() as unit:
            person = unit.accounts.add_staff(name=name, login=login, role=role)
            unit.accounts.set_password(person, password_hash())
            return person

    def staff(self, person: int) -> Staff:
        with self.store.begin() as unit:
            held = unit.people.staff(person)
        assert held is not None
        return held

    def case(
        self,
        question: str = "借给邻居三万块不还怎么办",
        *,
        village: str | None = "hugang",
        urgency: Urgency | None = None,
        group: str | None = None,
        suggestion: str = "没写借条也可以要。",
        reason: Reason = Reason.UNSURE,
    ) -> int:
        """Somebody asked, and the bot put it before a person. The case's id."""
        address = Address("demo", "resident-1", group)
        key = MessageKey("demo", f"{question}-{self.clock()}-{village}")
        message = Incoming(key, address, question, self.clock(), sender_name="王大爷")
        with self.store.begin() as unit:
            inquiry = unit.inquiries.add(
                message,
                text=question,
                resident=unit.people.resident(address, now=self.clock()).id,
                village=village,
                outcome="escalate",
                reason=reason,
                entry=None,
                confidence=0.3,
                reply="",
                now=self.clock(),
            )
            self.casework.open(
                unit,
                inquiry=inquiry,
                village=village,
                reason=reason,
                urgency=urgency,
                suggestion=suggestion,
                candidates=CANDIDATES,
            )
            return max(case.id for case in unit.cases.listed(villages=None, unplaced=True, states=[CaseState.WAITING]))

    def visitor(self) -> Browser:
        return Browser(self.app.test_client())

    def browser(self, login: str) -> Browser:
        """Somebody logged in."""
        browser = self.visitor()
        answer = browser.log_in(login)
        assert answer.status_code == 302, answer.text
        return browser

    def outgoing(self) -> list[str]:
        """Texts on their way to residents."""
        with self.store.begin() as unit:
            return [delivery.text for delivery in unit.outbox.due(now=self.clock() + timedelta(days=1), limit=100)]

    def audit(self) -> list[tuple[str, str, str]]:
        """(who, what, about), latest first."""
        with self.store.begin() as unit:
            return [note[1:] for note in unit.audit.latest(100)]


class Browser:
    """A client that sends the CSRF token of the page it last looked at, as a browser's form does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = ""

    def get(self, path: str) -> TestResponse:
        return self._seen(self.client.get(path))

    def post(self, path: str, **fields: object) -> TestResponse:
        if not self.token:
            self.get("/console/login")
        return self._seen(self.client.post(path, data={"csrf_token": self.token, **fields}))

    def upload(self, path: str, content: bytes, name: str) -> TestResponse:
        """Encoded here: the client of the tests leaves its own file open for a large one."""
        part = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        return self.client.post(
            path,
            data=part.encode() + content + b"\r\n--b--\r\n",
            content_type="multipart/form-data; boundary=b",
            headers={"X-CSRFToken": self.token},
        )

    def log_in(self, login: str, password: str = PASSWORD, **fields: object) -> TestResponse:
        answer = self.post("/console/login", login=login, password=password, **fields)
        if answer.status_code == 302:
            self.get("/console/password")  # A new session has a new token.
        return answer

    def _seen(self, answer: TestResponse) -> TestResponse:
        if "html" in answer.content_type and (found := re.search(r'name="csrf_token" value="([^"]+)"', answer.text)):
            self.token = found[1]
        return answer
