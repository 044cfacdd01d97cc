"""How the floor is laid out: sections, tables and where they stand. Managers only; every change is journaled."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from kiosk.checks import service as checks
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import AS_IT_IS_NOW, Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.floor import bookings, rules, standing
from kiosk.floor.errors import (
    AlreadyJoined,
    LabelTaken,
    LastSection,
    SectionGone,
    SectionInUse,
    SectionNameTaken,
    SectionsMissing,
    TableStillBooked,
    TableTaken,
    TableToClear,
)
from kiosk.floor.events import LayoutChanged
from kiosk.floor.models import DiningTable, Section
from kiosk.floor.rules import Place
from kiosk.floor.standing import Standing
from kiosk.staff import service as staff

FIGURES = string.digits + string.ascii_lowercase
PLACE = [field.name for field in fields(Place)]
WHEN_THEY_LEFT = "Remove it when they have left."


async def add_section(tx: Tx, name: str, *, by: Actor) -> int:
    """A new section at the end of the row."""
    await staff.must(tx, by, Permission.MANAGE_FLOOR)
    name = await _free_name(tx, name)
    position = (await tx.session.scalars(select(func.coalesce(func.max(Section.position) + 1, 0)))).one()
    section_id = new_id()
    await tx.change(insert(Section).values(id=section_id, venue_id=by.venue_id, name=name, position=position))
    _changed(tx, Act("section_added", "section", section_id, by, {"name": name}))
    return section_id


async def rename_section(tx: Tx, section_id: int, name: str, *, by: Actor) -> None:
    """Another name for a part of the floor."""
    await staff.must(tx, by, Permission.MANAGE_FLOOR)
    section = await _section(tx, section_id)
    was, section.name = section.name, await _free_name(tx, name, but=section_id)
    await tx.session.flush()
    _changed(tx, Act("section_renamed", "section", section_id, by, {"from": was, "to": section.name}))


async def remove_section(tx: Tx, section_id: int, *, by: Actor) -> None:
    """Take an empty section off the floor; the last one stays."""
    await staff.must(tx, by, Permission.MANAGE_FLOOR)
    section = await _section(tx, section_id)
    rest = (await tx.session.scalars(select(Section.id).where(Section.id != section_id).order_by(Section.id))).first()
    if rest is None:
        raise LastSection(section.name)
    mine = DiningTable.section_id == section_id
    if (await tx.session.scalars(select(DiningTable.id).where(mine, DiningTable.active))).first():
        raise SectionInUse(section.name)
    await tx.change(update(DiningTable).where(mine).values(section_id=rest))
    await tx.change(delete(Section).where(Section.id == section_id))
    _changed(tx, Act("section_removed", "section", section_id, by, {"name": section.name}))


async def order_sections(tx: Tx, section_ids: Sequence[int], *, by: Actor) -> None:
    """The sections in this order from now on; every one must be named once."""
    await staff.must(tx, by, Permission.MANAGE_FLOOR)
    found = select(Section).order_by(Section.id).with_for_update().execution_options(**AS_IT_IS_NOW)
    sections = {section.id: section for section in await tx.session.scalars(found)}
    if sorted(section_ids) != sorted(sections):
        raise SectionsMissing
    for position, section_id in enumerate(section_ids):
        sections[section_id].position = position
    names = [sections[section_id].name for section_id in section_ids]
    _changed(tx, Act("sections_ordered", "section", section_ids[0], by, {"names": names}))


async def add_table(tx: Tx, section_id: int, label: str, seats: int, *, place: Place | None = None, by: Actor) -> int:
    """A new table at the end of its section, at a place of the plan or where there is room."""
    await staff.must(tx, by, Permission.MANAGE_FLOOR)
    section = await _section(tx, section_id)
    label, seats = await _free_label(tx, label), rules.allowed_seats(seats)
    stands = rules.allowed_place(place, label) if place else await _room_for(tx, section_id, seats)
    position = (await tx.session.scalars(select(func.coalesce(func.max(DiningTable.position) + 1, 0)))).one()
    table_id = new_id()
    row = {"id": table_id, "venue_id": by.venue_id, "section_id": section_id, "label": label, "seats": seats}
    await tx.change(insert(DiningTable).values(**row, position=position, **_columns(stands)))
    told = {"label": label, "seats": seats, "section": section.name}
    _changed(tx, Act("table_added", "table", table_id, by, told))
    return table_id


async def change_table(
    tx: Tx,
    table_id: int,
    *,
    label: str | None = None,
    seats: int | None = None,
    section_id: int | None = None,
    by: Actor,
) -> None:
    """Another number, other seats or another section; what is None stays. A party's check goes by the new number."""
    await staff.must(tx, by, Permission.MANAGE_FLOOR)
    section = None if section_id is None else await _section(tx, section_id)
    floor = await standing.lock(tx, table_id)
    table = floor.table(table_id)
    was = _told(table)
    if label is not None:
        await _rename(tx, floor, table, await _free_label(tx, label, but=table_id), by)
    if seats is not None:
        table.seats = rules.allowed_seats(seats)
    if section and section.id != table.section_id:
        stands = await _room_for(tx, section.id, table.seats)
        table.section_id = section.id
        for name, value in _columns(stands).items():
            setattr(table, name, value)
    await tx.session.flush()
    _changed(tx, Act("table_changed", "table", table_id, by, {"from": was, "to": _told(table)}))


