"""The day as a screen reads it: whole numbers by name, beside the same weekday of the weeks before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from kiosk.core import clock
from kiosk.core.db import Read
from kiosk.core.models import Venue
from kiosk.reports.dashboard import now_of
from kiosk.reports.evening import Before, average, band, bottom, weeks_before
from kiosk.reports.forecast_rules import Forecast
from kiosk.reports.forecast_view import Today, today_of
from kiosk.reports.ranges import ONE
from kiosk.reports.rules import PARTS, Row, day_of, in_order
from kiosk.reports.takings import business_today, takings

WEEK = 7 * ONE
LISTS = ("payments", "items", "categories", "portions", "staff", "taxes")


async def show_day(read: Read, named: str, ahead: Forecast | None = None) -> dict[str, Any]:
    """The figures of the business day that is named like 2015-11-27 or "today"; amounts in minor units.

    Of the day that is going on the hours tell what the forecast expects, where there is one, instead of what is usual.
    """
    today = await business_today(read)
    day = day_of(named, today)
    venue = await read.venue()
    until = clock.now() if day == today else None
    found = await takings(read, day, day, with_receipts=False)
    before = await weeks_before(read, day, until)
    expected = today_of(ahead, day) if day == today else None
    return {
        "day": day.isoformat(),
        "today": today.isoformat(),
        "previous": (day - ONE).isoformat(),
        "next": (day + ONE).isoformat() if day < today else None,
        "summary": {key: value for key, _, value, _ in found.parts["summary"]},
        "hours": hours_beside(found.parts["hours"], before, day, venue.cutover_minutes, expected),
        "forecast": {"how": expected.how, "expected": expected.expected} if expected else None,
        "before": _week_before(before, day, until, venue),
        "usual": average(before),
        **{part: records(part, found.parts[part]) for part in LISTS},
        "least": records("items", bottom(found.parts["items"])),
        "now": await now_of(read, day, is_today=day == today),
    }


def records(part: str, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows of a part of the report by the names of its columns."""
    return [dict(zip(PARTS[part], row, strict=True)) for row in rows]


def hours_beside(
    hours: Sequence[Row], before: Sequence[Before], day: date, cutover_minutes: int, expected: Today | None = None
) -> list[dict[str, int]]:
    """The hours in which anything was sold or is expected, as one business day runs.

    Each with what was sold `before`, a week ago, and with what is usual, or expected: `low`, `usual`, `high`.
    """
    weeks = {one.day: one.hours for one in before}
    nothing = (0,) * (len(PARTS["hours"]) - 1)
    known = {hour for one in before for hour in one.hours} | (expected.hours.keys() if expected else set())
    told = {hour: (hour, *nothing) for hour in known} | {row[0]: row for row in hours}
    rows = in_order(list(told.values()), cutover_minutes)
    drawn, last = [row[0] for row in rows], weeks.get(day - WEEK, {})
    usual = expected.band(drawn) if expected else band(before, drawn)
    return [{**one, "before": last.get(one["hour"], 0), **usual.get(one["hour"], {})} for one in records("hours", rows)]


def _week_before(before: Sequence[Before], day: date, until: datetime | None, venue: Venue) -> dict[str, Any] | None:
    """The same weekday a week before; of a day that is still going on, up to this minute."""
    last = next((one for one in before if one.day == day - WEEK), None)
    if last is None:
        return None
    minute = f"{clock.local(until, venue.timezone):%H:%M}" if until else None
    return {"day": last.day.isoformat(), "turnover": last.turnover, "covers": last.covers, "until": minute}
