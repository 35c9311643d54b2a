"""A small village and its people over a real database, with a retriever that finds what the test says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.case import Candidate, Case
from bot.domain.decision import Match, Policy, Rule, Talk
from bot.domain.delivery import Delivery
from bot.domain.errors import DeliveryFailed, NothingFound
from bot.domain.message import Address, Incoming, MessageKey
from bot.domain.people import Rank, Role, Staff, Village
from bot.domain.question import Urgency
from bot.ports import Basis
from bot.service.casework import Casework, Promise
from bot.service.conversation import Conversation
from bot.service.sending import Sending
from bot.service.speaking import Speaker
from bot.store.engine import SqlStore
from bot.store.migrate import upgrade
from knowledge.entry import Citation, Entry

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


TITLES = {"loan": "借钱不还怎么办", "wage": "欠薪怎么办"}


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, span: timedelta) -> None:
        self.now += span


class Finder:
    """Finds one entry with a set probability; or is broken.

    `knows`: the entry and its probability where the words stand in the text, first come first served; `dangerous`:
    the same for dangers.
    """

    def __init__(self) -> None:
        self.sure = 0.99
        self.broken = False
        self.asked: list[str] = []
        self.sought: list[str] = []
        self.knows: dict[str, tuple[str, float]] = {}
        self.dangerous: dict[str, Urgency] = {}
        self.talk: Talk | None = None

    def entries(self, text: str, *, limit: int) -> list[Match]:
        self.asked.append(text)
        if self.broken:
            raise NothingFound("no index")
        found = (told for words, told in self.knows.items() if all(word in text for word in words.split()))
        first, sure = next(found, ("loan", self.sure))
        other = "wage" if first == "loan" else "loan"
        return [
            Match(first, TITLES[first], "借贷", sure),
            Match(other, TITLES[other], "劳动", 0.0),
        ][:limit]

    def dangers(self, text: str) -> dict[Urgency, float]:
        return {kind: 0.9 for words, kind in self.dangerous.items() if words in text}

    def speech(self, text: str) -> dict[Talk, float]:
        return {self.talk: 0.95} if self.talk is not None else {}

    def rules(self, text: str, *, limit: int) -> list[Rule]:
        return [Rule("民法典", "第六百七十五条", 0.3), Rule("民法典", "第九百条", 0.1)][:limit]

    def candidates(self, text: str, *, limit: int) -> list[Candidate]:
        self.sought.append(text)
        return [Candidate("article", "民法典第六百七十五条", "《民法典》第六百七十五条", 0.8)]


def entry(key: str, question: str) -> Entry:
    return Entry(
        id=key,
        question=question,
        variants=("甲甲甲", "乙乙乙", "丙丙丙", "丁丁丁"),
        short="可以要，先留好证据，再催一次。",
        answer="可以要回来。" + "先把证据留好，再好好催一次，催不到就请人调解或者去法院。" * 2,
        steps=("留好转账记录",),
        where=("村人民调解委员会",),
        citations=(Citation(law="民法典", article="第六百七十五条"),),
        reviewed_on=date(2026, 11, 24),
        reviewed_by="editor",
    )


class Book:
    """Two entries whose basis can be checked, or not."""

    def __init__(self) -> None:
        self.held = {
            "loan": ("借贷", entry("loan", TITLES["loan"]).model_copy(update={"deadlines": ("三年之内要提出来",)})),
            "wage": (
                "劳动",
                entry("wage", TITLES["wage"]).model_copy(update={"answer": "工资可以要回来，去劳动监察。"}),
            ),
        }
        self.checkable = True

    def entry(self, key: str) -> tuple[str, Entry] | None:
        return self.held.get(key)

    def basis(self, entry: Entry) -> tuple[Basis, ...] | None:
        return (
            (Basis("民法典", "第六百七十五条", "借款人应当按期返还借款。", verbatim=True),) if self.checkable else None
        )

    def rule(self, law: str, article: str) -> Basis | None:
        return Basis(law, article, "借款人应当按期返还借款。", verbatim=True) if self.checkable else None


class Post:
    """A sender that keeps what it sent, and fails when told to."""

    def __init__(self) -> None:
        self.sent: list[tuple[Address, str]] = []
        self.failure: DeliveryFailed | None = None

    def send(self, delivery: Delivery) -> None:
        if self.failure is not None:
            raise self.failure
        self.sent.append((delivery.to, delivery.text))


class Town:
    """Everything of one test. 陈 advises 河港, 赵 is the deputy there, 孙 advises 东桥."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder / 'town.db'}"
        upgrade(url)
        self.store = SqlStore(url)
        self.clock, self.finder, self.book, self.post = Clock(), Finder(), Book(), Post()
        self.casework = Casework(self.store, self.clock, Promise())
        policy = Policy()
        self.conversation = Conversation(
            self.store,
            self.finder,
            Speaker(self.finder, self.book, self.casework, self.clock),
            self.clock,
            policy=policy,
            names=["法润助手"],
        )
        self.sending = Sending(self.store, {"wechat": self.post, "gateway": self.post}, self.clock)
        with self.store.begin() as unit:
            for code, name in (("hegang", "河港村"), ("dongqiao", "东桥社区")):
                unit.people.save_village(Village(code, name, "滨河街道"))
                unit.people.save_group("gateway/b", f"g-{code}", name=name, village=code)
            ids = {
                login: unit.accounts.add_staff(name=name, login=login, role=role)
                for login, name, role in (
                    ("chen", "陈敏", Role.ADVISER),
                    ("zhao", "赵磊", Role.ADVISER),
                    ("sun", "孙燕", Role.ADVISER),
                    ("li", "李所长", Role.JUDICIAL_OFFICE),
                    ("wang", "王芳", Role.ADMIN),
                )
            }
            office = (Rank.JUDICIAL_OFFICE, ids["li"])
            unit.people.set_chain("hegang", [(Rank.ADVISER, ids["chen"]), (Rank.DEPUTY, ids["zhao"]), office])
            unit.people.set_chain("dongqiao", [(Rank.ADVISER, ids["sun"]), office])
        self.ids = ids
        self.messages = 0

    def staff(self, login: str) -> Staff:
        with self.store.begin() as unit:
            found = unit.people.staff(self.ids[login])
        assert found is not None
        return found

    def tells(
        self,
        text: str,
        *,
        after: timedelta = timedelta(),
        user: str = "wanghua",
        group: str | None = None,
        mentioned: bool = False,
    ) -> str:
        """What somebody hears when they say this, some time after what was said before; empty for silence."""
        self.clock.pass_by(after)
        self.messages += 1
        message = self.said(text, key=f"told-{self.messages}", user=user, group=group, mentioned=mentioned)
        return self.conversation.receive(message).text or ""

    def cases(self) -> list[Case]:
        """The cases nobody has answered yet, with their history."""
        admin = self.staff("wang")
        return [self.casework.see(admin, case.id) for case in self.casework.waiting(admin)]

    def said(
        self,
        text: str,
        *,
        key: str = "m1",
        user: str = "wanghua",
        group: str | None = None,
        mentioned: bool = False,
        scene: str | None = None,
    ) -> Incoming:
        channel = "gateway/b" if group is not None else "wechat/gh"
        return Incoming(
            MessageKey(channel, key),
            Address(channel, user, group),
            text,
            self.clock(),
            sender_name="李婶" if group is not None else "",
            mentioned=mentioned,
            scene=scene,
        )


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    yield made
    made.store.close()
