"""Which business day an act belongs to: the clock's, or the one after a day that was closed before the clock ended it.

Money that moves after an early close is booked on the next day, and its Z counts what was done since: so do reports.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Final

from sqlalchemy import ColumnElement, and_, func, select

from kiosk.core import clock
from kiosk.core.db import Read
from kiosk.core.models import JournalEntry, Venue
from kiosk.payments.till_acts import end_of
from kiosk.payments.till_models import ZReport
from kiosk.reports.ranges import ONE, Days

AROUND: Final = timedelta(hours=1)
"""How far beyond the ends of days to look: clocks are changed at night, and an act may have begun before a close."""


@dataclass(frozen=True)
class DeedDays:
    """The business days of acts from the first to the last day; `early` are the last acts that closed days counted."""

    venue: Venue
    days: Days
    begin: datetime
    early: Sequence[tuple[int, date]]

    def within(self) -> ColumnElement[bool]:
        """The condition that an act may lie in these days; `of` tells whether it does."""
        mine, acted_at = JournalEntry.venue_id == self.venue.id, JournalEntry.acted_at
        return and_(mine, acted_at >= self.begin, acted_at < end_of(self.days[1], self.venue) + AROUND)

    def of(self, seq: int, acted_at: datetime) -> date:
        """The business day of the act with this number in the journal."""
        timezone, cutover = self.venue.timezone, self.venue.cutover_minutes
        by_clock = clock.business_day(acted_at, timezone=timezone, cutover_minutes=cutover)
        closed = bisect_left(self.early, seq, key=itemgetter(0))
        return max(by_clock, self.early[closed - 1][1] + ONE) if closed else by_clock

    def holds(self, seq: int, acted_at: datetime) -> bool:
        """Whether an act was done in these days."""
        return self.days[0] <= self.of(seq, acted_at) <= self.days[1]


async def deed_days(read: Read, days: Days) -> DeedDays:
    """What tells the acts of these days from others."""
    venue, (first, last) = await read.venue(), days
    mine = (ZReport.venue_id == venue.id, ZReport.business_day.between(first - ONE, last))
    closed = await read.session.execute(select(ZReport.business_day, ZReport.closed_at).where(*mine))
    early = {day: at for day, at in closed if at < end_of(day, venue)}
    last_counted = func.json_extract(ZReport.figures, "$.journal_seq")
    asked = select(ZReport.business_day, last_counted).where(*mine).order_by(ZReport.business_day)
    counted = [(int(seq), day) for day, seq in await read.session.execute(asked) if day in early] if early else []
    begin = end_of(first - ONE, venue)
    begin = min(begin, early.get(first - ONE, begin))
    return DeedDays(venue, days, begin - AROUND, counted)
