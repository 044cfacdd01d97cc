"""Who is to get a table: bookings, parties that wait at the door, and tables that staff keeps back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update

from kiosk.checks import rules as check_rules
from kiosk.core import clock
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import AS_IT_IS_NOW, Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.floor import rules, standing
from kiosk.floor.errors import BookingEnded, BookingGone, TableBooked, TableTaken
from kiosk.floor.events import BookingChanged, TableChanged
from kiosk.floor.models import DiningTable, Reservation, ReservationKind, ReservationState
from kiosk.staff import service as staff

ENDED = {
    ReservationState.SEATED: "was seated already",
    ReservationState.CANCELLED: "was cancelled already",
    ReservationState.NO_SHOW: "did not come",
    ReservationState.WAITING: "is waiting",
}


@dataclass(frozen=True)
class Wish:
    """What a guest asks for on the telephone or at the door."""

    name: str
    covers: int
    phone: str = ""
    note: str = ""

    def columns(self) -> dict[str, Any]:
        """The words as they are kept, or a refusal."""
        return {
            "name": _name(self.name),
            "covers": check_rules.allowed_covers(self.covers),
            "phone": _phone(self.phone),
            "note": _note(self.note),
        }


def _name(name: str) -> str:
    return rules.allowed_text(name, "The guest's name", rules.NAME_LENGTH, needed=True)


def _phone(phone: str) -> str:
    return rules.allowed_text(phone, "A phone number", rules.PHONE_LENGTH)


def _note(note: str) -> str:
    return rules.allowed_text(note, "A note", rules.NOTE_LENGTH)


async def book(tx: Tx, wish: Wish, due_at: str, *, table_id: int | None = None, by: Actor) -> int:
    """Guests will come; `due_at` is an ISO instant with its time zone. Returns the booking's id."""
    await staff.must(tx, by, Permission.SEAT)
    words, due = wish.columns(), rules.allowed_due(due_at, tx.at)
    if table_id is not None:
        await _refuse_booked(tx, await _lock_table(tx, table_id), due)
    return await _write(tx, by, ReservationKind.BOOKED, **words, due_at=due, table_id=table_id)


async def wait(tx: Tx, wish: Wish, *, by: Actor) -> int:
    """A party without a booking waits for a table. Returns its id."""
    await staff.must(tx, by, Permission.SEAT)
    return await _write(tx, by, ReservationKind.WALK_IN, **wish.columns(), due_at=tx.at)


async def change_booking(tx: Tx, booking_id: int, changes: dict[str, Any], *, by: Actor) -> None:
    """Other words, another time or another table (None: none) for guests who still wait."""
    await staff.must(tx, by, Permission.SEAT)
    while True:
        table_id = changes["table_id"] if "table_id" in changes else await _table_of(tx, booking_id)
        table = None if table_id is None else await _lock_table(tx, table_id)
        booking = await _lock_waiting(tx, booking_id)
        if "table_id" in changes or booking.table_id == table_id:
            break
    _go_elsewhere(tx, booking, table_id)
    _apply(booking, changes, tx.at)
    if table and booking.kind is ReservationKind.BOOKED:
        await _refuse_booked(tx, table, booking.due_at, but=booking.id)
    await tx.session.flush()
    tx.announce(BookingChanged(booking.id))


def _go_elsewhere(tx: Tx, booking: Reservation, table_id: int | None) -> None:
    """The table these guests were expected at shows them no more."""
    if booking.table_id is not None and booking.table_id != table_id:
        tx.announce(TableChanged(booking.table_id))
    booking.table_id = table_id


async def _table_of(tx: Tx, booking_id: int) -> int | None:
    return (await tx.session.scalars(select(Reservation.table_id).where(Reservation.id == booking_id))).one_or_none()


def _apply(booking: Reservation, changes: dict[str, Any], at: datetime) -> None:
    cleaners: dict[str, Callable[[Any], Any]] = {
        "name": _name,
        "phone": _phone,
        "note": _note,
        "covers": check_rules.allowed_covers,
    }
    for name, clean in cleaners.items():
        if name in changes:
            setattr(booking, name, clean(changes[name]))
    if "due_at" in changes and rules.instant(changes["due_at"]) != booking.due_at:
        booking.due_at = rules.allowed_due(changes["due_at"], at)


