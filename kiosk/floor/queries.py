"""What the floor screen asks for: tables with their states, checks at the counter, bookings, sections. All derived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from kiosk.checks import queries as checks
from kiosk.checks.rules import Step
from kiosk.core import clock
from kiosk.core.actor import ROLE_PERMISSIONS, Permission
from kiosk.core.db import Read
from kiosk.core.house_rules import rules_of
from kiosk.floor import rules
from kiosk.floor.models import DiningTable, Reservation, ReservationKind, ReservationState, Seating, Section
from kiosk.printing import papers
from kiosk.printing.queries import Troubled
from kiosk.staff import queries as staff
from kiosk.staff.rules import initials

NOT_PLACED = dict.fromkeys(("x", "y", "width", "height", "shape"))


@dataclass(frozen=True)
class Evening:
    """What the tables are looked at with: the hour, the house's rules, who sits and who is expected."""

    at: datetime
    keeps_paid: bool
    reserved_before_s: int
    groups: Mapping[int, Sequence[DiningTable]]
    seatings: Mapping[int, Seating]
    summaries: Mapping[int, checks.Summary]
    papers: Mapping[int, Sequence[Troubled]]
    expected: Mapping[int, Sequence[Reservation]]

    def party(self, head: DiningTable) -> tuple[Seating, checks.Summary] | None:
        """Who sits at a table, or has paid and left it to be cleared."""
        seating = self.seatings.get(head.id)
        if seating is None:
            return None
        summary = self.summaries[seating.check_id]
        is_gone = summary.step is Step.PAID and not self.keeps_paid
        return None if is_gone else (seating, summary)

    def group(self, table: DiningTable) -> Sequence[DiningTable]:
        """The table with those it is joined to, the head first; joins end with the party that has paid and left."""
        group = self.groups.get(table.joined_to_id or table.id, [table])
        head = group[0]
        is_over = head.id in self.seatings and self.party(head) is None
        return [table] if is_over or table not in group else group

    def next_booking(self, tables: Iterable[DiningTable]) -> Reservation | None:
        """The guests expected next once they show, else what keeps the tables back, else guests expected later."""
        waiting = [one for table in tables for one in self.expected.get(table.id, ())]
        booked = [one for one in waiting if one.kind is ReservationKind.BOOKED]
        held = [one for one in waiting if one.kind is ReservationKind.HELD]
        due = [one for one in booked if rules.is_booked(one.due_at, self.at, self.reserved_before_s)]
        return min(due or held or booked, key=lambda one: (one.due_at, one.id), default=None)


async def show_floor(read: Read) -> dict[str, Any]:
    """Every section and table with its state, the checks at the counter, who is expected and who waits tables."""
    venue = await read.venue()
    return {
        "sections": await show_sections(read),
        "limits": rules_of(venue).step_limits,
        "reserved_before_s": venue.reserved_before_s,
        "people": await show_waiters(read),
        "plan": {"width": rules.PLAN_WIDTH, "height": rules.PLAN_HEIGHT},
        "tables": await show_tables(read),
        "counter": list((await show_counter(read)).values()),
        "bookings": list((await show_bookings(read)).values()),
    }


async def show_sections(read: Read) -> list[dict[str, Any]]:
    """The sections in their order, with who has them."""
    sections = (await read.session.scalars(select(Section).order_by(Section.position, Section.id))).all()
    return [
        {
            "id": section.id,
            "name": section.name,
            "waiter_id": section.waiter_id,
            "waiter": section.waiter,
            "initials": initials(section.waiter) if section.waiter else None,
        }
        for section in sections
    ]


async def show_waiters(read: Read) -> list[dict[str, Any]]:
    """Everybody who may wait tables."""
    people = await staff.show_people(read)
    return [
        {"id": one.id, "name": one.name, "initials": one.initials}
        for one in people
        if Permission.SEAT in ROLE_PERMISSIONS[one.role]
    ]


async def show_tables(read: Read, table_ids: Collection[int] | None = None) -> list[dict[str, Any]]:
    """The named tables with those joined to them, or all, as their tiles show them now."""
    found = select(DiningTable).where(DiningTable.active).order_by(DiningTable.position, DiningTable.id)
    if table_ids is not None:
        found = found.where(DiningTable.id.in_(await _with_joined(read, table_ids)))
    tables = list((await read.session.scalars(found)).all())
    evening = await _evening(read, tables)
    return [_tile(table, evening) for table in tables]


