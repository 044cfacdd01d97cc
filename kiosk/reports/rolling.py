"""Making the rollups of days that are over, forgetting them where the ledger changed, proving that they repeat it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from sqlalchemy import String, cast, delete, func, insert, literal, select

from kiosk.core import clock
from kiosk.core.db import Database, Read, Tx
from kiosk.core.errors import Unavailable
from kiosk.core.events import Fact
from kiosk.payments.models import Receipt, ReceiptLine
from kiosk.payments.till_events import DayClosed
from kiosk.payments.till_queries import book_day
from kiosk.reports import deeds, modifiers, work, work_rolling
from kiosk.reports.deeds import roll_deeds, show_deeds
from kiosk.reports.events import SalesImported
from kiosk.reports.models import RolledDay, Rollup
from kiosk.reports.ranges import ONE, Days
from kiosk.reports.rollups import (
    ALL,
    DAY,
    FIGURES,
    KEYS,
    Grouping,
    Span,
    days_of_ledger,
    rows,
    spanned,
    told,
)

log = logging.getLogger(__name__)
DAYS_AT_ONCE: Final = 7
"""Rolled up in one transaction, so that taps in between do not wait for years of history."""
PAUSE_S: Final = 0.02
DIMENSIONS: Final = (*(one.dimension for one in ALL), deeds.DIMENSION, modifiers.DIMENSION)
"""Everything that is kept; with its name a day is found by the key, without it all of them are looked through."""
LOOK_EVERY_S: Final = 1800


@dataclass(frozen=True)
class Difference:
    """A day and a dimension whose rollups do not repeat the ledger."""

    day: date
    dimension: str


async def last_over(read: Read) -> date:
    """The last business day that is over by the clock and by the book: no receipt comes to it any more."""
    venue = await read.venue()
    today = clock.business_day(clock.now(), timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)
    return min(today, await book_day(read)) - ONE


async def missing(read: Read) -> list[Days]:
    """The runs of days, from the first receipt to the last day that is over, that have no rollups or too few receipts.

    Receipts can only come to a rolled day when the computer's clock was ahead for a while.
    """
    venue = await read.venue()
    first = (await read.session.scalars(select(func.min(Receipt.business_day)))).one()
    last = await last_over(read)
    if first is None or first > last:
        return []
    span = await spanned(read, venue.id, first, last)
    return sorted([*span.young, *((day, day) for day in await _stale(read, span))])


async def _stale(read: Read, span: Span) -> list[date]:
    counted = select(Receipt.business_day, func.count()).where(span.of(Receipt)).group_by(Receipt.business_day)
    entries: dict[date, int] = dict(await rows(read, counted))
    kept = select(RolledDay.business_day, RolledDay.entries).where(span.old_of(RolledDay))
    return [day for day, count in await rows(read, kept) if entries.get(day, 0) != count]


async def roll(tx: Tx, first: date, last: date) -> None:
    """Make the rollups of these days anew, each as the ledger has it in this transaction."""
    venue = await tx.venue()
    span = Span(venue.id, first, last, ((first, last),))
    await forget(tx, [first, last])
    sums = await days_of_ledger(tx, span.of(Receipt), span.of(ReceiptLine))
    nothing = dict.fromkeys(DAY, 0)
    made = {"venue_id": venue.id, "rolled_at": tx.at}
    await tx.change(insert(RolledDay), [{**made, "business_day": day, **sums.get(day, nothing)} for day in _each(span)])
    for grouping in ALL:
        await tx.change(_rolled(span, grouping))
    await roll_deeds(tx, span)
    await modifiers.roll_modifiers(tx, span)


def _each(span: Span) -> Iterable[date]:
    day = span.first_day
    while day <= span.last_day:
        yield day
        day += ONE


def _rolled(span: Span, grouping: Grouping) -> Any:
    """The database groups and keeps the rows itself."""
    day = grouping.table.business_day
    place = func.row_number().over(partition_by=day, order_by=list(grouping.keys))
    keys = [cast(key, String(200)) for key in grouping.keys] + [literal("")] * (len(KEYS) - len(grouping.keys))
    figures = [grouping.figures.get(name, literal(0)) for name in FIGURES]
    head = (literal(span.venue_id), literal(grouping.dimension), day, place)
    asked = select(*head, *keys, *figures).where(span.of(grouping.table)).group_by(day, *grouping.keys)
    if grouping.joined is not None:
        asked = asked.select_from(grouping.joined)
    columns = ("venue_id", "dimension", "business_day", "place", *KEYS, *FIGURES)
    return insert(Rollup).from_select(list(columns), asked)


async def forget(tx: Tx, days: Collection[date]) -> None:
    """Let go of the rollups from the first to the last of these days, because receipts come to them.

    One at a time: until the commit nobody else rolls up, so call it before the receipts are written.
    """
    await tx.draw("rollup")
    venue = await tx.venue()
    span = Span(venue.id, min(days), max(days), ())
    await tx.change(delete(RolledDay).where(span.old_of(RolledDay)))
    await tx.change(delete(Rollup).where(span.old_of(Rollup), Rollup.dimension.in_(DIMENSIONS)))


async def _is_kept_after(read: Read, day: date) -> bool:
    """Whether days that are not over are kept, as they are when the computer's clock was ahead for a while."""
    asked = [select(table.business_day).where(*mine).limit(1) for table, mine in await _kept_after(read, day)]
    return any([(await read.session.scalars(one)).first() for one in asked])


