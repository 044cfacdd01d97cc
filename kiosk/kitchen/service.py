"""The kitchen's gestures: open tickets for what was fired, mark dishes done, bump, recall, void."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.kitchen import queries
from kiosk.kitchen.errors import AlreadyBumped, NotBumped, TicketGone
from kiosk.kitchen.events import TicketChanged
from kiosk.kitchen.models import KitchenTicket, Station, TicketLine
from kiosk.staff import service as staff


@dataclass(frozen=True)
class Dish:
    """A fired line as the kitchen needs it."""

    line_id: int
    name: str
    portion: str
    quantity: int
    course: int
    stations: tuple[str, ...]
    modifiers: tuple[str, ...]
    note: str
    is_allergy: bool
    seat_no: int | None


@dataclass(frozen=True)
class Firing:
    """What was fired at once: for which check, how it is called, by whom."""

    check_id: int
    fire_no: int
    label: str
    covers: int
    waiter: str


async def add_station(tx: Tx, code: str, name: str, *, by: Actor) -> int:
    """A new station at the end of the row."""
    await staff.must(tx, by, Permission.MANAGE_MENU)
    station_id = new_id()
    position = len(await queries.show_stations(tx))
    tx.session.add(Station(id=station_id, venue_id=by.venue_id, code=code, name=name, position=position))
    await tx.session.flush()
    tx.record(Act("station_added", "station", station_id, by, {"code": code, "name": name}))
    return station_id


async def open_tickets(tx: Tx, firing: Firing, dishes: Sequence[Dish], *, by: Actor) -> list[int]:
    """One ticket a station for the dishes that go there, in the transaction that fires them.

    A dish that names no known station goes to the first one, so that no dish is ever lost; with no station at
    all there is nothing to cook on and no ticket.
    """
    stations = await queries.station_ids(tx)
    tickets: dict[int, list[Dish]] = {}
    for dish in dishes:
        for station_id in _stations_of(dish, stations):
            tickets.setdefault(station_id, []).append(dish)
    opened = []
    for station_id, cooked in tickets.items():
        opened.append(await _open_ticket(tx, firing, station_id, cooked, by.venue_id))
    return opened


def _stations_of(dish: Dish, stations: dict[str, int]) -> list[int]:
    named = [stations[code] for code in dish.stations if code in stations]
    return named or list(stations.values())[:1]


async def _open_ticket(tx: Tx, firing: Firing, station_id: int, dishes: list[Dish], venue_id: int) -> int:
    ticket_id = new_id()
    ticket = {
        "id": ticket_id,
        "venue_id": venue_id,
        "station_id": station_id,
        "check_id": firing.check_id,
        "fire_no": firing.fire_no,
        "label": firing.label,
        "covers": firing.covers,
        "waiter": firing.waiter,
        "fired_at": tx.at,
    }
    await tx.change(insert(KitchenTicket).values(ticket))
    await tx.change(insert(TicketLine), [_ticket_line(ticket_id, place, dish) for place, dish in enumerate(dishes)])
    tx.announce(TicketChanged(ticket_id, firing.check_id))
    return ticket_id


def _ticket_line(ticket_id: int, position: int, dish: Dish) -> dict[str, Any]:
    return {
        "id": new_id(),
        "ticket_id": ticket_id,
        "line_id": dish.line_id,
        "position": position,
        "course": dish.course,
        "quantity": dish.quantity,
        "name": dish.name,
        "portion_name": dish.portion,
        "modifiers": list(dish.modifiers),
        "note": dish.note,
        "is_allergy": dish.is_allergy,
        "seat_no": dish.seat_no,
    }


async def bump(tx: Tx, ticket_id: int, *, by: Actor) -> None:
    """Everything on the ticket is done; it leaves the board and its lines are ready."""
    await staff.must(tx, by, Permission.BUMP)
    ticket = await queries.lock_ticket(tx, ticket_id)
    if ticket.bumped_at:
        raise AlreadyBumped(ticket.label)
    ticket.bumped_at, ticket.bumped_by = tx.at, by.person_id
    undone = (TicketLine.ticket_id == ticket_id, TicketLine.ready_at.is_(None), TicketLine.voided_at.is_(None))
    await tx.change(update(TicketLine).where(*undone).values(ready_at=tx.at))
    tx.announce(TicketChanged(ticket_id, ticket.check_id))


async def recall(tx: Tx, ticket_id: int, *, by: Actor) -> None:
    """Undo a bump: the ticket is back on the board, and what that bump finished is cooking again."""
    await staff.must(tx, by, Permission.BUMP)
    ticket = await queries.lock_ticket(tx, ticket_id)
    if not ticket.bumped_at:
        raise NotBumped(ticket.label)
    finished = (TicketLine.ticket_id == ticket_id, TicketLine.ready_at == ticket.bumped_at)
    await tx.change(update(TicketLine).where(*finished).values(ready_at=None))
    ticket.bumped_at, ticket.bumped_by = None, None
    tx.announce(TicketChanged(ticket_id, ticket.check_id))


async def mark_dish(tx: Tx, ticket_line_id: int, *, done: bool, by: Actor) -> None:
    """One dish of a ticket is done, or is not after all."""
    await staff.must(tx, by, Permission.BUMP)
    ticket = await queries.lock_ticket(tx, await queries.ticket_of_line(tx, ticket_line_id))
    if ticket.bumped_at:
        raise AlreadyBumped(ticket.label)
    mine = (TicketLine.id == ticket_line_id, TicketLine.voided_at.is_(None))
    if not await tx.change(update(TicketLine).where(*mine).values(ready_at=tx.at if done else None)):
        raise TicketGone
    tx.announce(TicketChanged(ticket.id, ticket.check_id))


async def void_dish(tx: Tx, line_id: int) -> None:
    """Mark a fired line as void wherever it is being cooked; a ticket with nothing left to cook stays until bumped."""
    on = select(TicketLine.ticket_id, KitchenTicket.check_id).join(
        KitchenTicket, KitchenTicket.id == TicketLine.ticket_id
    )
    for ticket_id, check_id in (await tx.session.execute(on.where(TicketLine.line_id == line_id))).all():
        tx.announce(TicketChanged(ticket_id, check_id))
    await tx.change(update(TicketLine).where(TicketLine.line_id == line_id).values(voided_at=tx.at))
