"""What the journal tells of a day: what was voided after it was sent, comped, carried over, opened without a sale.

Each of these acts is counted in exactly one Z: those after the entries the last Z counted, and before the day ended.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from kiosk.checks import queries as checks
from kiosk.core.db import Read
from kiosk.core.models import JournalEntry, Venue
from kiosk.payments.till_models import ZReport

CARRIED: Final = "check_carried_over"
COUNTED: Final = {
    "line_voided": ("voids", 1),
    "line_comped": ("comps", 1),
    "line_uncomped": ("comps", -1),
    "no_sale": ("no_sales", 1),
}
"""The acts that X and Z count, as what, and whether for or against it."""


async def acts_of(read: Read, day: date) -> tuple[dict[str, Any], int]:
    """{voids, comps, no_sales: {count, amount}, carried: [...]} of a day, and the last entry of the journal in it."""
    venue, before = await read.venue(), await _counted_before(read, day)
    since = (JournalEntry.venue_id == venue.id, JournalEntry.seq > before)
    mine = (*since, JournalEntry.acted_at < end_of(day, venue))
    told: dict[str, Any] = {name: {"count": 0, "amount": 0} for name, _ in COUNTED.values()}
    asked = select(JournalEntry.act, JournalEntry.body).where(*mine, JournalEntry.act.in_(list(COUNTED)))
    for act, body in await read.session.execute(asked):
        name, sign = COUNTED[act]
        told[name]["count"] += sign
        told[name]["amount"] += sign * int(json.loads(body)["details"].get("amount") or 0)
    last = (await read.session.execute(select(func.max(JournalEntry.seq)).where(*mine))).scalar_one()
    return {**told, "carried": await _carried(read, day, before)}, last or before


async def _carried(read: Read, day: date, before: int) -> list[dict[str, Any]]:
    """The checks that went on from a day into the next and are still open, whenever somebody said so."""
    venue = await read.venue()
    mine = (JournalEntry.venue_id == venue.id, JournalEntry.seq > before, JournalEntry.act == CARRIED)
    found: dict[int, dict[str, Any]] = {}
    for body in await read.session.scalars(select(JournalEntry.body).where(*mine).order_by(JournalEntry.seq)):
        content = json.loads(body)
        if content["details"]["to"] == (day + timedelta(days=1)).isoformat():
            found[content["subject"][1]] = content["details"] | {"by": content["by"][1]}
    is_open = set(await checks.show_open_ids(read)) if found else set()
    return [told for check_id, told in found.items() if check_id in is_open]


async def _counted_before(read: Read, day: date) -> int:
    """The last entry of the journal that a Z before this day counted."""
    venue = await read.venue()
    before = (ZReport.venue_id == venue.id, ZReport.business_day < day)
    found = select(ZReport.figures).where(*before).order_by(ZReport.business_day.desc()).limit(1)
    figures = (await read.session.execute(found)).scalar_one_or_none()
    return int(figures["journal_seq"]) if figures else 0


def end_of(day: date, venue: Venue) -> datetime:
    """When the clock ends a business day."""
    cutover = time(venue.cutover_minutes // 60, venue.cutover_minutes % 60, tzinfo=ZoneInfo(venue.timezone))
    return datetime.combine(day + timedelta(days=1), cutover)
