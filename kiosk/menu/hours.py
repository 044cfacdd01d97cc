"""What time it is on the menu: the venue's wall clock and its business day."""

from __future__ import annotations

from datetime import date, datetime

from kiosk.core import clock
from kiosk.core.db import Read, Tx


async def wall_clock(read: Read) -> datetime:
    """Now, on the venue's wall clock; in a transaction the instant it began."""
    return clock.local(_at(read), (await read.venue()).timezone)


async def business_day(read: Read) -> date:
    """The venue's business day now."""
    venue = await read.venue()
    return clock.business_day(_at(read), timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)


def _at(read: Read) -> datetime:
    return read.at if isinstance(read, Tx) else clock.now()
