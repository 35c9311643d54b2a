"""Villages, groups, residents and adviser chains."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.orm import Session

from bot.domain.errors import UnknownVillage
from bot.domain.message import Address
from bot.domain.people import Rank, Resident, Role, Staff, Village
from bot.store.forgetting import forget
from bot.store.tables import ChainRow, GroupRow, ResidentRow, StaffRow, VillageRow
from bot.store.upsert import insert_new, put

ASKING_ORDER = list(Rank)


class SqlPeople:
    """`bot.ports.People`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def resident(self, address: Address, *, now: datetime) -> Resident:
        found = self._seen(address) or self._make(address, now)
        village = self.village_of_group(address.channel, address.group) if address.group is not None else None
        if village is None or village == found.village:
            return found
        self._session.execute(update(ResidentRow).where(ResidentRow.id == found.id).values(village=village))
        return Resident(found.id, found.channel, found.user, village)

    def _seen(self, address: Address) -> Resident | None:
        row = self._session.scalar(_residents(address))
        return row.resident if row is not None else None

    def _make(self, address: Address, now: datetime) -> Resident:
        """If another process is faster, theirs."""
        values = {"channel": address.channel, "user_id": address.user, "seen_at": now}
        insert_new(self._session, ResidentRow.id, ("channel", "user_id"), values)
        return self._session.scalars(_residents(address)).one().resident

    def place_resident(self, resident: int, village: str) -> None:
        self._known(village)
        self._session.execute(update(ResidentRow).where(ResidentRow.id == resident).values(village=village))

    def forget_resident(self, resident: int) -> None:
        """Also closes their open cases and stops what is on its way to them."""
        forget(self._session, resident)

    def village(self, code: str) -> Village | None:
        row = self._session.scalar(select(VillageRow).where(VillageRow.code == code))
        return row.place if row is not None else None

    def villages(self) -> list[Village]:
        """By code."""
        return [row.place for row in self._session.scalars(select(VillageRow).order_by(VillageRow.code))]

    def save_village(self, village: Village) -> None:
        put(self._session, VillageRow, {"code": village.code}, {"name": village.name, "street": village.street})

    def village_of_group(self, channel: str, group: str) -> str | None:
        return self._session.scalar(
            select(GroupRow.village).where(GroupRow.channel == channel, GroupRow.group_id == group)
        )

    def groups(self) -> list[tuple[str, str, str, str]]:
        columns = select(GroupRow.channel, GroupRow.group_id, GroupRow.name, GroupRow.village)
        return [(*row,) for row in self._session.execute(columns.order_by(GroupRow.channel, GroupRow.group_id))]

    def save_group(self, channel: str, group: str, *, name: str, village: str) -> None:
        self._known(village)
        put(self._session, GroupRow, {"channel": channel, "group_id": group}, {"name": name, "village": village})

    def chain(self, village: str | None) -> list[tuple[Rank, Staff]]:
        """Within a rank, in the order given to `set_chain`; the judicial office by id."""
        if village is None:
            return self._judicial_office()
        places = (
            select(ChainRow.rank, StaffRow)
            .join(StaffRow, StaffRow.id == ChainRow.staff_id)
            .where(ChainRow.village == village, StaffRow.active)
            .order_by(ChainRow.position)
        )
        found = [(rank, row.staff) for rank, row in self._session.execute(places)]
        if not found:
            return self._judicial_office()
        return sorted(found, key=lambda place: ASKING_ORDER.index(place[0]))

    def _judicial_office(self) -> list[tuple[Rank, Staff]]:
        theirs = select(StaffRow).where(StaffRow.role == Role.JUDICIAL_OFFICE, StaffRow.active).order_by(StaffRow.id)
        return [(Rank.JUDICIAL_OFFICE, row.staff) for row in self._session.scalars(theirs)]

    def set_chain(self, village: str, chain: Sequence[tuple[Rank, int]]) -> None:
        self._known(village)
        # Two admins at once: the second waits for this row, and then replaces the first one's chain as a whole.
        self._session.execute(select(VillageRow).where(VillageRow.code == village).with_for_update())
        self._session.execute(delete(ChainRow).where(ChainRow.village == village))
        places = [
            {"village": village, "position": position, "rank": rank, "staff_id": staff}
            for position, (rank, staff) in enumerate(chain)
        ]
        if places:
            self._session.execute(insert(ChainRow), places)

    def staff(self, staff: int) -> Staff | None:
        row = self._session.scalar(select(StaffRow).where(StaffRow.id == staff))
        return row.staff if row is not None else None

    def all_staff(self) -> list[Staff]:
        """By id; who left included."""
        return [row.staff for row in self._session.scalars(select(StaffRow).order_by(StaffRow.id))]

    def _known(self, village: str) -> None:
        if self.village(village) is None:
            raise UnknownVillage(village)


def _residents(address: Address) -> Select[ResidentRow]:
    return select(ResidentRow).where(ResidentRow.channel == address.channel, ResidentRow.user_id == address.user)
