"""Parties and their checks on the floor: seated, moved to another table or the counter, merged, split, gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.checks import queries as check_queries
from kiosk.checks import service as checks
from kiosk.checks.errors import LineGone
from kiosk.core.actor import Actor, Permission, Role
from kiosk.core.db import Tx
from kiosk.core.journal import Act
from kiosk.floor import bookings, rules, standing
from kiosk.floor.errors import AlreadyJoined, AlreadyThere, NotAtTable, TableNotPaid, TableTaken
from kiosk.floor.models import DiningTable, ReservationState, Seating, Section
from kiosk.floor.standing import Standing
from kiosk.staff import service as staff

OTHER_TABLE = "Choose another table."
MERGE_INSTEAD = "Merge the checks, or choose a free table."
LEFT_MEANWHILE = "Move them first, then bring the check back."


async def seat(tx: Tx, table_id: int, covers: int, booking_id: int | None = None, *, by: Actor) -> int:
    """A party sits down. However many tablets seat it together, there is one check; returns its id.

    A joined table seats its head; a table kept back is not any more. With a booking its guests are seated.
    """
    await staff.must(tx, by, Permission.SEAT)
    floor = await standing.lock(tx, table_id)
    party = floor.party_at(table_id)
    booking = None
    if booking_id is not None:
        booking = await bookings.lock_to_seat(tx, booking_id, party.check_id if party else None)
        if party and booking.check_id != party.check_id:
            raise TableTaken(floor.head_of(table_id).label, OTHER_TABLE)
    if party:
        return party.check_id
    if floor.is_to_clear(table_id):
        await standing.vacate(tx, floor, table_id)
    head = floor.head_of(table_id)
    check_id = await _open(tx, floor, head, covers, by=by)
    if booking:
        bookings.mark_seated(tx, booking, head.id, check_id)
    return check_id


async def _open(tx: Tx, floor: Standing, head: DiningTable, covers: int, *, by: Actor) -> int:
    check_id = await checks.open_check(tx, head.label, covers, by=by)
    await standing.sit(tx, floor, head, check_id)
    await _use_holds(tx, floor, head, check_id)
    section = await tx.session.get(Section, head.section_id)
    if by.role is not Role.WAITER and section and section.waiter_id and section.waiter_id != by.person_id:
        await checks.set_waiter(tx, check_id, section.waiter_id, section.waiter or "")
    return check_id


async def _use_holds(tx: Tx, floor: Standing, head: DiningTable, check_id: int) -> None:
    ids = [table.id for table in floor.group_of(head.id)]
    await bookings.end_holds(tx, ids, ReservationState.SEATED, check_id=check_id)


async def seat_booking(tx: Tx, booking_id: int, table_id: int, *, by: Actor) -> int:
    """The guests of a booking, or a party that waited, sit down at this table. Returns their check's id."""
    await staff.must(tx, by, Permission.SEAT)
    covers = await bookings.covers_of(tx, booking_id)
    return await seat(tx, table_id, covers, booking_id, by=by)


async def clear_table(tx: Tx, table_id: int, *, by: Actor) -> None:
    """The paid party has left and the table is clean again. Clearing a free table changes nothing."""
    await staff.must(tx, by, Permission.SEAT)
    floor = await standing.lock(tx, table_id)
    if floor.party_at(table_id):
        raise TableNotPaid(floor.head_of(table_id).label)
    if floor.is_to_clear(table_id):
        await standing.vacate(tx, floor, table_id)


async def transfer(tx: Tx, check_id: int, table_id: int, *, by: Actor) -> None:
    """The party of a check moves to another, free table; what was joined for it parts."""
    await staff.must(tx, by, Permission.SEAT)
    floor, seatings = await standing.lock_with_checks(tx, [check_id], table_id)
    seating, target = seatings.get(check_id), floor.head_of(table_id)
    party = floor.party_at(target.id)
    if party and party.check_id == check_id:
        raise AlreadyThere(target.label)
    if party:
        raise TableTaken(target.label, MERGE_INSTEAD)
    if floor.is_to_clear(target.id):
        await standing.vacate(tx, floor, target.id)
        target = floor.table(table_id)
    origin = await _leave(tx, floor, seating)
    await checks.set_label(tx, check_id, target.label, by=by)
    await checks.set_dining(tx, check_id, checks.Dining.EAT_IN)
    await standing.sit(tx, floor, target, check_id, seating)
    await _use_holds(tx, floor, target, check_id)
    tx.record(Act("check_transferred", "check", check_id, by, {"from": origin, "to": target.label}))


