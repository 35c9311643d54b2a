from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.crypt import Crypt, signature
from bot.domain.errors import BadMessage
from tests.bot.channels.wechat.cast import SAFE, Wechat, patient, text

KEY = b64decode(f"{SAFE.aes_key}=")
CRYPT = Crypt(SAFE.token, SAFE.aes_key or "", SAFE.appid)
APPID = SAFE.appid.encode()


def encrypted(plain: bytes) -> str:
    encryptor = Cipher(algorithms.AES(KEY), modes.CBC(KEY[:16])).encryptor()
    return b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


def padded(content: bytes) -> bytes:
    missing = 32 - len(content) % 32
    return content + bytes([missing]) * missing


# Made with the npm package @wecom/crypto 1.0.1: encrypt(key, message, appid, "0123456789abcdef").
RECORDED = (
    "7Li7nXgwpMEyMkQp1kPejLrgs7H1LpqlDuv2qFA/2UcxLFdzu1BHvrgU7Ux2P9STjnX2k7M7508Cr9gtqPwrK3GluXFmXybnH/Y1N47FX2CNS3y"
    "G6FAwZxCVxUVJrowklSn+1rDex23hgql31QWUFq5tfQhJJ2yMjUetGaRigkMxtjwOZHYfQXO596L65jOLP6aMq/vY2yMie6TkpOPWVDdlOO0rTx"
    "cEW8543mDllDAKIrKm7XtbkoGBj6ygmEcRO145PPpnIdGt+30o/lbfoe8oVf+9ESRl0g+KWRruXPsMj98Sv7SKbnwM8sV4FgcZYTjcaLnpUBx2h"
    "OjRXZzOQU6uAAKpRmmhx01xlZtIfsxNQPfSwY7Wzm3kbt5An7rwivEknhvLB12Ig6FE3iLD5gqZ6+/m0YNW81P5VsR33VhphvSN/EaS9F05r4Nj"
    "qVtp/8cPGswP3hWzrSd96D2izA=="
)


def test_what_tencents_package_encrypted_and_signed_is_understood() -> None:
    assert CRYPT.decrypt(RECORDED).decode() == (
        "<xml><ToUserName><![CDATA[gh_5f1c2d3e4a5b]]></ToUserName><FromUserName><![CDATA[oJ4tq5Zhang3_kRv8y2mQwX1uB7c]]>"
        "</FromUserName><CreateTime>1795483800</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        "<Content><![CDATA[🌾 工钱拖了半年]]></Content><MsgId>24837465019283746</MsgId></xml>"
    )
    signed = signature(SAFE.token, "1795483800", "1320562132", RECORDED)
    assert signed == "b0dc60dd38bb5324b0375ac2029f7a2498223061"


@patient
@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])))
def test_werobot_and_we_understand_each_other(words: str) -> None:
    wechat = Wechat(SAFE)
    assert CRYPT.decrypt(wechat.crypt.prp_crypto.encrypt(words, SAFE.appid).decode()) == words.encode()
    sealed = CRYPT.encrypt(text(), timestamp="1795483800", nonce="7")
    assert wechat.understands(sealed)["Content"] == "老板不发工资怎么办"


@pytest.mark.parametrize(
    "plain",
    [
        padded(b"r" * 16 + b"\0\0\0\5<xml>" + b"wx00000000000000aa"),
        padded(b"r" * 16 + b"\0\0\0\5<xml>"),
        padded(b"r" * 16 + b"\0\0\0\6<xml>" + APPID),
        padded(b"r" * 16 + b"\xff\xff\xff\xff<xml>" + APPID),
        padded(b"r" * 16),
        padded(b""),
        (b"r" * 16 + b"\0\0\0\5<xml>" + APPID).ljust(64, b"\0"),
        (b"r" * 16 + b"\0\0\0\5<xml>" + APPID).ljust(64, b"\x21"),
        (b"r" * 16 + b"\0\0\0\5<xml>" + APPID).ljust(63, b"\1") + b"\x15",
        (b"r" * 16 + b"\0\0\0\5<xml>" + APPID).ljust(48, b"\5"),
    ],
    ids=[
        "another appid",
        "no appid",
        "a length that bites into the appid",
        "a length beyond the end",
        "nothing after the random bytes",
        "only padding",
        "padding of zeros",
        "padding longer than a block",
        "padding of unequal bytes",
        "half a block",
    ],
)
def test_a_message_that_is_not_wholly_right_inside_is_refused(plain: bytes) -> None:
    with pytest.raises(BadMessage):
        CRYPT.decrypt(encrypted(plain))


@pytest.mark.parametrize("cipher_text", ["", "AAAA", "A", "工", "=" * 64, RECORDED[:-64], "A" * 128])
def test_what_is_no_cipher_text_is_refused(cipher_text: str) -> None:
    with pytest.raises(BadMessage):
        CRYPT.decrypt(cipher_text)
