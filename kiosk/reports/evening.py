"""How the business day goes beside the same weekday of the last four weeks: hours, tables, the kitchen, what was lost.

Durations are whole seconds; a median of nothing is None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median, quantiles
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, func, or_, select, true

from kiosk.core import clock
from kiosk.core.db import Read
from kiosk.core.models import Venue
from kiosk.floor.models import Seating
from kiosk.kitchen.models import KitchenTicket, Station
from kiosk.payments.models import Receipt
from kiosk.payments.rules import MovementKind
from kiosk.payments.till_acts import end_of
from kiosk.payments.till_models import Movement
from kiosk.reports.deeds import Deed, show_deeds
from kiosk.reports.ranges import ONE
from kiosk.reports.rollups import Span, rows
from kiosk.reports.rules import Row, each

WEEKS: Final = 4
LOST: Final = ("refund", "void", "comp", "discount")
"""What was given back, taken off or given away, in the order in which it is told."""
DEAREST: Final = 4


@dataclass(frozen=True)
class Window:
    """When a business day begins and ends, by the clock."""

    begin: datetime
    end: datetime

    @classmethod
    def of(cls, day: date, venue: Venue) -> Window:
        return cls(end_of(day - ONE, venue), end_of(day, venue))


@dataclass
class Before:
    """The same weekday some weeks before: its hours, and what was sold until the minute that is asked about."""

    day: date
    hours: dict[int, int] = field(default_factory=dict)
    turnover: int = 0
    covers: int = 0


async def weeks_before(read: Read, day: date, until: datetime | None) -> list[Before]:
    """The same weekday of the last four weeks, those with receipts, the latest first.

    All of each; or, for a day that is going on at `until`, its sums up to the same minute by the wall clock.
    """
    venue, days = await read.venue(), [day - 7 * week * ONE for week in range(1, WEEKS + 1)]
    is_until = or_(*_until(days, until, venue.timezone)) if until else true()
    sums = (
        func.sum(Receipt.total),
        *(func.sum(case((is_until, one), else_=0)) for one in (Receipt.total, Receipt.covers)),
    )
    mine = (Receipt.venue_id == venue.id, Receipt.business_day.in_(days))
    by = (Receipt.business_day, Receipt.hour)
    found = {one: Before(one) for one in days}
    for known, hour, total, turnover, covers in await rows(read, select(*by, *sums).where(*mine).group_by(*by)):
        before = found[known]
        before.hours[hour] = total
        before.turnover += turnover
        before.covers += covers
    return [one for one in found.values() if one.hours]


def _until(days: Sequence[date], at: datetime, timezone: str) -> list[Any]:
    """The condition for each of these days that a receipt was closed by the same minute of its own week."""
    wall = clock.local(at, timezone).replace(tzinfo=None)
    cuts = [(wall - 7 * week * ONE).replace(tzinfo=ZoneInfo(timezone)) for week in range(1, len(days) + 1)]
    return [and_(Receipt.business_day == day, Receipt.closed_at <= cut) for day, cut in zip(days, cuts, strict=True)]


def average(before: Sequence[Before]) -> dict[str, int] | None:
    """What these weeks came to on average: how many they were, turnover, covers."""
    if not before:
        return None
    sums = {name: sum(getattr(one, name) for one in before) for name in ("turnover", "covers")}
    return {"weeks": len(before), **{name: each(value, len(before)) for name, value in sums.items()}}


def band(before: Sequence[Before], hours: Sequence[int]) -> dict[int, dict[str, int]]:
    """What is usual in each of these hours: the lowest, the middle and the highest of the weeks before."""
    told = {}
    for hour in hours if before else ():
        known = [one.hours.get(hour, 0) for one in before]
        told[hour] = {"low": min(known), "usual": round(median(known)), "high": max(known)}
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
    """Refunds, voids, comps and discounts: how often and how much of each, the dearest with their reasons, the sum."""
    deeds = [one for one in await show_deeds(read, span) if one.kind in LOST]
    kinds = [_kind(kind, some) for kind in LOST if (some := [one for one in deeds if one.kind == kind])]
    return {
        "amount": sum(one["amount"] for one in kinds),
        "kinds": kinds,
        "dearest": [
            {"kind": one.kind, "reason": one.reason, "person": one.person, "times": one.times, "amount": one.amount}
            for one in deeds[:DEAREST]
        ],
        "reasons": len(deeds),
    }


def _kind(kind: str, some: Sequence[Deed]) -> dict[str, Any]:
    return {"kind": kind, "times": sum(one.times for one in some), "amount": sum(one.amount for one in some)}


async def expenses(read: Read, day: date) -> list[dict[str, Any]]:
    """What was paid out of the drawers on a day, tips apart: when, for what, how much."""
    venue = await read.venue()
    mine = (Movement.venue_id == venue.id, Movement.business_day == day, Movement.kind == MovementKind.PAY_OUT)
    found = await read.session.scalars(select(Movement).where(*mine, Movement.tip == 0).order_by(Movement.seq))
    return [{"at": one.moved_at.isoformat(), "reason": one.reason, "amount": one.amount} for one in found]


def bottom(items: Sequence[Row], count: int = 5) -> list[Row]:
    """What sold least of what sold at all, by pieces."""
    return sorted((row for row in items if row[3] > 0), key=lambda row: (row[3], row[4], row[:3]))[:count]