async def to_counter(tx: Tx, check_id: int, label: str, *, by: Actor) -> None:
    """The party leaves its table, for the bar or to take away; its check goes on under a name."""
    await staff.must(tx, by, Permission.SEAT)
    label = _counter_label(label)
    floor, seatings = await standing.lock_with_checks(tx, [check_id])
    seating = seatings.get(check_id)
    if seating is None or seating.held_table_id is None:
        raise NotAtTable
    origin = await _leave(tx, floor, seating)
    await checks.set_label(tx, check_id, label, by=by)
    tx.record(Act("check_to_counter", "check", check_id, by, {"from": origin, "to": label}))


def _counter_label(label: str) -> str:
    return rules.allowed_text(label, "The name on the check", rules.COUNTER_LABEL_LENGTH, needed=True)


async def _leave(tx: Tx, floor: Standing, seating: Seating | None) -> str | None:
    """The party gets up; returns the table it sat at, if any."""
    if seating is None or seating.held_table_id is None:
        return None
    table = floor.table(seating.held_table_id)
    await standing.vacate(tx, floor, table.id)
    return table.label


async def merge(tx: Tx, check_id: int, into_check_id: int, *, by: Actor) -> None:
    """One bill for two parties: everything of a check goes onto another, and its table is free."""
    await staff.must(tx, by, Permission.SEAT)
    floor, seatings = await standing.lock_with_checks(tx, [check_id, into_check_id])
    await checks.merge(tx, check_id, into_check_id, by=by)
    await _leave(tx, floor, seatings.get(check_id))


async def unmerge(tx: Tx, check_id: int, *, by: Actor) -> None:
    """A merged check is its own again, at the table it had, if any; refused when others sit there by now."""
    await staff.must(tx, by, Permission.SEAT)
    into_id = await check_queries.merged_into_id(tx, check_id)
    floor, seatings = await standing.lock_with_checks(tx, [check_id, into_id or check_id])
    seating, closed_at = seatings.get(check_id), await check_queries.closed_at(tx, [check_id])
    await checks.unmerge(tx, check_id, by=by)
    if seating and seating.table_id in floor.tables and _sat_until(seating, closed_at[check_id]):
        await _sit_again(tx, floor, seating, by)


def _sat_until(seating: Seating, at: datetime) -> bool:
    """Whether the party had not left its table before an instant, for the counter."""
    return seating.ended_at is None or seating.ended_at >= at


async def _sit_again(tx: Tx, floor: Standing, seating: Seating, by: Actor) -> None:
    table = floor.table(seating.table_id)
    await checks.set_label(tx, seating.check_id, table.label, by=by)
    if seating.held_table_id is not None:
        standing.tell(tx, floor.group_of(table.id))
        table.joined_to_id = None
        return
    if floor.party_at(table.id):
        raise TableTaken(floor.head_of(table.id).label, LEFT_MEANWHILE)
    if floor.head_of(table.id) is not table:
        raise AlreadyJoined(table.label, floor.head_of(table.id).label)
    if floor.is_to_clear(table.id):
        await standing.vacate(tx, floor, table.id)
    await standing.sit(tx, floor, table, seating.check_id, seating)


@dataclass(frozen=True)
class Goal:
    """Where lines go: onto a check, onto that of a table, or onto a new one of this name without a table."""

    check_id: int | None = None
    table_id: int | None = None
    label: str | None = None


async def move_lines(tx: Tx, line_ids: Sequence[int], to: Goal, *, by: Actor) -> int:
    """Lines go onto another check; a table without guests is seated with one. Returns the check's id."""
    await staff.must(tx, by, Permission.RING)
    check_id = to.check_id
    if to.table_id is not None:
        party = (await standing.lock(tx, to.table_id)).party_at(to.table_id)
        check_id = party.check_id if party else None
    if check_id is None:
        check_id = await _open_for_lines(tx, line_ids, to, by=by)
    await checks.move_lines(tx, line_ids, check_id, by=by)
    return check_id


async def _open_for_lines(tx: Tx, line_ids: Sequence[int], to: Goal, *, by: Actor) -> int:
    """A new check; those the lines come from are locked before its number is drawn, as everywhere."""
    sources = await check_queries.lock_all(tx, await check_queries.checks_of_lines(tx, line_ids))
    if not sources:
        raise LineGone
    if to.table_id is not None:
        return await seat(tx, to.table_id, 1, by=by)
    dining = next(iter(sources.values())).dining
    return await checks.open_check(tx, _counter_label(to.label or ""), 1, dining=dining, by=by)
