"""What the kitchen's screens and the waiter's check ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from kiosk.core.db import AS_IT_IS_NOW, Read, Tx
from kiosk.kitchen.errors import TicketGone
from kiosk.kitchen.models import KitchenTicket, Station, TicketLine

RECALLABLE = 20
BOARD_LIMIT = 500


async def show_stations(read: Read) -> list[Station]:
    """The stations in use, in their order."""
    found = select(Station).where(Station.active).order_by(Station.position, Station.id)
    return list((await read.session.scalars(found)).all())


async def show_board(read: Read) -> dict[str, Any]:
    """Every open ticket, oldest first, and the last ones bumped."""
    waiting = await _tickets(read, KitchenTicket.bumped_at.is_(None), newest_bump=False)
    bumped = await _tickets(read, KitchenTicket.bumped_at.is_not(None), newest_bump=True)
    stations = await show_stations(read)
    return {"stations": [_station(one) for one in stations], "tickets": waiting, "bumped": bumped}


async def show_tickets(read: Read, ticket_ids: Iterable[int]) -> list[dict[str, Any]]:
    """The named tickets as the board shows them, bumped or not."""
    return await _tickets(read, KitchenTicket.id.in_(list(ticket_ids)), newest_bump=False)


async def show_progress(read: Read, check_ids: Sequence[int]) -> dict[int, datetime | None]:
    """Since when each fired line of these checks is ready at every one of its stations; None while it cooks."""
    if not check_ids:
        return {}
    found = (
        select(TicketLine.line_id, TicketLine.ready_at)
        .join(KitchenTicket, KitchenTicket.id == TicketLine.ticket_id)
        .where(KitchenTicket.check_id.in_(check_ids), TicketLine.voided_at.is_(None))
    )
    ready: dict[int, datetime | None] = {}
    for line_id, ready_at in await read.session.execute(found):
        seen = ready.get(line_id, ready_at)
        ready[line_id] = max(seen, ready_at) if seen and ready_at else None
    return ready


async def lock_ticket(tx: Tx, ticket_id: int) -> KitchenTicket:
    """The ticket, kept from others until the commit."""
    found = select(KitchenTicket).where(KitchenTicket.id == ticket_id).with_for_update()
    ticket = (await tx.session.scalars(found.execution_options(**AS_IT_IS_NOW))).one_or_none()
    if ticket is None:
        raise TicketGone
    return ticket


async def ticket_of_line(tx: Tx, ticket_line_id: int) -> int:
    """The id of the ticket a dish is on."""
    found = (
        await tx.session.scalars(select(TicketLine.ticket_id).where(TicketLine.id == ticket_line_id))
    ).one_or_none()
    if found is None:
        raise TicketGone
    return found


async def station_ids(read: Read) -> dict[str, int]:
    """Ids of the active stations by code, in their order."""
    return {station.code: station.id for station in await show_stations(read)}


async def _tickets(read: Read, which: ColumnElement[bool], *, newest_bump: bool) -> list[dict[str, Any]]:
    found = select(KitchenTicket).where(which)
    if newest_bump:
        found = found.order_by(KitchenTicket.bumped_at.desc(), KitchenTicket.id.desc()).limit(RECALLABLE)
    else:
        found = found.order_by(KitchenTicket.fired_at, KitchenTicket.id).limit(BOARD_LIMIT)
    tickets = list((await read.session.scalars(found)).all())
    lines = await _lines(read, [ticket.id for ticket in tickets])
    return [_ticket(ticket, lines[ticket.id]) for ticket in tickets]


async def _lines(read: Read, ticket_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    by_ticket: dict[int, list[dict[str, Any]]] = defaultdict(list)
    if ticket_ids:
        found = select(TicketLine).where(TicketLine.ticket_id.in_(ticket_ids)).order_by(TicketLine.position)
        for line in await read.session.scalars(found):
            by_ticket[line.ticket_id].append(_line(line))
    return by_ticket


def _station(station: Station) -> dict[str, Any]:
    return {
        "id": station.id,
        "code": station.code,
        "name": station.name,
        "soon_s": station.soon_s,
        "late_s": station.late_s,
    }


def _ticket(ticket: KitchenTicket, lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "station_id": ticket.station_id,
        "check_id": ticket.check_id,
        "fire_no": ticket.fire_no,
        "label": ticket.label,
        "covers": ticket.covers,
        "waiter": ticket.waiter,
        "fired_at": ticket.fired_at.isoformat(),
        "bumped_at": ticket.bumped_at.isoformat() if ticket.bumped_at else None,
        "lines": lines,
    }


def _line(line: TicketLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "line_id": line.line_id,
        "course": line.course,
        "quantity": line.quantity,
        "name": line.name,
        "portion": line.portion_name,
        "modifiers": line.modifiers,
        "note": line.note,
        "is_allergy": line.is_allergy,
        "seat_no": line.seat_no,
        "ready_at": line.ready_at.isoformat() if line.ready_at else None,
        "voided_at": line.voided_at.isoformat() if line.voided_at else None,
    }
