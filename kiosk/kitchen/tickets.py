"""What checks do to tickets: open them, take them back, tell of a move, a change or a void. Called inside their tap."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, case, delete, insert, or_, select, update

from kiosk.core import clock
from kiosk.core.actor import Actor
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.kitchen import on_tickets, queries, slips
from kiosk.kitchen.dishes import Dish, Firing
from kiosk.kitchen.errors import KitchenHasIt
from kiosk.kitchen.events import TicketChanged
from kiosk.kitchen.models import KitchenTicket, TicketLine
from kiosk.kitchen.on_tickets import OnTicket, Places
from kiosk.kitchen.slips import Amended, Told

log = logging.getLogger(__name__)
CHANGED = "changed"
REFIRE = "refire"
_TICKETS, _DISHES = (insert(cast(Table, rows.__table__)) for rows in (KitchenTicket, TicketLine))


async def open_tickets(tx: Tx, firing: Firing, dishes: Sequence[Dish], *, by: Actor) -> list[int]:
    """One ticket a station for the dishes that go there, in the transaction that fires them, on screens and on paper.

    A dish that names no known station goes to the first one, marked with what it named, so that no dish is ever
    lost; with no station at all there is nothing to cook on and no ticket. What is fired again is struck where it
    still cooks.
    """
    places = await on_tickets.show_places(tx)
    cooked: dict[int, list[Dish]] = {}
    for dish in dishes:
        for station_id in _stations_of(dish, places.stations):
            cooked.setdefault(station_id, []).append(dish)
    if firing.is_refire:
        await _strike_first_try(tx, firing.reason, [dish.line_id for dish in dishes])
    lines = {dish.line_id: _ticket_line(dish, places) for dish in dishes}
    opened = {}
    for station_id, some in cooked.items():
        rows = [lines[dish.line_id] for dish in some]
        opened[station_id] = (_open_ticket(tx, firing, station_id, rows, by.venue_id), some)
    await slips.print_tickets(tx, firing, opened, places, by=by)
    return [ticket_id for ticket_id, _ in opened.values()]


def _stations_of(dish: Dish, stations: dict[str, int]) -> list[int]:
    named = [stations[code] for code in dish.stations if code in stations]
    return named or list(stations.values())[:1]


def _unknown(dish: Dish, stations: dict[str, int]) -> str | None:
    """The stations this dish names that the house does not have; told on the console, too."""
    unknown = ", ".join(code for code in dish.stations if code not in stations)
    if unknown:
        log.warning("%s is to be cooked at %s, which is no station here; add it or change the menu", dish.name, unknown)
    return unknown[:200] or None


async def _strike_first_try(tx: Tx, reason: str, line_ids: list[int]) -> None:
    cooking = (TicketLine.line_id.in_(line_ids), TicketLine.ready_at.is_(None), TicketLine.voided_at.is_(None))
    await _announce(tx, *cooking)
    struck = {"voided_at": tx.at, "mark": REFIRE, "marked_at": tx.at, "was": reason}
    await tx.change(update(TicketLine).where(*cooking).values(struck))


def _open_ticket(tx: Tx, firing: Firing, station_id: int, dishes: list[dict[str, Any]], venue_id: int) -> int:
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
        "shown_at": firing.shown_at,
        "is_refire": firing.is_refire,
        "is_take_away": firing.is_take_away,
        "pickup_at": firing.pickup_at,
        "check_number": firing.number,
    }
    tx.later(_TICKETS, ticket)
    mark = {"mark": REFIRE, "marked_at": tx.at, "was": firing.reason} if firing.is_refire else {}
    lines = [
        {"id": new_id(), "ticket_id": ticket_id, "position": place, **dish, **mark} for place, dish in enumerate(dishes)
    ]
    tx.later(_DISHES, *lines)
    tx.announce(TicketChanged(ticket_id, firing.check_id, tuple(dish["line_id"] for dish in dishes)))
    return ticket_id


def _ticket_line(dish: Dish, places: Places) -> dict[str, Any]:
    return {
        "line_id": dish.line_id,
        "course": dish.course,
        "quantity": dish.quantity,
        "name": dish.name,
        "portion_name": dish.portion,
        "modifiers": list(dish.modifiers),
        "note": dish.note,
        "is_allergy": dish.is_allergy,
        "seat_no": dish.seat_no,
        "menu_name": dish.menu_name,
        "meant_for": _unknown(dish, places.stations),
    }


async def take_back(tx: Tx, check_id: int, fire_no: int) -> list[int]:
    """Undo a firing before the kitchen's screens show it. Returns the ids of the tickets that are gone.

    Its papers are never printed. Raises KitchenHasIt once a ticket is shown, a printer began with it or somebody acted
    on it. What a refire struck cooks again.
    """
    tickets = await queries.lock_firing(tx, check_id, fire_no)
    ids = [ticket.id for ticket in tickets]
    if any(_is_seen(ticket) for ticket in tickets) or await queries.is_touched(tx, ids):
        raise KitchenHasIt
    if not await slips.withdraw(tx, check_id, ids):
        raise KitchenHasIt
    on_them = TicketLine.ticket_id.in_(ids)
    await _announce(tx, on_them)
    for ticket in tickets:
        if ticket.is_refire:
            await _cook_first_try(tx, ticket)
    await tx.change(delete(TicketLine).where(on_them))
    await tx.change(delete(KitchenTicket).where(KitchenTicket.id.in_(ids)))
    return ids


def _is_seen(ticket: KitchenTicket) -> bool:
    return ticket.shown_at is None or ticket.shown_at <= clock.now() or ticket.bumped_at is not None


async def _cook_first_try(tx: Tx, refire: KitchenTicket) -> None:
    lines = select(TicketLine.line_id).where(TicketLine.ticket_id == refire.id)
    line_ids = (await tx.session.scalars(lines)).all()
    struck = (TicketLine.line_id.in_(line_ids), TicketLine.voided_at == refire.fired_at, TicketLine.mark == REFIRE)
    await _announce(tx, *struck)
    await tx.change(update(TicketLine).where(*struck).values(voided_at=None, mark=None, marked_at=None, was=None))


async def relabel(tx: Tx, check_id: int, label: str, was: str) -> None:
    """The party of a check is called otherwise now, or sits elsewhere: the tickets fired for it say so.

    Dishes that moved to another party stay with it; those that came from another check need `relabel_lines`.
    """
    mine = select(KitchenTicket.id).where(KitchenTicket.check_id == check_id)
    dishes = (TicketLine.ticket_id.in_(mine), or_(TicketLine.label.is_(None), TicketLine.label == was))
    await _mark(tx, dishes, label=label, was=was)
    await tx.change(update(KitchenTicket).where(KitchenTicket.check_id == check_id).values(label=label))


async def relabel_lines(tx: Tx, line_ids: Sequence[int], label: str, was: str, *, by: Actor) -> None:
    """These lines go to another party now: wherever they are cooked, they are marked with where they go."""
    if line_ids:
        dishes = await _mark(tx, (TicketLine.line_id.in_(line_ids),), label=label, was=was)
        await slips.tell(tx, dishes, Told(slips.MOVED, by, table=label, was_table=was))


async def amend_dish(tx: Tx, line_id: int, note: str, is_allergy: bool, was: str, *, by: Actor) -> None:
    """What the kitchen must know of a dish it has is different now; `was` is the note before.

    Where it is ready there is no paper of it any more.
    """
    mine = (TicketLine.line_id == line_id, TicketLine.voided_at.is_(None))
    tickets_own = select(KitchenTicket.label).where(KitchenTicket.id == TicketLine.ticket_id).scalar_subquery()
    elsewhere = case((TicketLine.label != tickets_own, TicketLine.label))
    dishes = await _mark(tx, mine, label=elsewhere, note=note, is_allergy=is_allergy, was=was)
    cooking = [dish for dish in dishes if dish.ready_at is None]
    await slips.tell(tx, cooking, Told(slips.CHANGED, by), Amended(note, is_allergy, was))


async def void_dishes(tx: Tx, line_ids: Sequence[int], reason: str, *, by: Actor) -> None:
    """Mark fired lines as void wherever they are cooked; a ticket with nothing left to cook stays until bumped."""
    mine = (TicketLine.line_id.in_(line_ids), TicketLine.voided_at.is_(None))
    dishes = await _announce(tx, *mine)
    await tx.change(update(TicketLine).where(*mine).values(voided_at=tx.at, mark=None, marked_at=None, was=None))
    await slips.tell(tx, dishes, Told(slips.VOID, by, reason=reason))


async def _mark(tx: Tx, dishes: tuple[ColumnElement[bool], ...], *, was: str, **changed: Any) -> list[OnTicket]:
    """Mark what is not struck, which is returned; what is keeps its mark: by it a refire's undo finds the first try."""
    concerned = await _announce(tx, *dishes)
    marked = update(TicketLine).where(*dishes, TicketLine.voided_at.is_(None))
    await tx.change(marked.values(mark=CHANGED, marked_at=tx.at, was=was))
    await tx.change(update(TicketLine).where(*dishes).values(changed))
    return [dish for dish in concerned if dish.voided_at is None]


async def _announce(tx: Tx, *dishes: ColumnElement[bool]) -> list[OnTicket]:
    """Tell of every ticket that one of these dishes is on; returns the dishes, ticket by ticket."""
    found = await on_tickets.on_tickets(tx, *dishes)
    lines: dict[tuple[int, int], list[int]] = {}
    for dish in found:
        lines.setdefault((dish.ticket_id, dish.check_id), []).append(dish.line_id)
    for (ticket_id, check_id), line_ids in lines.items():
        tx.announce(TicketChanged(ticket_id, check_id, tuple(line_ids)))
    return found
