"""Who speaks on the page, and where the answers to each of them go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from bot.domain.message import Address
from bot.domain.people import Village

CHANNEL = "demo"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast. `about` says who they are, where the name alone does not."""

    id: str
    name: str
    about: str = ""
    adviser: bool = False

    def user(self, village: str, visit: UUID) -> str:
        """The channel user id. A resident is another person in every village and every browser.

        So a visitor's private matter is answered to their own page. The adviser is one for all: staff are bound to
        one user id, and what an adviser says is said in the group.
        """
        return self.id if self.adviser else f"{self.id}-{village}-{visit}"


CAST = {
    member.id: member
    for member in (
        Member("wang", "王大爷"),
        Member("li", "李婶"),
        Member("chen", "小陈", "在外打工"),
        Member("zhang", "张律师", "村法律顾问", adviser=True),
    )
}


@dataclass(frozen=True, slots=True)
class Seat:
    """One member in one village's group, or in their private chat with the bot."""

    member: Member
    village: str
    private: bool

    def address(self, visit: UUID) -> Address:
        return Address(CHANNEL, self.member.user(self.village, visit), None if self.private else group_of(self.village))


def group_of(village: str) -> str:
    """The id of a village's simulated group."""
    return f"demo-{village}"


def seats(villages: Iterable[Village], visit: UUID) -> dict[Address, Seat]:
    """Every place of a visit where an answer may arrive."""
    return {seat.address(visit): seat for village in villages for seat in _seats(village.code)}


def _seats(village: str) -> Iterator[Seat]:
    for member in CAST.values():
        yield Seat(member, village, private=False)
        if not member.adviser:
            yield Seat(member, village, private=True)
