"""How the business day goes beside the same weekday of the last four weeks: hours, tables, the kitchen, what was lost.

Durations are whole seconds; a median of nothing is None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median, quantiles
from typing import Any, Final

from sqlalchemy import select

from kiosk.core.db import Read
from kiosk.core.models import Venue
from kiosk.floor.models import Seating
from kiosk.kitchen.models import KitchenTicket, Station
from kiosk.payments.rules import MovementKind
from kiosk.payments.till_acts import end_of
from kiosk.payments.till_models import Movement
from kiosk.reports import queries
from kiosk.reports.deeds import show_deeds
from kiosk.reports.ranges import ONE
from kiosk.reports.rollups import Span, spanned
from kiosk.reports.rules import Row, place_of

WEEKS: Final = 4
RED: Final = ("void", "comp", "discount", "refund", "undone payment")
"""What was lost, in the order in which it is told."""


@dataclass(frozen=True)
class Window:
    """When a business day begins and ends, by the clock."""

    begin: datetime
    end: datetime

    @classmethod
    def of(cls, day: date, venue: Venue) -> Window:
        return cls(end_of(day - ONE, venue), end_of(day, venue))


@dataclass(frozen=True)
class Before:
    """The same weekday some weeks before: its hours, and what was sold until the hour that is asked about."""

    day: date
    hours: dict[int, int]
    turnover: int
    covers: int


async def weeks_before(read: Read, day: date, hour: int | None) -> list[Before]:
    """The same weekday of the last four weeks, those with receipts, the latest first; all of it, or until an hour."""
    venue, found = await read.venue(), []
    for week in range(1, WEEKS + 1):
        other = day - 7 * week * ONE
        span = await spanned(read, venue.id, other, other)
        sold = await queries.sold_by_hour(read, span)
        until = [row for row in sold if hour is None or _is_until(row[0], hour, venue.cutover_minutes)]
        if sold:
            by_hour = {row[0]: row[3] for row in sold}
            found.append(Before(other, by_hour, sum(row[3] for row in until), sum(row[2] for row in until)))
    return found


def _is_until(hour: int, last: int, cutover_minutes: int) -> bool:
    return place_of(hour, cutover_minutes) <= place_of(last, cutover_minutes)


def band(before: Sequence[Before], hours: Sequence[int]) -> list[dict[str, int]]:
    """What is usual in each hour: the lowest, the middle and the highest of the weeks before."""
    told = []
    for hour in hours:
        known = [one.hours.get(hour, 0) for one in before]
        if known:
            told.append({"hour": hour, "low": min(known), "usual": round(median(known)), "high": max(known)})
    return told


async def table_turn(read: Read, window: Window) -> dict[str, int | None]:
    """How long the parties sat that left within the window, the middle of them, and how many they were."""
    left = (Seating.ended_at >= window.begin, Seating.ended_at < window.end)
    found = (await read.session.execute(select(Seating.seated_at, Seating.ended_at).where(*left))).all()
    took = [(ended_at - seated_at).total_seconds() for seated_at, ended_at in found if ended_at]
    return {"parties": len(took), "median_s": round(median(took)) if took else None}


async def kitchen_times(read: Read, window: Window) -> list[dict[str, Any]]:
    """From fire to done at every station that was done with a ticket: tickets, the middle, and nine of ten under."""
    done = (KitchenTicket.bumped_at >= window.begin, KitchenTicket.bumped_at < window.end)
    asked = select(KitchenTicket.station_id, KitchenTicket.fired_at, KitchenTicket.bumped_at).where(*done)
    took: dict[int, list[float]] = defaultdict(list)
    for station_id, fired_at, bumped_at in await read.session.execute(asked):
        if bumped_at:
            took[station_id].append((bumped_at - fired_at).total_seconds())
    stations = await read.session.execute(select(Station.id, Station.name).order_by(Station.position))
    return [
        {"station": name, "tickets": len(some), "median_s": round(median(some)), "p90_s": round(_ninth(some))}
        for station_id, name in stations
        if (some := took.get(station_id))
    ]


def _ninth(some: list[float]) -> float:
    return quantiles(some, n=10, method="inclusive")[-1] if len(some) > 1 else some[0]


async def lost(read: Read, span: Span) -> dict[str, Any]:
    """Voids, comps, discounts and refunds: how often and how much of each, and the dearest with their reasons."""
    deeds = [one for one in await show_deeds(read, span) if one.kind in RED]
    kinds = {kind: [one for one in deeds if one.kind == kind] for kind in RED}
    return {
        "kinds": [
            {"kind": kind, "times": sum(one.times for one in some), "amount": sum(one.amount for one in some)}
            for kind, some in kinds.items()
            if some
        ],
        "dearest": [
            {"kind": one.kind, "reason": one.reason, "person": one.person, "times": one.times, "amount": one.amount}
            for one in deeds[:5]
        ],
    }


async def expenses(read: Read, day: date) -> list[dict[str, Any]]:
    """What was paid out of the drawers on a day, tips apart: when, for what, how much."""
    venue = await read.venue()
    mine = (Movement.venue_id == venue.id, Movement.business_day == day, Movement.kind == MovementKind.PAY_OUT)
    found = await read.session.scalars(select(Movement).where(*mine, Movement.tip == 0).order_by(Movement.seq))
    return [{"at": one.moved_at.isoformat(), "reason": one.reason, "amount": one.amount} for one in found]


def bottom(items: Sequence[Row], count: int = 5) -> list[Row]:
    """What sold least of what sold at all, by pieces."""
    return sorted((row for row in items if row[3] > 0), key=lambda row: (row[3], row[4], row[:3]))[:count]
