from collections.abc import Iterator

import pytest

from tests.bot.channels.gateway.cast import Listener, MemoryNonces, MemoryOutbox, Speaker, app_of, served


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def nonces() -> MemoryNonces:
    return MemoryNonces()


@pytest.fixture
def outbox() -> MemoryOutbox:
    return MemoryOutbox()


@pytest.fixture
def bridge(listener: Listener, nonces: MemoryNonces, outbox: MemoryOutbox) -> Iterator[Speaker]:
    """The bridge of 掘港, speaking to a real server over HTTP."""
    with served(app_of(listener.receive, nonces=nonces, outbox=outbox)) as url:
        yield Speaker(url)
