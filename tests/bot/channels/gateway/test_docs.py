"""What docs/gateway.md tells a bridge's author is so, and the example bridge runs."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from bot.channels.gateway.messages import Answered, Fault, Outgoing, Posted, read
from bot.channels.gateway.openapi import document
from bot.channels.gateway.signature import BRIDGE, NONCE, SIGNATURE, TIMESTAMP, signature
from bot.domain.message import Address, Form, Incoming, Reply
from tests.bot.channels.gateway.cast import JUEGANG, NOW, STRANGER, Listener, MemoryOutbox, app_of, served

DOCS = Path(__file__).parents[4] / "docs"
GATEWAY = (DOCS / "gateway.md").read_text("utf-8")


def shown(start: str) -> str:
    """The indented block that begins with a line."""
    block = GATEWAY[GATEWAY.index(f"    {start}\n") :].split("\n\n")[0]
    return "\n".join(line.strip() for line in block.splitlines()[1:])


def run_bridge(url: str, lines: str, *options: str, secret: str = JUEGANG.secret) -> "subprocess.CompletedProcess[str]":
    example = str(DOCS / "bridge_example.py")
    command = [sys.executable, "-W", "error", example, "--url", url, "--bridge", "juegang", *options]
    environment = os.environ | {"FARUN_BRIDGE_SECRET": secret, "PYTHONUTF8": "1"}
    return subprocess.run(  # noqa: S603 - our own example, with arguments from this file
        command, input=lines, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


def real_time() -> datetime:
    return datetime.now(UTC)


def test_the_worked_signature_is_right() -> None:
    found = re.search(r"SECRET=(\S+)\n.*'(\d+)\.([\w-]+)\.(\{.*\})'.*\n\s+([0-9a-f]{64})\n", GATEWAY)
    assert found is not None
    secret, timestamp, nonce, body, expected = found.groups()
    assert signature(secret, timestamp, nonce, body.encode()) == expected


def test_the_message_shown_is_accepted_and_has_every_field() -> None:
    body = shown("POST /gateway/messages")
    read(Posted, body.encode())
    assert json.loads(body).keys() == Posted.model_fields.keys()


def test_answers_are_shown_as_they_are() -> None:
    answer = Answered.model_validate_json(shown("200"))
    assert answer.reply is not None
    delivery = re.search(r'^    (\{"id": 5.*\})$', GATEWAY, re.MULTILINE)
    assert delivery is not None
    assert json.loads(delivery.group(1)).keys() == Outgoing.model_fields.keys()
    refusal = re.search(r'`(\{"fault".*\})`', GATEWAY)
    assert refusal is not None
    assert json.loads(refusal.group(1)).keys() == Fault.model_fields.keys()


def test_every_header_path_status_and_kind_is_documented() -> None:
    documented = document()
    responses = documented["paths"]["/gateway/messages"]["post"]["responses"]
    assert [line for line in responses if line != "200"] == re.findall(r"^\| (\d{3}) \|", GATEWAY, re.MULTILINE)
    for name in (BRIDGE, TIMESTAMP, NONCE, SIGNATURE, *documented["paths"]):
        assert f"{name}`" in GATEWAY


def test_every_kind_of_message_is_one_the_domain_knows() -> None:
    kinds = get_args(Posted.model_fields["kind"].annotation)
    assert set(kinds) < {form.value for form in Form}


def test_the_example_bridge_asks_and_posts_the_reply_with_an_at() -> None:
    listener = Listener()
    with served(app_of(listener.receive, clock=real_time)) as url:
        ran = run_bridge(url, "张三: @法润助手 老板欠薪怎么办\n\n李四: 今天赶集😀\n")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "> @张三 可以到劳动监察大队投诉。（第1问）\n> @李四 可以到劳动监察大队投诉。（第2问）\n"
    asked, chatted = listener.heard
    assert (asked.text, asked.mentioned, asked.sender.group) == ("@法润助手 老板欠薪怎么办", True, "demo-group")
    assert (chatted.text, chatted.mentioned, chatted.sender_name) == ("今天赶集😀", False, "李四")


def test_the_example_bridge_keeps_quiet_when_the_bot_does() -> None:
    with served(app_of(Listener(reply=None).receive, clock=real_time)) as url:
        ran = run_bridge(url, "李四: 今天赶集\n", "--private")
    assert (ran.returncode, ran.stdout) == (0, "")


def test_the_example_bridge_tries_again_with_the_same_id_and_a_new_signature() -> None:
    listener = Listener()

    def stumbling(message: Incoming) -> Reply:
        reply = listener.receive(message)
        if len(listener.heard) == 1:
            raise RuntimeError("the answer is settled, but never arrives")
        return reply

    with served(app_of(stumbling, clock=real_time)) as url:
        ran = run_bridge(url, "张三: 借条丢了怎么办\n", "--private")
    assert ran.stdout == "> 可以到劳动监察大队投诉。（第1问）\n"
    assert len(listener.heard) == 2
    assert len(listener.settled) == 1


def test_the_example_bridge_polls_posts_once_and_acknowledges() -> None:
    outbox = MemoryOutbox()
    for number in range(1, 121):
        outbox.queue(Address("gateway/juegang", "张三", "g"), f"答复{number}", key=str(number), case=None, now=NOW)
        outbox.hold(number, reason="the bridge polls")
    with served(app_of(Listener().receive, outbox=outbox, clock=real_time)) as url:
        ran = run_bridge(url, "", "--wait", "0.5")
    assert ran.stdout.splitlines() == [f"> @张三 答复{number}" for number in range(1, 121)]
    assert outbox.held_for_channel("gateway/juegang", limit=1) == []


def test_the_example_bridge_stops_when_it_is_refused() -> None:
    with served(app_of(Listener().receive, clock=real_time)) as url:
        ran = run_bridge(url, "张三: 借条丢了怎么办\n", secret=STRANGER.secret)
    assert ran.returncode == 1
    assert "refused with 401" in ran.stderr