async def cancel_booking(tx: Tx, booking_id: int, *, by: Actor) -> None:
    """The guests will not come, and said so; or the waiting party went away. Cancelling twice changes nothing."""
    await _remove(tx, booking_id, ReservationState.CANCELLED, "booking_cancelled", by)


async def no_show(tx: Tx, booking_id: int, *, by: Actor) -> None:
    """The guests did not come; their table is free for others. Saying it twice changes nothing."""
    await _remove(tx, booking_id, ReservationState.NO_SHOW, "booking_no_show", by)


async def unno_show(tx: Tx, booking_id: int, *, by: Actor) -> int | None:
    """They came after all and are expected again. Returns their table; None when others have booked it since."""
    await staff.must(tx, by, Permission.SEAT)
    table_id = await _table_of(tx, booking_id)
    floor = await standing.lock_known(tx, [table_id] if table_id else [])
    booking = await _lock(tx, booking_id)
    if booking.state is not ReservationState.NO_SHOW:
        raise BookingEnded(booking.name, ENDED[booking.state])
    if booking.table_id not in floor.tables or await _is_given_away(tx, booking):
        booking.table_id = None
    booking.state, booking.ended_at = ReservationState.WAITING, None
    tx.record(Act("booking_back", "booking", booking.id, by, _told(booking)))
    tx.announce(BookingChanged(booking.id))
    return booking.table_id


async def _is_given_away(tx: Tx, booking: Reservation) -> bool:
    other = booking.table_id and await _other_booking(tx, booking.table_id, booking.due_at, booking.id)
    return bool(other)


async def hold_table(tx: Tx, table_id: int, reason: str, until_at: str, *, by: Actor) -> int:
    """Keep a free table back until an instant, at which it is free by itself. Holding it again changes the hold."""
    await staff.must(tx, by, Permission.SEAT)
    reason = rules.allowed_text(reason, "The reason", rules.NAME_LENGTH, needed=True)
    until = rules.allowed_until(until_at, tx.at)
    floor = await standing.lock(tx, table_id)
    if floor.party_at(table_id):
        raise TableTaken(floor.table(table_id).label, "Hold it when they have left.")
    await end_holds(tx, [table_id], ReservationState.CANCELLED)
    words = {"name": reason, "covers": 0, "due_at": tx.at, "until_at": until, "table_id": table_id}
    return await _write(tx, by, ReservationKind.HELD, **words)


async def release_table(tx: Tx, table_id: int, *, by: Actor) -> None:
    """A table that was kept back is free again, with those joined to it. Releasing a free one changes nothing."""
    await staff.must(tx, by, Permission.SEAT)
    floor = await standing.lock(tx, table_id)
    ids = [table.id for table in floor.group_of(table_id)]
    if await end_holds(tx, ids, ReservationState.CANCELLED):
        tx.record(Act("table_released", "table", table_id, by, {"table": floor.table(table_id).label}))


async def end_holds(
    tx: Tx, table_ids: Sequence[int], state: ReservationState, *, check_id: int | None = None
) -> list[int]:
    """These tables are not kept back any more, because somebody said so or sits there. Their rows must be locked."""
    mine = (
        Reservation.venue_id == (await tx.venue()).id,
        Reservation.state == ReservationState.WAITING,
        Reservation.due_at >= tx.at - rules.LONGEST_HOLD,
        Reservation.kind == ReservationKind.HELD,
        Reservation.table_id.in_(table_ids),
        Reservation.until_at > tx.at,
    )
    ids = list(await tx.session.scalars(select(Reservation.id).where(*mine)))
    if ids:
        ended = {"state": state, "ended_at": tx.at, "check_id": check_id}
        await tx.change(update(Reservation).where(Reservation.id.in_(ids)).values(ended))
    for booking_id in ids:
        tx.announce(BookingChanged(booking_id))
    return ids


async def lock_to_seat(tx: Tx, booking_id: int, check_id: int | None) -> Reservation:
    """Guests who still wait, or who were seated with this very check by another tablet. Raises BookingEnded."""
    booking = await _lock(tx, booking_id)
    is_the_same = check_id is not None and booking.check_id == check_id
    if booking.kind is ReservationKind.HELD:
        raise BookingGone
    if booking.state is not ReservationState.WAITING and not is_the_same:
        raise BookingEnded(booking.name, ENDED[booking.state])
    return booking


