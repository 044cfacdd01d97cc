"""The drawers of a day in figures: what came into each, what went out, what it should hold and what was counted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select

from kiosk.core.db import Read
from kiosk.core.money import Money
from kiosk.payments.rules import DrawerState, MovementKind
from kiosk.payments.till_foreign import Lying, lying_in
from kiosk.payments.till_models import Drawer, Movement

IN_DRAWER: Final = {
    MovementKind.FLOAT: "float",
    MovementKind.SALE: "cash",
    MovementKind.RETURN: "returns",
    MovementKind.PAY_IN: "pay_ins",
    MovementKind.PAY_OUT: "expenses",
    MovementKind.DROP: "drops",
}
"""The figure of a drawer that each kind of movement counts for; tips paid out are their own."""

FIGURES: Final = ("brought", "float", "cash", "returns", "pay_ins", "expenses", "tips_out", "drops")
"""What sums up to what a drawer is expected to hold."""


async def drawers_of(read: Read, day: date, until: date | None = None) -> list[dict[str, Any]]:
    """Every drawer that money moved in on a day, or from one to another, by till and number."""
    last = until or day
    venue = await read.venue()
    sums = (func.count(), func.sum(Movement.amount), func.sum(Movement.tip))
    mine = (Movement.venue_id == venue.id, Movement.business_day.between(day, last), Movement.drawer_id.is_not(None))
    asked = select(Movement.drawer_id, Movement.kind, *sums).where(*mine).group_by(Movement.drawer_id, Movement.kind)
    moved: dict[int, dict[MovementKind, tuple[int, Money, Money]]] = defaultdict(dict)
    for drawer_id, kind, count, amount, tip in await read.session.execute(asked):
        moved[drawer_id or 0][kind] = (count, int(amount), int(tip))
    found = select(Drawer).where(Drawer.id.in_(list(moved))).order_by(Drawer.till, Drawer.number)
    drawers = (await read.session.scalars(found)).all()
    lying = await lying_in(read, [one for one in drawers if one.counted is None])
    told = [await _drawer(read, one, (day, last), moved[one.id]) for one in drawers]
    return [row | {"foreign": _foreign(one, row, lying[one.id])} for one, row in zip(drawers, told, strict=True)]


def _foreign(drawer: Drawer, row: dict[str, Any], lying: list[Lying]) -> list[dict[str, Any]]:
    """The notes of other currencies in a drawer, as counted or, while it is not, as they are to be expected."""
    if row["counted"] is not None:
        return list(drawer.counts[-1].get("foreign", ()))
    return [{"code": one.code, "expected": one.amount, "expected_worth": one.worth} for one in lying]


async def _drawer(
    read: Read, drawer: Drawer, span: tuple[date, date], moved: dict[MovementKind, tuple[int, Money, Money]]
) -> dict[str, Any]:
    first, last = span
    sums = {figure: moved.get(kind, (0, 0, 0))[1] for kind, figure in IN_DRAWER.items()}
    tips_out = moved.get(MovementKind.PAY_OUT, (0, 0, 0))[2]
    sums |= {"expenses": sums["expenses"] - tips_out, "tips_out": tips_out}
    sums["brought"] = 0 if drawer.opened_day >= first else await _before(read, drawer, first)
    expected = sum(sums[figure] for figure in FIGURES)
    is_counted = drawer.counted is not None and (drawer.closed_day is None or drawer.closed_day <= last)
    counted = drawer.counted if is_counted else None
    return {
        "id": drawer.id,
        "number": drawer.number,
        "till": drawer.till,
        "holder": drawer.holder,
        "state": _state(drawer, last),
        "opened_at": drawer.opened_at.isoformat(),
        **{figure: sums[figure] for figure in FIGURES},
        "expected": expected,
        "counted": counted,
        "counted_by": drawer.counts[-1]["by"] if is_counted else None,
        "over_short": None if counted is None else counted - expected,
        "reason": drawer.reason if is_counted else "",
    }


def _state(drawer: Drawer, day: date) -> DrawerState:
    """How a drawer stood at the end of a day: one closed on a later day was open."""
    is_later = drawer.state is DrawerState.CLOSED and drawer.closed_day is not None and drawer.closed_day > day
    return DrawerState.OPEN if is_later else drawer.state


async def _before(read: Read, drawer: Drawer, day: date) -> Money:
    """What a drawer that was opened on an earlier day held when this one began."""
    mine = (Movement.venue_id == drawer.venue_id, Movement.drawer_id == drawer.id)
    days = (Movement.business_day >= drawer.opened_day, Movement.business_day < day)
    return int((await read.session.execute(select(func.sum(Movement.amount)).where(*mine, *days))).scalar_one() or 0)
