"""What a range of the daybook comes to, out of the running sums of two Zs and the days that are not closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from kiosk.core.db import Read
from kiosk.core.money import Money
from kiosk.payments.rules import MovementKind
from kiosk.payments.till_models import Movement, ZReport
from kiosk.reports.daybook import Asked, with_index
from kiosk.reports.ranges import ONE


class Key(NamedTuple):
    """What movements are summed by."""

    account: str
    kind: str
    person: int | None


class Sum(NamedTuple):
    """How many movements, what they come to, and the tips in that."""

    number: int
    amount: Money
    tip: Money


Sums = dict[Key, Sum]
NOTHING = Sum(0, 0, 0)


@dataclass(frozen=True)
class Told:
    """Six sums that add up: opening + sales + returns + expenses + safe = balance; and how many movements there are.

    A tender that was put right is among the returns as it was, and among the sales as it is.
    """

    opening: Money
    sales: Money
    returns: Money
    expenses: Money
    safe: Money
    count: int
    sales_count: int = 0
    returns_count: int = 0

    @property
    def balance(self) -> Money:
        return self.opening + self.sales + self.returns + self.expenses + self.safe


async def told(read: Read, asked: Asked) -> Told:
    """The sums of what is asked for; a search for words is not summed, only its days and filters are."""
    until, before = await _up_to(read, asked.last), await _up_to(read, asked.first - ONE)
    inside = {key: _less(value, before.get(key, NOTHING)) for key, value in until.items() if _fits(key, asked)}
    held = 0 if asked.kind or asked.person else sum(value.amount for key, value in before.items() if _fits(key, asked))
    by_kind: dict[str, Sum] = defaultdict(lambda: NOTHING)
    for key, value in inside.items():
        by_kind[key.kind] = _plus(by_kind[key.kind], value)
    named = (MovementKind.FLOAT, MovementKind.SALE, MovementKind.RETURN, MovementKind.PAY_OUT)
    floats, sales, returns, out = (by_kind[kind.value] for kind in named)
    expenses = out.amount - out.tip
    everything = sum(value.amount for value in inside.values())
    safe = everything - floats.amount - sales.amount - returns.amount - expenses
    count = sum(value.number for value in inside.values())
    counts = (count, sales.number, returns.number)
    return Told(held + floats.amount, sales.amount, returns.amount, expenses, safe, *counts)


async def _up_to(read: Read, day: date) -> Sums:
    """The sums of everything up to the end of a day."""
    closed, sums = await _closed(read, day)
    async for key, value in _live(read, closed, day):
        sums[key] = _plus(sums.get(key, NOTHING), value)
    return sums


async def _closed(read: Read, day: date) -> tuple[date | None, Sums]:
    """The running sums of the last day closed up to this one."""
    venue = await read.venue()
    mine = (ZReport.venue_id == venue.id, ZReport.business_day <= day)
    found = select(ZReport.business_day, ZReport.figures).where(*mine).order_by(ZReport.business_day.desc()).limit(1)
    row = (await read.session.execute(found)).one_or_none()
    return (row.business_day, dict(_sums(row.figures["running"]))) if row else (None, {})


def _sums(kept: list[list[object]]) -> Iterator[tuple[Key, Sum]]:
    for account, kind, person, *values in kept:
        yield Key(account, kind, person), Sum(*values)  # type: ignore[arg-type]


async def _live(read: Read, closed: date | None, day: date) -> AsyncIterator[tuple[Key, Sum]]:
    """The sums of the days after a close."""
    venue = await read.venue()
    by = (Movement.account, Movement.kind, Movement.person_id)
    sums = (func.count(), func.sum(Movement.amount), func.sum(Movement.tip))
    mine = [Movement.venue_id == venue.id, Movement.business_day <= day]
    if closed:
        mine.append(Movement.business_day > closed)
    asked = select(*by, *sums).where(*mine).group_by(*by)
    for account, kind, person, *values in await read.session.execute(with_index(asked, "ix_movements_day")):
        yield Key(account, kind.value, person), Sum(*(int(value) for value in values))


def _fits(key: Key, asked: Asked) -> bool:
    given = ((asked.kind, key.kind), (asked.person, key.person), (asked.account, key.account))
    return all(wanted is None or wanted == found for wanted, found in given)


def _plus(one: Sum, other: Sum) -> Sum:
    return Sum(*(a + b for a, b in zip(one, other, strict=True)))


def _less(one: Sum, other: Sum) -> Sum:
    return Sum(*(a - b for a, b in zip(one, other, strict=True)))
