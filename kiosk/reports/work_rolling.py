"""Keeping people's work of days that are over, as soon as no sign-in of them goes on: then it changes no more."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import astuple
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import delete, func, insert, select

from kiosk.core import clock
from kiosk.core.db import Database, Read, Tx
from kiosk.reports.models import Rollup
from kiosk.reports.ranges import ONE, Days, each_day
from kiosk.reports.rollups import FIGURES, KEYS, rows, runs_between
from kiosk.reports.work import DIMENSION, KEPT, KEPT_DAY, WorkByDay, begun_on, kept_days, of_sign_ins, worked
from kiosk.staff.models import StaffSession

KEPT_AT_ONCE: Final = 7
"""So many days are kept in one transaction."""
DAYS_LOOKED_AT: Final = 31
"""Of so many days it is looked every time whether sign-ins came to them."""
PAUSE_S: Final = 0.02


async def keep_missing(db: Database, last: date) -> None:
    """Keep the work of every day until this one that is not kept yet, some days at a time."""
    async with db.read() as read:
        runs = await _unkept(read, last)
    for first, until in runs:
        async with db.read() as read:
            work, begun = await of_sign_ins(read, first, until), await begun_on(read, each_day(first, until))
        await db.run(partial(keep, first=first, last=until, work=work, begun=begun))
        await asyncio.sleep(PAUSE_S)


async def _unkept(read: Read, last: date) -> list[Days]:
    """The runs of days, from the first sign-in on, that are not kept and of which nobody is signed in still.

    A kept day to which sign-ins came is among them.
    """
    venue = await read.venue()

    def day_of(at: datetime) -> date:
        return clock.business_day(at, timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)

    begun = (await read.session.scalars(select(func.min(StaffSession.started_at)))).one()
    first = day_of(begun) if begun else last + ONE
    going_on = await read.session.scalars(select(StaffSession.started_at).where(StaffSession.ended_at.is_(None)))
    busy = {day_of(at) for at in going_on}
    if first > last:
        return []
    kept = {*await kept_days(read, first, last)} - await _stale(read, last)
    return [part for run in runs_between(first, last, sorted(kept | busy)) for part in _parts(*run)]


async def _stale(read: Read, last: date) -> set[date]:
    """Which of the last days are kept with fewer sign-ins than began on them.

    They can only come to a kept day when the computer's clock was ahead for a while.
    """
    venue, days = await read.venue(), each_day(last - (DAYS_LOOKED_AT - 1) * ONE, last)
    mine = (Rollup.venue_id == venue.id, Rollup.dimension == KEPT_DAY, Rollup.business_day >= days[0])
    begun = await begun_on(read, days)
    kept = await rows(read, select(Rollup.business_day, Rollup.times).where(*mine, Rollup.business_day <= last))
    return {day for day, count in kept if begun.get(day, 0) != count}


def _parts(first: date, last: date) -> list[Days]:
    """A run of days, some at a time."""
    return [(day, min(last, day + (KEPT_AT_ONCE - 1) * ONE)) for day in each_day(first, last)[::KEPT_AT_ONCE]]


async def keep(tx: Tx, first: date, last: date, work: WorkByDay, begun: Mapping[date, int]) -> None:
    """Keep the work of these days, on each of which so many sign-ins began, in place of what was kept of them."""
    await tx.draw("rollup")
    venue = await tx.venue()
    mine = (Rollup.venue_id == venue.id, Rollup.dimension.in_((DIMENSION, KEPT_DAY)))
    await tx.change(delete(Rollup).where(*mine, Rollup.business_day.between(first, last)))
    nothing = dict.fromkeys(FIGURES, 0) | dict.fromkeys(KEYS, "") | {"venue_id": venue.id, "place": 0}
    kept = [{"dimension": KEPT_DAY, "business_day": day, "times": begun.get(day, 0)} for day in each_day(first, last)]
    made: list[dict[str, Any]] = [nothing | one for one in kept]
    for place, (name, day) in enumerate(sorted(work), start=1):
        told = {"dimension": DIMENSION, "business_day": day, "place": place, "first_key": name}
        minutes = zip((column.key for column in KEPT), astuple(work[name, day]), strict=True)
        made.append(nothing | told | dict(minutes))
    await tx.change(insert(Rollup), made)


async def differs(read: Read, day: date) -> bool:
    """Whether what is kept of a day is not what its sign-ins tell."""
    return await worked(read, day, day) != await of_sign_ins(read, day, day)
