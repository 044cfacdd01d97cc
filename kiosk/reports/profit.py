"""What is left of the sales: without tax, less goods, wages and what was paid out of the drawers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select

from kiosk.core.db import Read
from kiosk.core.money import PPM, Money
from kiosk.menu.models import Portion
from kiosk.payments.rules import MovementKind
from kiosk.payments.till_models import Movement
from kiosk.reports.pay import wages_of
from kiosk.reports.profit_rules import part
from kiosk.reports.rollups import CATEGORIES, Span, rows, told, told_by_day
from kiosk.reports.rules import Row


@dataclass(frozen=True)
class Profit:
    """Amounts in minor units: `net` sales without tax, less `goods`, `wages` and `expenses`, is `profit`.

    Of the sales `costed` are of goods whose cost is known, that is `known_ppm` in a million of all goods; the others
    count as if they cost nothing. Wages are None where nobody has one.
    """

    net: Money
    goods: Money
    wages: Money | None
    expenses: Money
    known_ppm: int
    costed: Money = 0

    @property
    def profit(self) -> Money:
        return self.net - self.goods - (self.wages or 0) - self.expenses

    @property
    def is_known(self) -> bool:
        """Whether the cost of anything that was sold is known; without it there is no profit to tell."""
        return bool(self.goods or self.costed)

    @property
    def part_ppm(self) -> int | None:
        """The profit as a part of the net sales."""
        return part(self.profit, self.net)

    def as_view(self) -> dict[str, Any]:
        """As a screen reads it."""
        return {**asdict(self), "profit": self.profit, "part_ppm": self.part_ppm, "is_known": self.is_known}


async def profit(read: Read, span: Span) -> Profit:
    """What is left of the sales of these days."""
    days = (await told_by_day(read, span)).values()
    net, goods, costed = (sum(one[name] for one in days) for name in ("net", "cost", "costed"))
    if not any(one["cost"] or one["costed"] for one in days):
        return Profit(net, goods, None, 0, 0)
    wages = await wages_of(read, span.first_day, span.last_day)
    return Profit(net, goods, wages, await _expenses(read, span), await _known(read, span), costed)


async def show_profit(read: Read, span: Span, *, is_today: bool) -> dict[str, Any] | None:
    """The profit of a day as its page shows it, where the cost of anything sold is known.

    Of the day that is going on also before that, in a house whose menu says what anything costs: its place is kept.
    """
    found = await profit(read, span)
    return found.as_view() if found.is_known or (is_today and await _menu_knows(read)) else None


async def _menu_knows(read: Read) -> bool:
    costed = select(Portion.id).where(Portion.active, Portion.cost.is_not(None)).limit(1)
    return (await read.session.scalars(costed)).first() is not None


async def _known(read: Read, span: Span) -> int:
    """Of what share of the net sales, a service charge apart, the cost is known."""
    sold = [(net, costed) for *_, net, _, costed in await told(read, span, CATEGORIES)]
    net, costed = (sum(amounts) for amounts in zip(*sold, strict=True))
    return PPM if costed == net else min(max(part(costed, net) or 0, 0), PPM)


async def _expenses(read: Read, span: Span) -> Money:
    """What was paid out of the drawers, tips apart."""
    mine = (Movement.venue_id == span.venue_id, Movement.business_day.between(span.first_day, span.last_day))
    is_expense = (Movement.kind == MovementKind.PAY_OUT, Movement.tip == 0)
    ((amount,),) = await rows(read, select(func.sum(Movement.amount)).where(*mine, *is_expense))
    return -(amount or 0)


def rows_of(found: Profit) -> list[Row]:
    """The profit among the key figures: key, label, value, kind; none where no cost is known."""
    if not found.is_known:
        return []
    told = {
        "costed": ("Net sales of known cost", found.costed),
        "goods": ("Cost of goods", found.goods),
        "wages": ("Wages", found.wages),
        "expenses": ("Paid out of the drawers", found.expenses),
        "profit": ("Profit", found.profit),
    }
    return [(key, label, value, "money") for key, (label, value) in told.items() if value is not None]