async def show_counter(read: Read, check_ids: Collection[int] | None = None) -> dict[int, dict[str, Any]]:
    """The open checks that have no table, or those of the named ones, as cards by their ids."""
    if check_ids is not None and not check_ids:
        return {}
    open_ids = await checks.show_open_ids(read)
    wanted = open_ids if check_ids is None else [one for one in open_ids if one in check_ids]
    seated = await tables_held_by(read, wanted)
    unseated = [one for one in wanted if one not in seated]
    summaries, troubled = await checks.show_summaries(read, unseated), await papers.of_checks(read, unseated)
    return {check_id: _card(summary, troubled[check_id]) for check_id, summary in sorted(summaries.items())}


async def show_bookings(read: Read, booking_ids: Collection[int] | None = None) -> dict[int, dict[str, Any]]:
    """Who waits for a table this business day and the coming one, and tables kept back, first expected first."""
    venue = await read.venue()
    since, until = rules.booking_days(clock.now(), timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)
    wanted = [] if booking_ids is None else [Reservation.id.in_(booking_ids)]
    return await _bookings(read, since, until, *wanted)


async def show_bookings_of(read: Read, day: str) -> list[dict[str, Any]]:
    """Who is expected on a business day, named as 2026-12-31."""
    venue = await read.venue()
    since, until = rules.day_bounds(day, timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)
    return list((await _bookings(read, since, until)).values())


async def tables_held_by(read: Read, check_ids: Collection[int]) -> dict[int, int]:
    """The table that the party of each of these checks holds, where it holds one."""
    if not check_ids:
        return {}
    held = (Seating.check_id.in_(check_ids), Seating.held_table_id.is_not(None))
    found = select(Seating.check_id, Seating.table_id).where(*held)
    return {row.check_id: row.table_id for row in await read.session.execute(found)}


async def tables_booked_by(read: Read, booking_ids: Collection[int]) -> set[int]:
    """The tables of these bookings and holds."""
    if not booking_ids:
        return set()
    found = select(Reservation.table_id).where(Reservation.id.in_(booking_ids), Reservation.table_id.is_not(None))
    return {table_id for table_id in await read.session.scalars(found) if table_id is not None}


async def checks_in_section(read: Read, section_id: int) -> list[int]:
    """The checks of everybody who sits in a section."""
    found = select(Seating.check_id).join(DiningTable, DiningTable.id == Seating.held_table_id)
    return list(await read.session.scalars(found.where(DiningTable.section_id == section_id)))


async def _with_joined(read: Read, table_ids: Collection[int]) -> set[int]:
    joined = select(DiningTable.id, DiningTable.joined_to_id).where(DiningTable.joined_to_id.is_not(None))
    rows = (await read.session.execute(joined)).all()
    return rules.groups_of(table_ids, {row.id: row.joined_to_id for row in rows if row.joined_to_id})


async def _evening(read: Read, tables: Sequence[DiningTable]) -> Evening:
    venue = await read.venue()
    seatings = await _seatings_at(read, [table.id for table in tables])
    check_ids = [seating.check_id for seating in seatings.values()]
    return Evening(
        at=clock.now(),
        keeps_paid=venue.clear_tables,
        reserved_before_s=venue.reserved_before_s,
        groups=_groups(tables),
        seatings=seatings,
        summaries=await checks.show_summaries(read, check_ids),
        papers=await papers.of_checks(read, check_ids),
        expected=await _expected_at(read, [table.id for table in tables]),
    )


def _groups(tables: Sequence[DiningTable]) -> dict[int, list[DiningTable]]:
    groups = {table.id: [table] for table in tables if table.joined_to_id is None}
    for table in tables:
        if table.joined_to_id in groups:
            groups[table.joined_to_id].append(table)
    return groups


async def _seatings_at(read: Read, table_ids: list[int]) -> dict[int, Seating]:
    if not table_ids:
        return {}
    found = await read.session.scalars(select(Seating).where(Seating.held_table_id.in_(table_ids)))
    return {seating.table_id: seating for seating in found}


async def _expected_at(read: Read, table_ids: list[int]) -> dict[int, list[Reservation]]:
    venue = await read.venue()
    since, until = rules.booking_days(clock.now(), timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)
    expected: dict[int, list[Reservation]] = defaultdict(list)
    for one in await _waiting(read, since, until, Reservation.table_id.in_(table_ids)):
        expected[one.table_id or 0].append(one)
    return expected


