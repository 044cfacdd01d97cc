"""How long people were at work, as their sign-ins tell it: nobody clocks in, so it is what tablets saw and no more.

Work lasts from the first until the last tap of a business day, long pauses left out, and ends with the day at the
latest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, case, func, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from kiosk.core.db import Read
from kiosk.core.models import Venue
from kiosk.payments.till_acts import end_of
from kiosk.reports.models import Rollup
from kiosk.reports.ranges import ONE, each_day
from kiosk.reports.rollups import rows, runs_between
from kiosk.staff.models import Person, StaffSession

LONG_PAUSE_S: Final = 2 * 60 * 60
"""Between lunch and dinner people go home: no tap for so long is no work."""
BESIDE: Final = 2 * ONE
"""How far a business day may lie beside the date of a sign-in, in any time zone and with any cut-over."""
DAYS_AT_ONCE: Final = 31
"""Of how many days one statement tells, each with a branch of its own."""
DIMENSION: Final = "work"
KEPT_DAY: Final = "work_day"
"""Rollups of people's work, and one that says of a day that its work is rolled up, and of how many sign-ins."""
KEPT: Final = (Rollup.times, Rollup.pieces, Rollup.covers)
"""Where the rollups have the minutes of `Worked`, in its order."""


@dataclass(frozen=True)
class Worked:
    """A person's business day in whole minutes: at work, from the first to the last tap, and signed in anywhere."""

    minutes: int
    first_to_last: int
    signed_in: int


WorkByDay = dict[tuple[str, date], Worked]
"""Everybody's business days by name and day."""


class seconds_of(GenericFunction[int]):
    """An instant as whole seconds since 1970."""

    type = Integer()
    inherit_cache = True


@compiles(seconds_of)
def _on_sqlite(element: Any, compiler: SQLCompiler, **more: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **more)}) AS INTEGER)"


@compiles(seconds_of, "mysql")
@compiles(seconds_of, "mariadb")
def _on_mysql(element: Any, compiler: SQLCompiler, **more: Any) -> str:
    return f"TIMESTAMPDIFF(SECOND, '1970-01-01', {compiler.process(element.clauses, **more)})"


async def worked(read: Read, first: date, last: date) -> WorkByDay:
    """Everybody's work on each business day from the first to the last, by name and day."""
    found, old = {}, await kept_days(read, first, last)
    if old:
        asked = select(Rollup.first_key, Rollup.business_day, *KEPT).where(*await _kept(read, first, last))
        found = {(name, day): Worked(*minutes) for name, day, *minutes in await rows(read, asked)}
    for run in runs_between(first, last, old):
        found |= await of_sign_ins(read, *run)
    return found


async def kept_days(read: Read, first: date, last: date) -> list[date]:
    """The days from the first to the last whose work is rolled up: nobody's sign-in of them goes on any more."""
    venue = await read.venue()
    mine = (Rollup.venue_id == venue.id, Rollup.dimension == KEPT_DAY, Rollup.business_day.between(first, last))
    return list(await read.session.scalars(select(Rollup.business_day).where(*mine).order_by(Rollup.business_day)))


