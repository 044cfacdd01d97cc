"""How long a station takes, and when the kitchen had best be told of the next course. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from kiosk.core import clock

SIDE_BY_SIDE = 4
"""Tickets a station cooks at once in its usual time; a further one waits its turn."""


def fire_at(last_plate_at: datetime, gap_s: int, waits: Iterable[int]) -> datetime:
    """When to fire the next course so that it is ready `gap_s` seconds after the last plate; never before that plate.

    `waits` are the seconds the stations concerned would take now; the slowest one counts.
    """
    return last_plate_at + timedelta(seconds=max(0, gap_s - max(waits, default=0)))


def typical(took: Sequence[int], otherwise: int) -> int:
    """Seconds from fire to bump at a station of late; `otherwise` while too few were bumped to tell."""
    return round(median(took)) if len(took) >= 3 else otherwise


def wait(typical_s: int, tickets: int) -> int:
    """Seconds until a ticket fired now is ready, with so many tickets before it."""
    in_line = max(0, tickets - SIDE_BY_SIDE + 1)
    return typical_s + typical_s * in_line // SIDE_BY_SIDE


def day_began(at: datetime, timezone: str, cutover_minutes: int) -> datetime:
    """When the business day began that an instant belongs to."""
    day = clock.business_day(at, timezone=timezone, cutover_minutes=cutover_minutes)
    return datetime.combine(day, time(), ZoneInfo(timezone)) + timedelta(minutes=cutover_minutes)
