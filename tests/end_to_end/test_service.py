"""The service as a whole, over real HTTP, in several processes, killed in the middle."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot.channels.demo.examples import FOR_A_PERSON, QUESTIONS
from bot.channels.wechat.account import WechatAccount
from tests.bot.channels.wechat.cast import Wechat, text
from tests.end_to_end.running import WECHAT, Running


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(tmp_path_factory.mktemp("service"))
    running.start()
    yield running
    running.stop()


def rows(service: Running, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{service.data / 'farun.db'}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_questions_of_the_start_page_get_an_answer_with_its_basis(service: Running, question: str) -> None:
    reply = service.says(f"ask-{question}"[:100], question).json()["reply"]
    assert "【依据】《" in reply["text"]
    assert "12348" in reply["text"]
    if question == "老公打我，我该找谁":
        assert reply["text"].startswith("⚠️")


@pytest.mark.parametrize("chatter", ["今晚打牌三缺一", "[红包]", "谢谢张律师"])
def test_chatter_in_a_group_gets_silence(service: Running, chatter: str) -> None:
    assert service.says(f"chat-{chatter}", chatter, group="g1").json()["reply"] is None


def test_what_it_cannot_answer_goes_to_a_named_person(service: Running) -> None:
    assert "李所长" in service.says("unsure", FOR_A_PERSON).json()["reply"]["text"]


def test_three_deliveries_at_once_to_two_processes_get_one_answer(service: Running) -> None:
    before = len(rows(service, "SELECT id FROM cases"))
    with ThreadPoolExecutor(3) as pool:
        replies = list(pool.map(lambda _: service.says("thrice", FOR_A_PERSON, user="u-thrice").json(), range(3)))
    assert replies[0] == replies[1] == replies[2]
    assert len(rows(service, "SELECT id FROM cases")) == before + 1


def test_a_safe_mode_message_sealed_by_another_implementation_is_answered_so_that_it_can_be_opened(
    service: Running,
) -> None:
    wechat = Wechat(WechatAccount(**WECHAT), at=datetime.now(UTC))  # WeRoBot plays WeChat's side.
    callback = wechat.delivers(text("离婚了彩礼要不要退"))
    address = f"{service.base}/wechat/hegang"
    response = httpx.post(address, params=callback.query, content=callback.body, timeout=30)
    content = wechat.understands(response.text)["Content"]
    assert "领了结婚证" in content
    assert len(content.encode()) <= 2048
    forged = httpx.post(
        address, params={**callback.query, "msg_signature": "0" * 40}, content=callback.body, timeout=30
    )
    assert (forged.status_code, forged.text) == (403, "")


def test_a_residents_words_never_reach_the_log(service: Running) -> None:
    marker = "独一无二的秘密话语"
    service.says("secret", f"{marker}，邻居欠钱不还怎么办")
    httpx.post(f"{service.base}/gateway/messages", content=f'{{"text": "{marker}'.encode(), timeout=30)
    assert marker not in (service.data / "service.log").read_text("utf-8")


def test_kill_9_in_the_middle_loses_none_of_200_messages(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.start()
    accepted: set[str] = set()
    answers: dict[str, object] = {}

    def say(number: int) -> None:
        key = f"k-{number}"
        while True:  # As docs/gateway.md asks of a bridge: until it is taken, with the same id.
            try:
                response = running.says(key, FOR_A_PERSON, user=f"u-{number}")
            except httpx.TransportError:
                time.sleep(0.2)
                continue
            if response.status_code == 200:
                accepted.add(key)
                answers[key] = response.json()
                return
            time.sleep(0.2)

    def kill_twice() -> None:
        for enough in (40, 120):
            while len(accepted) < enough:
                time.sleep(0.02)
            running.kill()
            running.start()

    killer = threading.Thread(target=kill_twice)
    killer.start()
    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(say, range(200)))
        killer.join()
        assert len(accepted) == 200
        unanswered = "SELECT count(*) FROM inbox WHERE settled_at IS NULL"
        assert rows(running, unanswered) == [(0,)]
        assert rows(running, "SELECT count(*) FROM inbox") == [(200,)]
        # Every message stands before a person exactly once.
        assert rows(running, "SELECT count(*), count(DISTINCT inquiry_id) FROM cases") == [(200, 200)]
        again = {key: running.says(key, FOR_A_PERSON, user=f"u-{key[2:]}").json() for key in list(accepted)[:10]}
        assert again == {key: answers[key] for key in again}
    finally:
        running.stop()
