from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright

from tests.bot.channels.demo.cast import Listener, app_of
from tests.bot.channels.gateway.cast import MemoryOutbox

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def outbox() -> MemoryOutbox:
    return MemoryOutbox()


@pytest.fixture
def client(listener: Listener, outbox: MemoryOutbox) -> FlaskClient:
    return app_of(listener.receive, outbox).test_client()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}: the page itself is not tried")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()