async def covers_of(tx: Tx, booking_id: int) -> int:
    """For how many guests a table is wanted."""
    covers = (await tx.session.scalars(select(Reservation.covers).where(Reservation.id == booking_id))).one_or_none()
    if covers is None:
        raise BookingGone
    return covers


def mark_seated(tx: Tx, booking: Reservation, table_id: int, check_id: int) -> None:
    """The guests sit at this table with this check."""
    booking.state, booking.ended_at = ReservationState.SEATED, tx.at
    booking.check_id = check_id
    _go_elsewhere(tx, booking, table_id)
    tx.announce(BookingChanged(booking.id))


async def first_booking_of(tx: Tx, table_id: int) -> Reservation | None:
    """The first that still stands in the way of removing a table: guests expected from now on, or a hold."""
    venue = await tx.venue()
    since, _ = rules.booking_days(tx.at, timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)
    waiting = (Reservation.venue_id == venue.id, Reservation.state == ReservationState.WAITING)
    here = (Reservation.table_id == table_id, or_(Reservation.due_at >= since, Reservation.until_at > tx.at))
    found = select(Reservation).where(*waiting, *here).order_by(Reservation.due_at, Reservation.id)
    expected = await tx.session.scalars(found)
    return next((one for one in expected if one.until_at is None or one.until_at > tx.at), None)


async def _lock_table(tx: Tx, table_id: int) -> DiningTable:
    return (await standing.lock(tx, table_id)).table(table_id)


async def _lock(tx: Tx, booking_id: int) -> Reservation:
    found = select(Reservation).where(Reservation.id == booking_id).with_for_update()
    booking = (await tx.session.scalars(found.execution_options(**AS_IT_IS_NOW))).one_or_none()
    if booking is None:
        raise BookingGone
    return booking


async def _lock_waiting(tx: Tx, booking_id: int) -> Reservation:
    booking = await _lock(tx, booking_id)
    if booking.kind is ReservationKind.HELD:
        raise BookingGone
    if booking.state is not ReservationState.WAITING:
        raise BookingEnded(booking.name, ENDED[booking.state])
    return booking


async def _remove(tx: Tx, booking_id: int, state: ReservationState, act: str, by: Actor) -> None:
    await staff.must(tx, by, Permission.SEAT)
    booking = await _lock(tx, booking_id)
    if booking.state is state:
        return
    booking = await _lock_waiting(tx, booking_id)
    booking.state, booking.ended_at = state, tx.at
    tx.record(Act(act, "booking", booking.id, by, _told(booking)))
    tx.announce(BookingChanged(booking.id))


def _told(booking: Reservation) -> dict[str, Any]:
    """What the journal keeps for good: no guest's name or telephone."""
    return {"covers": booking.covers, "due_at": booking.due_at.isoformat(), "table": booking.table_id}


async def _write(tx: Tx, by: Actor, kind: ReservationKind, **words: Any) -> int:
    booking_id = new_id()
    row = {"id": booking_id, "venue_id": by.venue_id, "kind": kind, "made_at": tx.at, "made_by": by.person_id}
    await tx.change(insert(Reservation).values(**row, **words))
    tx.announce(BookingChanged(booking_id))
    return booking_id


async def _refuse_booked(tx: Tx, table: DiningTable, due_at: datetime, *, but: int | None = None) -> None:
    other = await _other_booking(tx, table.id, due_at, but)
    if other:
        at = clock.local(other.due_at, (await tx.venue()).timezone)
        raise TableBooked(table.label, other.name, f"{at:%H:%M}")


async def _other_booking(tx: Tx, table_id: int, due_at: datetime, but: int | None) -> Reservation | None:
    near = (
        Reservation.venue_id == (await tx.venue()).id,
        Reservation.table_id == table_id,
        Reservation.kind == ReservationKind.BOOKED,
        Reservation.state == ReservationState.WAITING,
        Reservation.due_at > due_at - rules.SITTING,
        Reservation.due_at < due_at + rules.SITTING,
        Reservation.id != (but or 0),
    )
    return (await tx.session.scalars(select(Reservation).where(*near).limit(1))).first()
