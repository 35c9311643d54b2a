"""What all tables have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, ColumnElement, Enum, MetaData, and_
from sqlalchemy.orm import DeclarativeBase, Mapped

from bot.domain.message import Address
from bot.store.types import UtcTime, Words


class Base(DeclarativeBase):
    """Constraints have fixed names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[Mapping[Any, Any]] = {
        str: Words,
        datetime: UtcTime,
        StrEnum: Enum(
            StrEnum, native_enum=False, length=20, values_callable=lambda kind: [member.value for member in kind]
        ),
        list[Any]: JSON,
        dict[str, Any]: JSON,
    }


class Addressed:
    """Columns of an address. `group_id` is empty for a private chat: NULL would never equal itself in a key."""

    channel: Mapped[str]
    user_id: Mapped[str]
    group_id: Mapped[str]

    @property
    def address(self) -> Address:
        return Address(self.channel, self.user_id, self.group_id or None)

    @classmethod
    def is_at(cls, address: Address) -> ColumnElement[bool]:
        """The rows of exactly this address."""
        return and_(*(getattr(cls, column) == value for column, value in address_values(address).items()))


def address_values(address: Address) -> dict[str, str]:
    """An address as column values."""
    return {"channel": address.channel, "user_id": address.user, "group_id": address.group or ""}