async def _waiting(read: Read, since: datetime, until: datetime, *which: ColumnElement[bool]) -> Sequence[Reservation]:
    at = clock.now()
    mine = (
        Reservation.venue_id == (await read.venue()).id,
        Reservation.state == ReservationState.WAITING,
        Reservation.due_at >= min(since, at - rules.LONGEST_HOLD),
        Reservation.due_at < until,
    )
    found = select(Reservation).where(*mine, *which).order_by(Reservation.due_at, Reservation.id)
    return [one for one in await read.session.scalars(found) if _is_expected(one, since, at)]


def _is_expected(one: Reservation, since: datetime, at: datetime) -> bool:
    """Whether it still counts: guests until their day is over, a hold until it ends."""
    if one.until_at is None:
        return one.due_at >= since
    return one.until_at > max(at, since)


async def _bookings(
    read: Read, since: datetime, until: datetime, *which: ColumnElement[bool]
) -> dict[int, dict[str, Any]]:
    at = clock.now()
    return {one.id: _booking(one, at) for one in await _waiting(read, since, until, *which)}


def _tile(table: DiningTable, evening: Evening) -> dict[str, Any]:
    group = evening.group(table)
    head = group[0]
    booking = evening.next_booking(group)
    return {
        "id": table.id,
        "label": table.label,
        "section_id": table.section_id,
        "seats": table.seats,
        **(asdict(table.place) if table.place else NOT_PLACED),
        "joined_to": None if head is table else head.label,
        "joined": [one.label for one in group[1:]] if head is table else [],
        "booking": _on_tile(booking, evening.at) if booking else None,
        **_state(head, booking, evening),
    }


def _state(head: DiningTable, booking: Reservation | None, evening: Evening) -> dict[str, Any]:
    party = evening.party(head)
    if party:
        seating, summary = party
        return _party(summary, evening.papers[seating.check_id]) | {"seated_at": seating.seated_at.isoformat()}
    if booking is None:
        return {"state": "available"}
    if booking.kind is ReservationKind.HELD:
        return {"state": "held"}
    is_booked = rules.is_booked(booking.due_at, evening.at, evening.reserved_before_s)
    return {"state": "reserved" if is_booked else "available"}


def _party(summary: checks.Summary, troubled: Sequence[Troubled]) -> dict[str, Any]:
    upcoming = summary.next_course
    return {
        "state": summary.step,
        "since": summary.since.isoformat(),
        "covers": summary.covers,
        "waiter": summary.waiter,
        "waiter_id": summary.waiter_id,
        "initials": initials(summary.waiter),
        "total": summary.total,
        "paid": summary.paid,
        "open": summary.open,
        "check_id": summary.check_id,
        "check_number": summary.number,
        "ready": summary.ready,
        "draft": summary.draft,
        "held": summary.held,
        "next_course": _next_course(upcoming) if upcoming else None,
        "warned": summary.warned,
        "course_gap": summary.course_gap,
        "paper": papers.worst(troubled),
    }


def _next_course(upcoming: checks.NextCourse) -> dict[str, Any]:
    return {
        "no": upcoming.no,
        "name": upcoming.name,
        "lines": upcoming.lines,
        "dishes": upcoming.dishes,
        "fire_at": upcoming.fire_at.isoformat() if upcoming.fire_at else None,
        "since": upcoming.since.isoformat(),
    }


def _card(summary: checks.Summary, troubled: Sequence[Troubled]) -> dict[str, Any]:
    return _party(summary, troubled) | {
        "label": summary.label,
        "dining": summary.dining,
        "pickup_at": summary.pickup_at.isoformat() if summary.pickup_at else None,
    }


def _is_late(one: Reservation, at: datetime) -> bool:
    return one.kind is ReservationKind.BOOKED and at > one.due_at


def _on_tile(one: Reservation, at: datetime) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "covers": one.covers,
        "due_at": one.due_at.isoformat(),
        "until_at": one.until_at.isoformat() if one.until_at else None,
        "is_late": _is_late(one, at),
    }


def _booking(one: Reservation, at: datetime) -> dict[str, Any]:
    return _on_tile(one, at) | {
        "state": one.state,
        "phone": one.phone,
        "note": one.note,
        "table_id": one.table_id,
        "made_at": one.made_at.isoformat(),
    }