async def _kept(read: Read, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    venue = await read.venue()
    return (Rollup.venue_id == venue.id, Rollup.dimension == DIMENSION, Rollup.business_day.between(first, last))


async def of_sign_ins(read: Read, first: date, last: date, until: datetime | None = None) -> WorkByDay:
    """The same, read from the sign-ins themselves; `until` a moment, or all of it."""
    venue = await read.venue()
    found = {}
    for days in _runs(await _known(read, venue, first, last)):
        for name, place, *seconds in await rows(read, _asked(venue, days, until)):
            found[name, days[place]] = Worked(*map(_minutes, seconds))
    return found


async def begun_on(read: Read, days: Sequence[date]) -> dict[date, int]:
    """How many sign-ins began on each of these days, which follow each other and are at most DAYS_AT_ONCE."""
    venue = await read.venue()
    ends = [end_of(day, venue) for day in days]
    within = (StaffSession.started_at >= end_of(days[0] - ONE, venue), StaffSession.started_at < ends[-1])
    begun = select(_by_end(ends, range(len(ends))).label("place")).where(*within).subquery()
    asked = select(begun.c.place, func.count()).group_by(begun.c.place)
    return {days[place]: count for place, count in await rows(read, asked)}


async def minutes_of(read: Read, first: date, last: date, until: datetime | None = None) -> dict[str, int]:
    """Everybody's minutes at work from the first to the last business day, by name; the last day `until` a moment."""
    found: dict[str, int] = defaultdict(int)
    old = await kept_days(read, first, last - ONE if until else last)
    if old:
        asked = select(Rollup.first_key, func.sum(KEPT[0])).where(*await _kept(read, first, old[-1]))
        found |= dict(await rows(read, asked.group_by(Rollup.first_key)))
    for run in runs_between(first, last, old):
        for (name, _), one in (await of_sign_ins(read, *run, until)).items():
            found[name] += one.minutes
    return dict(found)


def _minutes(seconds: int) -> int:
    return (seconds + 30) // 60


async def _known(read: Read, venue: Venue, first: date, last: date) -> list[date]:
    """The days from the first to the last that lie between the first and the last sign-in of these."""
    mine = (StaffSession.started_at >= end_of(first - ONE, venue), StaffSession.started_at < end_of(last, venue))
    asked = select(func.min(StaffSession.started_at), func.max(StaffSession.started_at)).where(*mine)
    begin, end = (await read.session.execute(asked)).one()
    if begin is None:
        return []
    first, last = max(first, begin.date() - BESIDE), min(last, end.date() + BESIDE)
    return [day for day in each_day(first, last) if end_of(day, venue) > begin and end_of(day - ONE, venue) <= end]


def _runs(days: Sequence[date]) -> Iterator[Sequence[date]]:
    return (days[at : at + DAYS_AT_ONCE] for at in range(0, len(days), DAYS_AT_ONCE))


def _asked(venue: Venue, days: Sequence[date], until: datetime | None) -> Any:
    """name, place among these days, seconds at work, from the first to the last tap, and signed in"""
    stays = _stays(venue, days, until)
    each, order = (stays.c.person_id, stays.c.place), (stays.c.start_s, stays.c.id)
    before = func.max(stays.c.end_s).over(partition_by=each, order_by=order, rows=(None, -1))
    beside = select(stays, before.label("reached_s")).subquery()
    start, end, reached = beside.c.start_s, beside.c.end_s, beside.c.reached_s
    pause = func.sum(case((start - reached >= LONG_PAUSE_S, start - reached), else_=0))
    alone = case((reached.is_(None) | (reached < start), end - start), (reached < end, end - reached), else_=0)
    whole = func.max(end) - func.min(start)
    return (
        select(Person.name, beside.c.place, whole - pause, whole, func.sum(alone))
        .join(Person, Person.id == beside.c.person_id)
        .where(Person.venue_id == venue.id)
        .group_by(Person.name, beside.c.place)
    )


def _stays(venue: Venue, days: Sequence[date], latest: datetime | None) -> Any:
    """Every sign-in of these days: whose, on which of them, from and until which second.

    It lasts until the day ends at most, and until the latest moment that is asked about.
    """
    ends = [end_of(day, venue) for day in days]
    start, tapped = seconds_of(StaffSession.started_at), seconds_of(StaffSession.active_at)
    day_end = _by_end(ends, [int(min(end, latest or end).timestamp()) for end in ends])
    until = case((tapped < start, start), (tapped > day_end, day_end), else_=tapped)
    columns = (StaffSession.id, StaffSession.person_id, _by_end(ends, range(len(ends))).label("place"))
    last = min(ends[-1], latest or ends[-1])
    within = (StaffSession.started_at >= end_of(days[0] - ONE, venue), StaffSession.started_at < last)
    return select(*columns, start.label("start_s"), until.label("end_s")).where(*within).subquery()


def _by_end(ends: Sequence[datetime], values: Iterable[int]) -> ColumnElement[int]:
    """The value that belongs to the first of these ends that a sign-in began before."""
    branches = [(StaffSession.started_at < end, literal(value)) for end, value in zip(ends, values, strict=True)]
    return case(*branches)
