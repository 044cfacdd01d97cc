"""The floor as gestures find it: whole groups of tables under lock, lowest id first, with the parties at them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import insert, select

from kiosk.checks import queries as checks
from kiosk.core.db import AS_IT_IS_NOW, Read, Tx
from kiosk.core.ids import new_id
from kiosk.floor import rules
from kiosk.floor.errors import TableGone
from kiosk.floor.events import CheckMoved, TableChanged
from kiosk.floor.models import DiningTable, Seating


@dataclass
class Standing:
    """Tables kept from others until the commit. A party is a seating whose check is still open."""

    tables: dict[int, DiningTable] = field(default_factory=dict)
    seatings: dict[int, Seating] = field(default_factory=dict)
    unpaid: set[int] = field(default_factory=set)

    def table(self, table_id: int) -> DiningTable:
        if table_id not in self.tables:
            raise TableGone
        return self.tables[table_id]

    def head_of(self, table_id: int) -> DiningTable:
        """The table this one is joined to, or itself."""
        table = self.table(table_id)
        return self.tables.get(table.joined_to_id or 0, table)

    def group_of(self, table_id: int) -> list[DiningTable]:
        """The head first, then whatever is joined to it."""
        head = self.head_of(table_id)
        return [head, *(table for table in self.tables.values() if table.joined_to_id == head.id)]

    def party_at(self, table_id: int) -> Seating | None:
        """The guests at a table, or at the one it is joined to."""
        seating = self.seatings.get(self.head_of(table_id).id)
        return seating if seating and seating.check_id in self.unpaid else None

    def is_to_clear(self, table_id: int) -> bool:
        """Whether the guests have paid and nobody cleared the table since."""
        return self.head_of(table_id).id in self.seatings and self.party_at(table_id) is None


async def lock(tx: Tx, *table_ids: int) -> Standing:
    """These tables with all that are joined to them. Raises TableGone for one that is not on the floor."""
    standing = await lock_known(tx, table_ids)
    for table_id in table_ids:
        standing.table(table_id)
    return standing


async def lock_known(tx: Tx, table_ids: Iterable[int]) -> Standing:
    """Those of these tables that are on the floor, with all that are joined to them."""
    found: dict[int, DiningTable | None] = {}
    while missing := await _groups(tx, table_ids) - found.keys():
        rows = await _lock_rows(tx, missing)
        found |= {table_id: rows.get(table_id) for table_id in missing}
    standing = Standing({table_id: table for table_id, table in sorted(found.items()) if table})
    await _find_parties(tx, standing)
    await _part_who_left(tx, standing)
    return standing


async def lock_with_checks(tx: Tx, check_ids: Sequence[int], *table_ids: int) -> tuple[Standing, dict[int, Seating]]:
    """These tables, those where these checks are or were, and the checks; with the checks' seatings by check.

    Raises CheckGone or TableGone.
    """
    while True:
        before = await _tables_of(tx, check_ids)
        standing = await lock_known(tx, [*table_ids, *before.values()])
        await checks.lock_all(tx, check_ids, open_only=False)
        seatings = await seatings_of(tx, check_ids)
        if before == {check_id: seating.table_id for check_id, seating in seatings.items()}:
            break
    for table_id in table_ids:
        standing.table(table_id)
    return standing, seatings


async def seatings_of(tx: Tx, check_ids: Collection[int]) -> dict[int, Seating]:
    """Where these checks are, or were until they left."""
    found = select(Seating).where(Seating.check_id.in_(check_ids)).execution_options(**AS_IT_IS_NOW)
    return {seating.check_id: seating for seating in await tx.session.scalars(found)}


async def vacate(tx: Tx, standing: Standing, table_id: int) -> None:
    """Nobody is at this table any more, nor at those joined to it: their seatings end and the tables part."""
    for table in standing.group_of(table_id):
        table.joined_to_id = None
        end(tx, standing, table)
    await tx.session.flush()


def end(tx: Tx, standing: Standing, table: DiningTable) -> None:
    """The seating at this one table is over."""
    tx.announce(TableChanged(table.id))
    seating = standing.seatings.pop(table.id, None)
    if seating:
        seating.ended_at, seating.held_table_id = tx.at, None
        tx.announce(CheckMoved(seating.check_id))


async def sit(tx: Tx, standing: Standing, table: DiningTable, check_id: int, seating: Seating | None = None) -> None:
    """The party of this check is at this table from now on; `seating` is where it was before."""
    if seating is None:
        here = {"id": new_id(), "table_id": table.id, "held_table_id": table.id, "check_id": check_id}
        await tx.change(insert(Seating).values(**here, seated_at=tx.at))
    else:
        seating.table_id = seating.held_table_id = table.id
        seating.ended_at = None
        await tx.session.flush()
    tell(tx, standing.group_of(table.id))
    tx.announce(CheckMoved(check_id))


def tell(tx: Tx, tables: Iterable[DiningTable]) -> None:
    """Show these tables anew on every screen."""
    for table in tables:
        tx.announce(TableChanged(table.id))


async def _groups(read: Read, table_ids: Iterable[int]) -> set[int]:
    joined = select(DiningTable.id, DiningTable.joined_to_id).where(DiningTable.joined_to_id.is_not(None))
    rows = (await read.session.execute(joined)).all()
    return rules.groups_of(table_ids, {row.id: row.joined_to_id for row in rows if row.joined_to_id})


async def _lock_rows(tx: Tx, table_ids: Iterable[int]) -> dict[int, DiningTable]:
    found = select(DiningTable).where(DiningTable.id.in_(list(table_ids)), DiningTable.active)
    locked = found.order_by(DiningTable.id).with_for_update().execution_options(**AS_IT_IS_NOW)
    return {table.id: table for table in await tx.session.scalars(locked)}


async def _find_parties(tx: Tx, standing: Standing) -> None:
    found = select(Seating).where(Seating.held_table_id.in_(list(standing.tables)))
    for seating in await tx.session.scalars(found.execution_options(**AS_IT_IS_NOW)):
        standing.seatings[seating.table_id] = seating
        if await checks.is_open(tx, seating.check_id):
            standing.unpaid.add(seating.check_id)


async def _part_who_left(tx: Tx, standing: Standing) -> None:
    """Where nobody clears tables, a party that has paid is gone: what follows from that is written down now."""
    if (await tx.venue()).clear_tables:
        return
    for table_id in list(standing.tables):
        if standing.is_to_clear(table_id):
            await vacate(tx, standing, table_id)


async def _tables_of(tx: Tx, check_ids: Collection[int]) -> dict[int, int]:
    found = select(Seating.check_id, Seating.table_id).where(Seating.check_id.in_(check_ids))
    return {row.check_id: row.table_id for row in await tx.session.execute(found)}
