"""What the kitchen's screens and the waiter's check ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, distinct, func, or_, select

from kiosk.core import clock
from kiosk.core.db import AS_IT_IS_NOW, Read, Tx
from kiosk.kitchen import rules, view
from kiosk.kitchen.errors import TicketGone
from kiosk.kitchen.models import KitchenTicket, Station, TicketLine

RECALLABLE = 20
BOARD_LIMIT = 500
OF_LATE = timedelta(hours=3)
LATE_TICKETS = 20


@dataclass(frozen=True)
class Load:
    """How busy a station is: what it has still to make, and the seconds from fire to bump: usual, and expected now."""

    station_id: int
    code: str
    name: str
    dishes: int
    tickets: int
    typical_s: int
    wait_s: int


async def show_stations(read: Read) -> list[Station]:
    """The stations in use, in their order."""
    found = select(Station).where(Station.active).order_by(Station.position, Station.id)
    return list((await read.session.scalars(found)).all())


async def show_board(read: Read) -> dict[str, Any]:
    """Every open ticket, oldest first, and the last ones bumped."""
    waiting = await _tickets(read, KitchenTicket.bumped_at.is_(None))
    bumped = await _tickets(read, KitchenTicket.bumped_at.is_not(None), newest_bump=True)
    stations = await show_stations(read)
    return {"stations": [view.station(one) for one in stations], "tickets": waiting, "bumped": bumped}


async def show_passed(read: Read, line_ids: Sequence[int]) -> list[dict[str, Any]]:
    """The bumped tickets that one of these lines is on: what may still stand at the pass."""
    if not line_ids:
        return []
    theirs = select(TicketLine.ticket_id).where(TicketLine.line_id.in_(line_ids))
    return await _tickets(read, and_(KitchenTicket.bumped_at.is_not(None), KitchenTicket.id.in_(theirs)))


async def show_tickets(read: Read, ticket_ids: Iterable[int]) -> list[dict[str, Any]]:
    """The named tickets as the board shows them, bumped or not."""
    return await _tickets(read, KitchenTicket.id.in_(list(ticket_ids)))


_OF_LINES = TicketLine.line_id.in_(bindparam("lines", expanding=True))
_TRIES = (
    select(TicketLine.line_id, KitchenTicket.fired_at, TicketLine.ready_at)
    .join(KitchenTicket, KitchenTicket.id == TicketLine.ticket_id)
    .where(_OF_LINES, TicketLine.voided_at.is_(None))
)
_REFIRED = (
    select(TicketLine.line_id)
    .join(KitchenTicket, KitchenTicket.id == TicketLine.ticket_id)
    .where(_OF_LINES, KitchenTicket.is_refire)
)
"""Made once, because every change of a check asks."""


async def show_progress_of(read: Read, line_ids: Sequence[int]) -> dict[int, datetime | None]:
    """Since when each of these lines is ready at every one of its stations; None while it cooks.

    Lines without a ticket are missing. Of a line that was cooked again only the last time counts.
    """
    if not line_ids:
        return {}
    (found,) = await read.look_up((_TRIES, {"lines": list(line_ids)}))
    tries: dict[int, dict[datetime, list[datetime | None]]] = defaultdict(lambda: defaultdict(list))
    for line_id, fired_at, ready_at in found:
        tries[line_id][fired_at].append(ready_at)
    return {line_id: _ready_everywhere(by_time[max(by_time)]) for line_id, by_time in tries.items()}


def _ready_everywhere(ready: list[datetime | None]) -> datetime | None:
    known = [at for at in ready if at]
    return max(known) if len(known) == len(ready) else None


async def show_refired(read: Read, line_ids: Sequence[int]) -> frozenset[int]:
    """Which of these lines were cooked again."""
    if not line_ids:
        return frozenset()
    (found,) = await read.look_up((_REFIRED, {"lines": list(line_ids)}))
    return frozenset(line_id for (line_id,) in found)


async def show_load(read: Read) -> list[Load]:
    """How busy each station is, in the order of stations."""
    waiting, took = await _waiting(read), await _took(read)
    return [_load(station, *waiting.get(station.id, (0, 0)), took[station.id]) for station in await show_stations(read)]


def _load(station: Station, dishes: int, tickets: int, took: list[int]) -> Load:
    typical_s = rules.typical(took, station.soon_s)
    wait_s = rules.wait(typical_s, tickets)
    return Load(station.id, station.code, station.name, dishes, tickets, typical_s, wait_s)


async def _waiting(read: Read) -> dict[int, tuple[int, int]]:
    """Dishes and tickets still to make, by station."""
    found = (
        select(KitchenTicket.station_id, func.sum(TicketLine.quantity), func.count(distinct(KitchenTicket.id)))
        .join(TicketLine, TicketLine.ticket_id == KitchenTicket.id)
        .where(KitchenTicket.bumped_at.is_(None), TicketLine.ready_at.is_(None), TicketLine.voided_at.is_(None))
        .group_by(KitchenTicket.station_id)
    )
    rows = (await read.session.execute(found)).all()
    return {station_id: (int(dishes), tickets) for station_id, dishes, tickets in rows}


async def _took(read: Read) -> dict[int, list[int]]:
    """Seconds from fire to bump of the last tickets of late, by station."""
    found = (
        select(KitchenTicket.station_id, KitchenTicket.fired_at, KitchenTicket.bumped_at)
        .where(KitchenTicket.bumped_at >= clock.now() - OF_LATE)
        .order_by(KitchenTicket.bumped_at.desc())
        .limit(LATE_TICKETS * 10)
    )
    took: dict[int, list[int]] = defaultdict(list)
    for station_id, fired_at, bumped_at in await read.session.execute(found):
        if bumped_at and len(took[station_id]) < LATE_TICKETS:
            took[station_id].append(int((bumped_at - fired_at).total_seconds()))
    return took


async def show_average(read: Read) -> tuple[int | None, int]:
    """Seconds from fire to bump this business day, on average, and over how many tickets; None over none."""
    venue = await read.venue()
    start = rules.day_began(clock.now(), venue.timezone, venue.cutover_minutes)
    found = select(KitchenTicket.fired_at, KitchenTicket.bumped_at).where(KitchenTicket.bumped_at >= start)
    took = [
        (bumped_at - fired_at).total_seconds() for fired_at, bumped_at in await read.session.execute(found) if bumped_at
    ]
    return (round(mean(took)) if took else None), len(took)


async def lock_firing(tx: Tx, check_id: int, fire_no: int) -> list[KitchenTicket]:
    """The tickets of one firing, kept from others until the commit."""
    found = select(KitchenTicket).where(KitchenTicket.check_id == check_id, KitchenTicket.fire_no == fire_no)
    found = found.order_by(KitchenTicket.id).with_for_update()
    return list((await tx.session.scalars(found.execution_options(**AS_IT_IS_NOW))).all())


async def lines_of_firing(read: Read, check_id: int, fire_no: int) -> set[int]:
    """The lines whose dishes one firing put on tickets, struck ones too."""
    found = select(TicketLine.line_id).join(KitchenTicket, KitchenTicket.id == TicketLine.ticket_id)
    mine = (KitchenTicket.check_id == check_id, KitchenTicket.fire_no == fire_no)
    return set(await read.session.scalars(found.where(*mine)))


async def is_touched(tx: Tx, ticket_ids: Sequence[int]) -> bool:
    """Whether a dish on one of these tickets is done, or goes to another party by now."""
    acted_on = or_(TicketLine.ready_at.is_not(None), TicketLine.label != KitchenTicket.label)
    on = select(TicketLine.id).join(KitchenTicket, KitchenTicket.id == TicketLine.ticket_id)
    found = on.where(KitchenTicket.id.in_(ticket_ids), acted_on).limit(1)
    return (await tx.session.scalars(found)).first() is not None


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


async def _tickets(read: Read, which: ColumnElement[bool], *, newest_bump: bool = False) -> list[dict[str, Any]]:
    found = select(KitchenTicket).where(which)
    if newest_bump:
        found = found.order_by(KitchenTicket.bumped_at.desc(), KitchenTicket.id.desc()).limit(RECALLABLE)
    else:
        found = found.order_by(KitchenTicket.fired_at, KitchenTicket.id).limit(BOARD_LIMIT)
    tickets = list((await read.session.scalars(found)).all())
    lines = await _lines(read, [ticket.id for ticket in tickets])
    return [view.ticket(ticket, lines[ticket.id]) for ticket in tickets]


async def _lines(read: Read, ticket_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    by_ticket: dict[int, list[dict[str, Any]]] = defaultdict(list)
    if ticket_ids:
        found = select(TicketLine).where(TicketLine.ticket_id.in_(ticket_ids)).order_by(TicketLine.position)
        for line in await read.session.scalars(found):
            by_ticket[line.ticket_id].append(view.line(line))
    return by_ticket