async def _let_go_after(tx: Tx, day: date) -> None:
    """Let go of what is kept of days after this one; nobody else rolls up meanwhile."""
    await tx.draw("rollup")
    for table, mine in await _kept_after(tx, day):
        await tx.change(delete(table).where(*mine))


async def _kept_after(read: Read, day: date) -> list[tuple[type[RolledDay] | type[Rollup], tuple[Any, ...]]]:
    venue_id = (await read.venue()).id
    named = Rollup.dimension.in_((*DIMENSIONS, work.DIMENSION, work.KEPT_DAY))
    return [
        (RolledDay, (RolledDay.venue_id == venue_id, RolledDay.business_day > day)),
        (Rollup, (Rollup.venue_id == venue_id, named, Rollup.business_day > day)),
    ]


async def kept_days(read: Read) -> list[date]:
    """The days with rollups, one after the other."""
    asked = select(RolledDay.business_day).where(RolledDay.venue_id == (await read.venue()).id)
    return list(await read.session.scalars(asked.order_by(RolledDay.business_day)))


async def make_anew(db: Database, days: Iterable[date]) -> None:
    """Let go of all that is kept of these days, time at work too, and make it again from what it repeats."""

    async def let_go(tx: Tx, day: date) -> None:
        await forget(tx, [day])
        mine = (Rollup.venue_id == (await tx.venue()).id, Rollup.dimension.in_((work.DIMENSION, work.KEPT_DAY)))
        await tx.change(delete(Rollup).where(*mine, Rollup.business_day == day))

    for day in days:
        await db.run(partial(let_go, day=day))
    await roll_missing(db)


async def differences(read: Read, first: date, last: date) -> list[Difference]:
    """Where rollups and ledger differ, day by day; none, or the rollups were bent."""
    venue = await read.venue()
    found = []
    span = await spanned(read, venue.id, first, last)
    old = {day for day in _each(span)} - {day for begin, end in span.young for day in _each(Span(0, begin, end, ()))}
    for day in sorted(old):
        found += [Difference(day, name) for name in await _different(read, venue.id, day)]
    return found


async def _different(read: Read, venue_id: int, day: date) -> list[str]:
    young, old = Span(venue_id, day, day, ((day, day),)), Span(venue_id, day, day, ())
    named = [one.dimension for one in ALL if sorted(await told(read, young, one)) != sorted(await told(read, old, one))]
    if await show_deeds(read, young) != await show_deeds(read, old):
        named.append(deeds.DIMENSION)
    if await modifiers.show_modifiers(read, young) != await modifiers.show_modifiers(read, old):
        named.append(modifiers.DIMENSION)
    if await work_rolling.differs(read, day):
        named.append(work.DIMENSION)
    ledger = (await days_of_ledger(read, young.of(Receipt), young.of(ReceiptLine))).get(day, dict.fromkeys(DAY, 0))
    columns = [getattr(RolledDay, name) for name in DAY]
    kept = (await rows(read, select(*columns).where(old.old_of(RolledDay))))[0]
    return [*named, *(["day"] if kept != tuple(ledger[name] for name in DAY) else [])]


class Roller:
    """Rolls up what is over: at the start, after a close or an import, and now and then."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin with what is missing."""
        self._db.bus.listen(self._hear)
        self._wake.set()
        self._task = asyncio.create_task(self._run(), name="rollups")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _hear(self, fact: Fact) -> None:
        if isinstance(fact, DayClosed | SalesImported):
            self._wake.set()

    async def _run(self) -> None:
        while True:
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._wake.wait()
            except TimeoutError:
                log.debug("looking whether a day is over")
            self._wake.clear()
            try:
                await roll_missing(self._db)
            except Unavailable as away:
                log.warning("the days that are over are added up later: %s", away)
            except Exception:
                log.exception("the days that are over could not be added up; reports read their receipts instead")


async def roll_missing(db: Database) -> int:
    """Roll up every day that is over and has no rollups yet, some at a time. Returns how many days."""
    async with db.read() as read:
        runs, over = await missing(read), await last_over(read)
        is_ahead = await _is_kept_after(read, over)
    if is_ahead:
        await db.run(partial(_let_go_after, day=over))
    parts = [part for run in runs for part in _parts(*run)]
    for first, last in parts:
        await db.run(partial(roll, first=first, last=last))
        await asyncio.sleep(PAUSE_S)
    await work_rolling.keep_missing(db, over)
    return sum((last - first).days + 1 for first, last in parts)


def _parts(first: date, last: date) -> Iterable[Days]:
    """A run of days, some at a time."""
    while first <= last:
        until = min(last, first + (DAYS_AT_ONCE - 1) * ONE)
        yield first, until
        first = until + ONE
