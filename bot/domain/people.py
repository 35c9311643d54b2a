"""Villages, residents and staff."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Admins keep villages, staff and knowledge; advisers answer. The judicial office is the last resort."""

    ADMIN = "admin"
    ADVISER = "adviser"
    JUDICIAL_OFFICE = "judicial_office"


class Rank(StrEnum):
    """Place in a village's adviser chain; the order of definition is the order of asking."""

    ADVISER = "adviser"
    DEPUTY = "deputy"
    JUDICIAL_OFFICE = "judicial_office"


@dataclass(frozen=True, slots=True)
class Village:
    """`code` is what QR scenes and the command line use, e.g. `hugang`."""

    code: str
    name: str
    street: str


@dataclass(frozen=True, slots=True)
class Staff:
    """A person who logs in. `villages` are the codes they may see; an admin sees all."""

    id: int
    name: str
    login: str
    role: Role
    villages: frozenset[str]
    active: bool = True

    def may_see(self, village: str | None) -> bool:
        """The one rule of village access. A case of no known village is the judicial office's and the admin's."""
        if not self.active:
            return False
        if self.role is Role.ADMIN:
            return True
        if village is None:
            return self.role is Role.JUDICIAL_OFFICE
        return village in self.villages


@dataclass(frozen=True, slots=True)
class Resident:
    """Known only by channel and channel user id."""

    id: int
    channel: str
    user: str
    village: str | None