async def _rename(tx: Tx, floor: Standing, table: DiningTable, label: str, by: Actor) -> None:
    table.label = label
    party = floor.party_at(table.id)
    if party and floor.head_of(table.id) is table:
        await checks.set_label(tx, party.check_id, label, by=by)


async def remove_table(tx: Tx, table_id: int, *, by: Actor) -> None:
    """Take a table off the floor, and its number with it: refused while it has guests, is joined or is booked."""
    await staff.must(tx, by, Permission.MANAGE_FLOOR)
    floor = await standing.lock(tx, table_id)
    table = floor.table(table_id)
    await _refuse_in_use(tx, floor, table)
    _changed(tx, Act("table_removed", "table", table_id, by, _told(table)))
    table.active, table.label = False, f"~{_short(table.id)}"


async def _refuse_in_use(tx: Tx, floor: Standing, table: DiningTable) -> None:
    head, *joined = floor.group_of(table.id)
    if joined:
        raise AlreadyJoined(table.label, joined[0].label if head is table else head.label)
    if floor.party_at(table.id):
        raise TableTaken(table.label, WHEN_THEY_LEFT)
    if floor.is_to_clear(table.id):
        raise TableToClear(table.label)
    booking = await bookings.first_booking_of(tx, table.id)
    if booking:
        raise TableStillBooked(table.label, booking.name)


async def place_tables(tx: Tx, places: dict[int, Place | None], *, by: Actor) -> None:
    """Put tables where they stand, or beside the plan (None); all of them or none."""
    await staff.must(tx, by, Permission.MANAGE_FLOOR)
    floor = await standing.lock(tx, *places)
    for table_id, place in places.items():
        table = floor.table(table_id)
        stands = rules.allowed_place(place, table.label) if place else None
        for name, value in _columns(stands).items():
            setattr(table, name, value)
    if places:
        labels = [floor.table(table_id).label for table_id in places]
        _changed(tx, Act("tables_placed", "table", min(places), by, {"tables": labels}))


def _changed(tx: Tx, act: Act) -> None:
    tx.record(act)
    tx.announce(LayoutChanged())


def _columns(place: Place | None) -> dict[str, Any]:
    return asdict(place) if place else dict.fromkeys(PLACE)


def _told(table: DiningTable) -> dict[str, Any]:
    return {"label": table.label, "seats": table.seats, "section": table.section_id}


async def _section(tx: Tx, section_id: int) -> Section:
    found = select(Section).where(Section.id == section_id).with_for_update()
    section = (await tx.session.scalars(found.execution_options(**AS_IT_IS_NOW))).one_or_none()
    if section is None:
        raise SectionGone
    return section


async def _free_name(tx: Tx, name: str, *, but: int = 0) -> str:
    name = rules.allowed_text(name, "The section's name", rules.SECTION_LENGTH, needed=True)
    taken = select(Section.id).where(Section.name == name, Section.id != but)
    if (await tx.session.scalars(taken)).first():
        raise SectionNameTaken(name)
    return name


async def _free_label(tx: Tx, label: str, *, but: int = 0) -> str:
    label = rules.allowed_text(label, "The table's number", rules.LABEL_LENGTH, needed=True)
    taken = select(DiningTable.id).where(DiningTable.label == label, DiningTable.id != but)
    if (await tx.session.scalars(taken)).first():
        raise LabelTaken(label)
    return label


async def _room_for(tx: Tx, section_id: int, seats: int) -> Place:
    """Where a table may stand without standing on another."""
    there = (DiningTable.section_id == section_id, DiningTable.active)
    tables = (await tx.session.scalars(select(DiningTable).where(*there))).all()
    return rules.free_place(seats, [table.place for table in tables if table.place])


def _short(number: int) -> str:
    """A number in few letters."""
    letters = ""
    while number:
        number, figure = divmod(number, len(FIGURES))
        letters = FIGURES[figure] + letters
    return letters
