"""The one place that asks what time it is, and the rules of the business day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This instant, in UTC, with microseconds."""
    return datetime.now(UTC)


def business_day(at: datetime, *, timezone: str, cutover_minutes: int) -> date:
    """The trading date an instant belongs to: before the cut-over it is still yesterday, by the venue's wall clock."""
    local = at.astimezone(ZoneInfo(timezone))
    minutes = local.hour * 60 + local.minute
    return local.date() - timedelta(days=1) if minutes < cutover_minutes else local.date()


def local(at: datetime, timezone: str) -> datetime:
    """An instant on the venue's wall clock."""
    return at.astimezone(ZoneInfo(timezone))
