"""The gestures on the floor: lay it out, seat a party, clear the table."""

from __future__ import annotations

from sqlalchemy import func, insert, select

from kiosk.checks import queries as check_queries
from kiosk.checks import service as checks
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.floor import queries
from kiosk.floor.errors import LabelTaken, TableNotPaid
from kiosk.floor.events import TableChanged
from kiosk.floor.models import DiningTable, Seating, Section
from kiosk.staff import service as staff


async def add_section(tx: Tx, name: str, *, by: Actor) -> int:
    """A new section at the end of the row."""
    await staff.must(tx, by, Permission.MANAGE_FLOOR)
    position = (await tx.session.scalars(select(func.count()).select_from(Section))).one()
    section_id = new_id()
    await tx.change(insert(Section).values(id=section_id, venue_id=by.venue_id, name=name, position=position))
    tx.record(Act("section_added", "section", section_id, by, {"name": name}))
    return section_id


async def add_table(tx: Tx, section_id: int, label: str, seats: int, *, by: Actor) -> int:
    """A new table at the end of its section."""
    await staff.must(tx, by, Permission.MANAGE_FLOOR)
    if (await tx.session.scalars(select(DiningTable.id).where(DiningTable.label == label))).first():
        raise LabelTaken(label)
    position = (await tx.session.scalars(select(func.count()).select_from(DiningTable))).one()
    table_id = new_id()
    row = {"id": table_id, "venue_id": by.venue_id, "section_id": section_id, "label": label}
    await tx.change(insert(DiningTable).values(**row, seats=seats, position=position))
    tx.record(Act("table_added", "table", table_id, by, {"label": label, "seats": seats}))
    tx.announce(TableChanged(table_id))
    return table_id


async def seat(tx: Tx, table_id: int, covers: int, *, by: Actor) -> int:
    """A party sits down. However many tablets seat it together, there is one check; returns its id."""
    await staff.must(tx, by, Permission.SEAT)
    table = await queries.lock_table(tx, table_id)
    held = await queries.seating_of(tx, table_id)
    if held and await check_queries.is_open(tx, held.check_id):
        return held.check_id
    if held:
        await _end(tx, held)
    check_id = await checks.open_check(tx, table.label, covers, by=by)
    seating = {"id": new_id(), "table_id": table_id, "held_table_id": table_id, "check_id": check_id}
    await tx.change(insert(Seating).values(**seating, seated_at=tx.at))
    tx.announce(TableChanged(table_id))
    return check_id


async def clear_table(tx: Tx, table_id: int, *, by: Actor) -> None:
    """The paid party has left and the table is clean again. Clearing a free table changes nothing."""
    await staff.must(tx, by, Permission.SEAT)
    table = await queries.lock_table(tx, table_id)
    held = await queries.seating_of(tx, table_id)
    if held is None:
        return
    if await check_queries.is_open(tx, held.check_id):
        raise TableNotPaid(table.label)
    await _end(tx, held)
    tx.announce(TableChanged(table_id))


async def _end(tx: Tx, seating: Seating) -> None:
    seating.ended_at, seating.held_table_id = tx.at, None
    await tx.session.flush()
