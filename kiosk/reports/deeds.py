"""What was taken off, given away or looked odd, by reason and person, as the journal tells it: nobody can bend that.

Amounts are what the guests did not pay, in minor units; what was charged after all counts against it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any, Final

from sqlalchemy import func, insert, select

from kiosk.core.db import Read, Tx
from kiosk.core.models import JournalEntry
from kiosk.reports.deed_days import deed_days
from kiosk.reports.models import Rollup
from kiosk.reports.ranges import Days
from kiosk.reports.rollups import FIGURES, KEYS, Span, added_up, rows

DIMENSION: Final = "deed"
KINDS: Final = {
    "line_voided": "void",
    "line_comped": "comp",
    "line_uncomped": "comp",
    "line_removed": "removal",
    "line_reduced": "removal",
    "discounted": "discount",
    "undiscounted": "discount",
    "price_typed": "open price",
    "no_sale": "no sale",
    "receipt_reprinted": "reprint",
    "tender_corrected": "correction",
    "payment_undone": "undone payment",
    "refunded": "refund",
}
"""The acts of a leak report and what they are called in it."""
TAKEN_BACK: Final = frozenset({"line_uncomped", "undiscounted"})
DISCOUNTS: Final = frozenset({"discounted", "undiscounted"})
NAMED: Final = DISCOUNTS
"""Those that have a name of their own where nobody gave a reason."""
RECEIPTS: Final = frozenset({"tender_corrected", "payment_undone", "refunded"})
REASONED: Final = RECEIPTS | DISCOUNTS | {"line_voided", "line_comped", "line_uncomped", "no_sale"}


@dataclass(frozen=True)
class Deed:
    """So many acts of one kind by one person for one reason; `after_bill` of them after the guests had their bill."""

    kind: str
    reason: str
    person: str
    times: int
    after_bill: int
    amount: int


Key = tuple[date, str, str, str]


async def show_deeds(read: Read, span: Span) -> list[Deed]:
    """What was done in these days, the dearest first."""
    young = [(key[1:], sums) for run in span.young for key, sums in (await _of_journal(read, run, span.until)).items()]
    old = [(row[:3], row[3:]) for row in await rows(read, _of_rollups(span))] if span.has_old else []
    deeds = [Deed(*key, *sums) for key, sums in added_up([*young, *old]).items() if any(sums)]
    return sorted(deeds, key=lambda one: (-one.amount, -one.times, one.kind, one.reason, one.person))


def _of_rollups(span: Span) -> Any:
    keys = (Rollup.first_key, Rollup.second_key, Rollup.third_key)
    sums = (func.sum(one) for one in (Rollup.times, Rollup.returns, Rollup.amount))
    return select(*keys, *sums).where(span.old_of(Rollup), Rollup.dimension == DIMENSION).group_by(*keys)


async def _of_journal(read: Read, run: Days, until: datetime | None = None) -> dict[Key, list[int]]:
    """By day, kind, reason and person: times, after the bill, amount; `until` a moment, or all of it."""
    days = await deed_days(read, run)
    columns = (JournalEntry.seq, JournalEntry.acted_at, JournalEntry.act, JournalEntry.body)
    asked = select(*columns).where(days.within(), JournalEntry.act.in_(list(KINDS)))
    found = [
        (days.of(seq, acted_at), *told(act, json.loads(body)))
        for seq, acted_at, act, body in await read.session.execute(asked)
        if days.holds(seq, acted_at) and (until is None or acted_at <= until)
    ]
    return added_up(((day, *key), sums) for day, key, sums in found)


def told(act: str, content: dict[str, Any]) -> tuple[tuple[str, str, str], list[int]]:
    """What an entry of the journal counts as: kind, reason and person; times, after the bill, amount."""
    details, sign = content["details"], -1 if act in TAKEN_BACK else 1
    reason = str(details.get("reason") or details.get("was") or "") if act in REASONED else ""
    name = str(details.get("name") or "") if act in NAMED else ""
    key = (KINDS[act], (reason or name)[:200], content["by"][1])
    return key, [sign, int(bool(details.get("after_bill"))), sign * _amount(act, details)]


def _amount(act: str, details: dict[str, Any]) -> int:
    """What the guests did not pay because of it."""
    if act in DISCOUNTS:
        return abs(int(details["before"]) - int(details["after"]))
    if act == "line_reduced":
        return int(details["amount"]) * int(details["quantity"] - details["now"]) // int(details["quantity"])
    return abs(int(details.get("total") or 0)) if act in RECEIPTS else int(details.get("amount") or 0)


async def roll_deeds(tx: Tx, span: Span) -> None:
    """Keep what the journal tells of these days."""
    place = count(1)
    found = await _of_journal(tx, (span.first_day, span.last_day))
    made = [_row(span.venue_id, next(place), key, sums) for key, sums in sorted(found.items())]
    if made:
        await tx.change(insert(Rollup), made)


def _row(venue_id: int, place: int, key: Key, sums: list[int]) -> dict[str, Any]:
    day, *keys = key
    head = {"venue_id": venue_id, "dimension": DIMENSION, "business_day": day, "place": place}
    figures = dict.fromkeys(FIGURES, 0) | dict(zip(("times", "returns", "amount"), sums, strict=True))
    return {**head, **dict(zip(KEYS, keys, strict=True)), **figures}
