"""One 公众号 or 服务号, as the operator registers it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["plain", "compatible", "safe"]

PREFIX = "wechat/"

_FORMS = {
    "name": (r"[a-z0-9][a-z0-9_-]{0,31}", "1 to 32 lower-case letters, digits, - and _"),
    "appid": (r"wx[0-9a-zA-Z]{16}", "wx and 16 letters or digits"),
    "token": (r"[0-9a-zA-Z]{3,32}", "3 to 32 letters and digits"),
    "secret": (r"[0-9a-zA-Z]{32}", "32 letters and digits, or left out"),
    "aes_key": (r"[0-9a-zA-Z]{43}", "43 letters and digits"),
    "mode": (r"plain|compatible|safe", "plain, compatible or safe"),
    "village": (r"\S{1,64}", "a village code without spaces, or left out"),
}


@dataclass(frozen=True, slots=True)
class WechatAccount:
    """Raises ValueError naming every faulty field; no value is printed, neither there nor by repr.

    `name` is the last part of the callback address. `secret` is needed to push; without it there are only passive
    replies. `village` is for an account whose followers all belong to one village; an account shared by several ties
    its residents by the QR codes they scan, and has none.
    """

    name: str
    appid: str
    token: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)
    aes_key: str | None = field(default=None, repr=False)
    mode: Mode = "safe"
    village: str | None = None

    def __post_init__(self) -> None:
        faults = []
        for name, (form, wanted) in _FORMS.items():
            value = getattr(self, name)
            needed = name in ("name", "appid", "token", "mode") or (name == "aes_key" and self.encrypted)
            if (value is None and needed) or (value is not None and re.fullmatch(form, value) is None):
                faults.append(f"{name} must be {wanted}")
        if faults:
            raise ValueError(f"wechat account: {'; '.join(faults)}")

    @property
    def channel(self) -> str:
        return PREFIX + self.name

    @property
    def encrypted(self) -> bool:
        """In compatible mode WeChat sends the words in plain, too; they are not signed, and not looked at."""
        return self.mode != "plain"
