"""The day as a screen reads it: whole numbers by name, beside the same weekday a week before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from kiosk.core import clock
from kiosk.core.db import Read
from kiosk.core.models import Venue
from kiosk.core.money import Money
from kiosk.reports import queries
from kiosk.reports.rollups import spanned
from kiosk.reports.rules import PARTS, Row, Takings, day_of, in_order, place_of
from kiosk.reports.takings import business_today, takings

WEEK = timedelta(days=7)
ONE = timedelta(days=1)
LISTS = ("payments", "items", "categories", "portions", "staff", "taxes")


async def show_day(read: Read, named: str) -> dict[str, Any]:
    """The figures of the business day that is named like 2015-11-27 or "today"; amounts in minor units."""
    today = await business_today(read)
    day = day_of(named, today)
    venue = await read.venue()
    found = await takings(read, day, day, with_receipts=False)
    before = await queries.hours(read, await spanned(read, venue.id, day - WEEK, day - WEEK))
    return {
        "day": day.isoformat(),
        "today": today.isoformat(),
        "previous": (day - ONE).isoformat(),
        "next": (day + ONE).isoformat() if day < today else None,
        "open_checks": await queries.open_checks(read, venue.id) if day == today else 0,
        "summary": {key: value for key, _, value, _ in found.parts["summary"]},
        "hours": hours_beside(found.parts["hours"], before, venue.cutover_minutes),
        "before": _before(day, before, venue, is_today=day == today),
        **{part: records(found, part) for part in LISTS},
    }


def records(found: Takings, part: str) -> list[dict[str, Any]]:
    """The rows of a part by the names of its columns."""
    return [dict(zip(PARTS[part], row, strict=True)) for row in found.parts[part]]


def hours_beside(hours: Sequence[Row], before: Sequence[Row], cutover_minutes: int) -> list[dict[str, int]]:
    """The hours of two days as one business day runs: turnover of the day, and of the day before it as `before`."""
    told = {row[0]: [*row[1:], 0] for row in hours}
    for hour, *_, turnover in before:
        told.setdefault(hour, [0, 0, 0, 0])[-1] = turnover
    names = (*PARTS["hours"], "before")
    rows = in_order([(hour, *figures) for hour, figures in told.items()], cutover_minutes)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _before(day: date, hours: Sequence[Row], venue: Venue, *, is_today: bool) -> dict[str, Any] | None:
    """The turnover a week before; of a day that is still going on, only up to this hour."""
    until = clock.local(clock.now(), venue.timezone).hour if is_today else None
    turnover = turnover_until(hours, until, venue.cutover_minutes)
    return {"day": (day - WEEK).isoformat(), "turnover": turnover, "until": until} if hours else None


def turnover_until(hours: Sequence[Row], hour: int | None, cutover_minutes: int) -> Money:
    """What was sold up to and with an hour of the business day; without one, all of it."""
    last = 24 if hour is None else place_of(hour, cutover_minutes)
    return sum(row[-1] for row in hours if place_of(row[0], cutover_minutes) <= last)
