"""What the payroll needs of a period: for each person the days and time at work, and what was sold and tipped.

Time is taken from sign-ins: on each business day from the first until the last tap, and the part of it in which the
person was signed in on any device. Nobody clocks in, so it is what the tablets saw and no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from kiosk.core import clock
from kiosk.core.db import Read
from kiosk.reports.errors import RangeBackwards
from kiosk.reports.rollups import STAFF, spanned, told
from kiosk.staff.models import Person, StaffSession

COLUMNS = (
    *("person", "first_day", "last_day", "days", "minutes_first_to_last_tap", "minutes_signed_in"),
    *("receipts", "covers", "sales", "tips", "currency"),
)
BESIDE = timedelta(days=2)
"""How far a business day may reach beyond its date, in any time zone and with any hour at which it ends."""

Stay = tuple[datetime, datetime]


@dataclass(frozen=True)
class Work:
    """A person's period; minutes are whole, money in minor units."""

    person: str
    days: int
    minutes: int
    signed_in: int
    receipts: int
    covers: int
    sales: int
    tips: int


async def payroll(read: Read, first: date, last: date) -> list[Work]:
    """Everybody who tapped or sold from the first to the last business day, by name. Raises RangeBackwards."""
    if last < first:
        raise RangeBackwards(first, last)
    venue = await read.venue()
    stays = await _stays(read, first, last)
    sold = {row[0]: row[1:] for row in await told(read, await spanned(read, venue.id, first, last), STAFF)}
    return [_work(name, stays.get(name, {}), sold.get(name, (0, 0, 0, 0))) for name in sorted({*stays, *sold})]


def _work(name: str, days: dict[date, list[Stay]], sold: Sequence[int]) -> Work:
    spans = (max(end for _, end in stays) - min(start for start, _ in stays) for stays in days.values())
    return Work(
        name, len(days), sum(map(_minutes, spans)), sum(_minutes(_covered(one)) for one in days.values()), *sold
    )


async def _stays(read: Read, first: date, last: date) -> dict[str, dict[date, list[Stay]]]:
    """When each person was signed in, by business day of the sign-in."""
    venue = await read.venue()
    since, until = (datetime.combine(day, time(), UTC) for day in (first - BESIDE, last + BESIDE))
    asked = select(Person.name, StaffSession.started_at, StaffSession.active_at).join(
        Person, Person.id == StaffSession.person_id
    )
    found: dict[str, dict[date, list[Stay]]] = defaultdict(lambda: defaultdict(list))
    mine = (Person.venue_id == venue.id, StaffSession.started_at.between(since, until))
    for name, start, end in await read.session.execute(asked.where(*mine)):
        day = clock.business_day(start, timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)
        if first <= day <= last:
            found[name][day].append((start, max(start, end)))
    return found


def _covered(stays: Iterable[Stay]) -> timedelta:
    """How long at least one of the stays lasted."""
    total, reached = timedelta(), datetime.min.replace(tzinfo=UTC)
    for start, end in sorted(stays):
        total += max(end - max(start, reached), timedelta())
        reached = max(reached, end)
    return total


def _minutes(some: timedelta) -> int:
    return (some + timedelta(seconds=30)) // timedelta(minutes=1)
