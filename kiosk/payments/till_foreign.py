"""Notes of other currencies in a drawer: what lies in it by its receipts, and what of it was counted.

A guest's note in another currency lies in the drawer, and the change is missing there in ours. So it is counted apart,
and is worth what the receipts that took it said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from kiosk.core.db import Read
from kiosk.core.money import Currency, Money, divide_rounded
from kiosk.payments.models import Tender
from kiosk.payments.rules import TenderKind
from kiosk.payments.till_models import Drawer


@dataclass(frozen=True)
class Lying:
    """So much of a currency, in its minor units, and what its receipts took it for in ours."""

    code: str
    amount: Money
    worth: Money

    def worth_of(self, counted: Money) -> Money:
        """What so much of it is worth at the rates of the receipts, one with another."""
        return self.worth if counted == self.amount else divide_rounded(counted * self.worth, self.amount)


async def lying_in(read: Read, drawers: Sequence[Drawer]) -> dict[int, list[Lying]]:
    """The notes of other currencies that cash tenders brought into each of these drawers and none took out again."""
    found: dict[int, list[Lying]] = defaultdict(list)
    if not drawers:
        return found
    venue, since = await read.venue(), min(one.opened_day for one in drawers)
    mine = (Tender.venue_id == venue.id, Tender.business_day >= since, Tender.kind == TenderKind.CASH)
    theirs = (Tender.drawer_id.in_([one.id for one in drawers]), Tender.currency_code.is_not(None))
    sums = (func.sum(Tender.currency_given), func.sum(Tender.given))
    by = (Tender.drawer_id, Tender.currency_code)
    for drawer_id, code, amount, worth in await read.session.execute(
        select(*by, *sums).where(*mine, *theirs).group_by(*by).order_by(Tender.currency_code)
    ):
        if int(amount or 0) > 0:
            found[drawer_id or 0].append(Lying(str(code), int(amount or 0), int(worth)))
    return found


def compared(lying: Iterable[Lying], counted: Mapping[str, int]) -> list[dict[str, Any]]:
    """Each currency as it was to be expected and as it was counted, with what both are worth in ours."""
    return [
        {"code": one.code, "expected": one.amount, "expected_worth": one.worth}
        | {"counted": counted.get(one.code, 0), "counted_worth": one.worth_of(counted.get(one.code, 0))}
        for one in lying
    ]


def told(code: str, amount: Money, locale: str) -> str:
    """So much of a currency in words: USD 1,234.50."""
    return f"{code} {Currency(code, locale).say(amount)}"
