"""What of the dashboard changes between receipts: open checks, the kitchen, tables, what was lost and spent."""

from __future__ import annotations

import time
from asyncio import Lock
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from kiosk.checks import queries as checks
from kiosk.checks.models import Check, CheckState
from kiosk.core.db import Read
from kiosk.payments.till_queries import check_name
from kiosk.reports.evening import Window, expenses, kitchen_times, lost, table_turn
from kiosk.reports.profit import show_profit
from kiosk.reports.rollups import spanned
from kiosk.reports.rules import day_of
from kiosk.reports.takings import business_today

LONGEST: Final = 5
"""How many open checks are named."""
LASTS_S: Final = 5
KEPT: Final = 8


async def show_now(read: Read, named: str) -> dict[str, Any]:
    """What goes on beside the receipts of the business day that is named like 2015-11-27 or "today"."""
    today = await business_today(read)
    day = day_of(named, today)
    return {"day": day.isoformat(), **await now_of(read, day, is_today=day == today)}


async def now_of(read: Read, day: date, *, is_today: bool) -> dict[str, Any]:
    """The same of a day that is known; open checks only of the one that is going on."""
    venue = await read.venue()
    window, span = Window.of(day, venue), await spanned(read, venue.id, day, day)
    return {
        "open": await open_now(read) if is_today else None,
        "table_turn": await table_turn(read, window),
        "kitchen": await kitchen_times(read, window),
        "lost": await lost(read, span),
        "expenses": await expenses(read, day),
        "profit": await show_profit(read, span, is_today=is_today),
    }


async def open_now(read: Read) -> dict[str, Any]:
    """The checks that are still to be settled: how many, their guests, what is due, and the longest open by name."""
    venue = await read.venue()
    mine = (Check.venue_id == venue.id, Check.state == CheckState.OPEN)
    asked = select(Check.id, Check.opened_at).where(*mine).order_by(Check.opened_at, Check.id)
    opened = [(check_id, opened_at) for check_id, opened_at in await read.session.execute(asked)]
    told = await checks.show_summaries(read, [check_id for check_id, _ in opened])
    return {
        "checks": len(told),
        "covers": sum(one.covers for one in told.values()),
        "due": sum(one.open for one in told.values()),
        "longest": [
            {
                "check_id": check_id,
                "name": check_name(told[check_id].dining, told[check_id].label),
                "waiter": told[check_id].waiter,
                "since": opened_at.isoformat(),
                "due": told[check_id].open,
            }
            for check_id, opened_at in opened[:LONGEST]
        ],
    }


@dataclass(frozen=True)
class _Answer:
    version: Any
    at: float
    told: dict[str, Any]


@dataclass
class Fold:
    """Screens that ask for the same at once are answered from one look.

    An answer is given again for some seconds, unless there was news: it may compare with a clock.
    """

    _known: dict[str, _Answer] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    async def told(
        self, key: str, version: Callable[[], Any], look: Callable[[], Awaitable[dict[str, Any]]]
    ) -> dict[str, Any]:
        """What `look` finds, or found since the version became what it is."""
        async with self._lock:
            now, known = version(), self._known.get(key)
            if known is None or known.version != now or time.monotonic() - known.at > LASTS_S:
                known = self._known[key] = _Answer(now, time.monotonic(), {**now, **await look()})
            while len(self._known) > KEPT:
                del self._known[next(iter(self._known))]
            return known.told
