"""WeChat's signatures and encryption, by wechatpy; what it leaves unchecked is checked here."""

from __future__ import annotations

import hmac
from base64 import b64decode

from cryptography.hazmat.primitives.padding import PKCS7
from wechatpy.crypto import WeChatCipher, WeChatCrypto
from wechatpy.utils import WeChatSigner

from bot.domain.errors import BadMessage

_RANDOM, _LENGTH = 16, 4
"""Bytes before the message: 16 random ones, then its length, big-endian."""


def signature(*parts: str) -> str:
    """The lower-case hex SHA-1 of the sorted parts.

    >>> signature("token", "1795570200", "nonce") == signature("nonce", "token", "1795570200")
    True
    """
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


class Crypt:
    """One account's key at work."""

    def __init__(self, token: str, aes_key: str, appid: str) -> None:
        self._crypto = WeChatCrypto(token, aes_key, appid)
        self._appid = appid.encode()

    def decrypt(self, encrypted: str) -> bytes:
        """The message. Raises BadMessage if it was not encrypted with this key for this appid."""
        try:
            padded = WeChatCipher(self._crypto.key).decrypt(b64decode(encrypted))
            unpadder = PKCS7(256).unpadder()
            content = unpadder.update(padded) + unpadder.finalize()
        except ValueError:
            raise BadMessage(f"{len(encrypted)} characters of cipher text cannot be decrypted") from None
        start = _RANDOM + _LENGTH
        end = start + int.from_bytes(content[_RANDOM:start], "big")
        if not hmac.compare_digest(content[end:], self._appid):
            raise BadMessage(f"{len(encrypted)} characters of cipher text, but for another appid")
        return content[start:end]

    def encrypt(self, message: str, *, timestamp: str, nonce: str) -> str:
        """The signed envelope around a message, as XML."""
        return str(self._crypto.encrypt_message(message, nonce, timestamp))
