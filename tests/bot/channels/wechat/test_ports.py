import pytest

from bot.channels.wechat.ports import Nonces, Tokens
from tests.bot.channels.wechat.cast import MemoryNonces, MemoryTokens
from tests.bot.channels.wechat.contracts import NoncesContract, TokensContract


class TestMemoryNonces(NoncesContract):
    @pytest.fixture
    def nonces(self) -> Nonces:
        return MemoryNonces()


class TestMemoryTokens(TokensContract):
    @pytest.fixture
    def tokens(self) -> Tokens:
        return MemoryTokens()
