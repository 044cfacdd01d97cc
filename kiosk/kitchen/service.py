"""The kitchen's gestures: mark dishes done, bump, recall; and what checks ask of it, see `tickets`."""

from __future__ import annotations

from sqlalchemy import select, update

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.kitchen import queries
from kiosk.kitchen.dishes import Dish, Firing
from kiosk.kitchen.errors import AlreadyBumped, LimitsTurned, NotBumped, StationGone, TicketGone
from kiosk.kitchen.events import StationChanged, TicketChanged
from kiosk.kitchen.models import KitchenTicket, Station, TicketLine
from kiosk.kitchen.tickets import amend_dish, open_tickets, relabel, relabel_lines, take_back, void_dishes
from kiosk.staff import service as staff

__all__ = [
    "Dish",
    "Firing",
    "add_station",
    "amend_dish",
    "bump",
    "mark_dish",
    "open_tickets",
    "recall",
    "relabel",
    "relabel_lines",
    "set_limits",
    "take_back",
    "void_dishes",
]


async def add_station(tx: Tx, code: str, name: str, *, by: Actor) -> int:
    """A new station at the end of the row."""
    await staff.must(tx, by, Permission.MANAGE_MENU)
    station_id = new_id()
    position = len(await queries.show_stations(tx))
    tx.session.add(Station(id=station_id, venue_id=by.venue_id, code=code, name=name, position=position))
    await tx.session.flush()
    tx.record(Act("station_added", "station", station_id, by, {"code": code, "name": name}))
    return station_id


async def set_limits(tx: Tx, station_id: int, soon_s: int, late_s: int, *, by: Actor) -> None:
    """After how many seconds a station's tickets turn amber and red. Raises LimitsTurned or StationGone."""
    await staff.must(tx, by, Permission.MANAGE_MENU)
    if not 0 < soon_s < late_s:
        raise LimitsTurned
    if not await tx.change(update(Station).where(Station.id == station_id).values(soon_s=soon_s, late_s=late_s)):
        raise StationGone
    tx.record(Act("station_limits_set", "station", station_id, by, {"soon_s": soon_s, "late_s": late_s}))
    tx.announce(StationChanged(station_id))


async def bump(tx: Tx, ticket_id: int, *, by: Actor) -> None:
    """Everything on the ticket is done; it leaves the board and its lines are ready."""
    await staff.must(tx, by, Permission.BUMP)
    ticket = await queries.lock_ticket(tx, ticket_id)
    if ticket.bumped_at:
        raise AlreadyBumped(ticket.label)
    ticket.bumped_at, ticket.bumped_by = tx.at, by.person_id
    undone = (TicketLine.ticket_id == ticket_id, TicketLine.ready_at.is_(None), TicketLine.voided_at.is_(None))
    await tx.change(update(TicketLine).where(*undone).values(ready_at=tx.at))
    await _announce(tx, ticket)


async def recall(tx: Tx, ticket_id: int, *, by: Actor) -> None:
    """Undo a bump: the ticket is back on the board, and what that bump finished is cooking again."""
    await staff.must(tx, by, Permission.BUMP)
    ticket = await queries.lock_ticket(tx, ticket_id)
    if not ticket.bumped_at:
        raise NotBumped(ticket.label)
    finished = (TicketLine.ticket_id == ticket_id, TicketLine.ready_at == ticket.bumped_at)
    await tx.change(update(TicketLine).where(*finished).values(ready_at=None))
    ticket.bumped_at, ticket.bumped_by = None, None
    await _announce(tx, ticket)


async def mark_dish(tx: Tx, ticket_line_id: int, *, done: bool, by: Actor) -> None:
    """One dish of a ticket is done, or is not after all."""
    await staff.must(tx, by, Permission.BUMP)
    ticket = await queries.lock_ticket(tx, await queries.ticket_of_line(tx, ticket_line_id))
    if ticket.bumped_at:
        raise AlreadyBumped(ticket.label)
    mine = (TicketLine.id == ticket_line_id, TicketLine.voided_at.is_(None))
    if not await tx.change(update(TicketLine).where(*mine).values(ready_at=tx.at if done else None)):
        raise TicketGone
    await _announce(tx, ticket)


async def _announce(tx: Tx, ticket: KitchenTicket) -> None:
    lines = await tx.session.scalars(select(TicketLine.line_id).where(TicketLine.ticket_id == ticket.id))
    tx.announce(TicketChanged(ticket.id, ticket.check_id, tuple(lines.all())))
