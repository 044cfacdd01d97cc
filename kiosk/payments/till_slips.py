"""Slips of a drawer and the summary of a day: what was done, to how much, by whom, with room to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from kiosk.core import clock
from kiosk.core.actor import Actor
from kiosk.core.db import Tx
from kiosk.core.money import Currency, Money
from kiosk.payments.rules import MovementKind
from kiosk.payments.till_foreign import told as foreign_told
from kiosk.payments.till_models import Drawer
from kiosk.payments.till_rules import difference_word
from kiosk.printing import service as printing
from kiosk.printing.sheets import KIND, Figure, Sheet

SLIPS: Final = ("slip", "receipt")
REPORTS: Final = ("report", "receipt")
"""Which printers print it: those of the first role that any printer has."""
TITLES: Final = {
    MovementKind.PAY_IN: "Paid in",
    MovementKind.DROP: "To the safe",
    MovementKind.NO_SALE: "Opened without a sale",
    MovementKind.HAND_OVER: "Drawer handed over",
}
"""What the slip of a movement by hand is called; of what is paid out it says what for."""
SIGNED: Final = {MovementKind.PAY_OUT, MovementKind.DROP, MovementKind.HAND_OVER}
TO_SIGN: Final = "Signature ____________________"


async def print_at(tx: Tx, paper: dict[str, Any], roles: Sequence[str], *, cause: str, label: str = "") -> None:
    """Let a sheet be printed by the printers of the first of these roles that there are."""
    for role in roles:
        if await printing.enqueue(tx, paper, kind=KIND, cause=cause, role=role, label=label):
            return


async def print_slip(
    tx: Tx, drawer: Drawer, title: str, figures: Sequence[Figure], *, cause: str, is_signed: bool = False, by: Actor
) -> None:
    """Print what was done to a drawer; `is_signed` leaves room for whoever takes the money or answers for it."""
    venue = await tx.venue()
    approver = (f"Approved by {by.approver.name}",) if by.approver else ()
    sheet = Sheet(
        venue=venue.name,
        currency_code=venue.currency_code,
        locale=venue.locale,
        title=title,
        notes=(f"Drawer {drawer.till}, {drawer.holder}", f"{clock.local(tx.at, venue.timezone):%Y-%m-%d %H:%M}"),
        blocks=(tuple(figures),) if figures else (),
        foot=(f"By {by.name}", *approver, *(("", TO_SIGN) if is_signed else ())),
    )
    await print_at(tx, sheet.to_json(), SLIPS, cause=cause, label=f"{title}, drawer {drawer.till}")


async def print_opened(tx: Tx, drawer: Drawer, *, by: Actor) -> None:
    """The slip of a drawer that was begun with its float."""
    rows = [Figure("Float", drawer.opening_float, bold=True)]
    await print_slip(tx, drawer, "Drawer opened", rows, cause=f"drawer {drawer.number} opened", by=by)


async def print_moved(
    tx: Tx,
    drawer: Drawer,
    kind: MovementKind,
    number: int,
    amount: Money = 0,
    *,
    by: Actor,
    reason: str = "",
    label: str = "",
    **_: object,
) -> None:
    """The slip of what somebody did to a drawer: how much, why or from whom, and where the daybook has it."""
    rows = [Figure("Amount", abs(amount), bold=True)] if amount else []
    if reason:
        rows.append(Figure("Handed over by", word=reason) if kind is MovementKind.HAND_OVER else Figure(reason))
    rows.append(Figure("Daybook", word=f"M {number}"))
    title = f"{label} paid out" if kind is MovementKind.PAY_OUT else TITLES[kind]
    cause = f"drawer slip M {number}"
    await print_slip(tx, drawer, title, rows, cause=cause, is_signed=kind in SIGNED, by=by)


async def print_counted(tx: Tx, drawer: Drawer, *, by: Actor) -> None:
    """The slip of a count: piece by piece, what it came to and what was expected."""
    currency, times = (await tx.venue()).currency, len(drawer.counts)
    title = "Drawer counted" if times == 1 else "Drawer counted again"
    rows, cause = _counted(drawer, currency), f"drawer {drawer.number} count {times}"
    await print_slip(tx, drawer, title, rows, cause=cause, is_signed=True, by=by)


def _counted(drawer: Drawer, currency: Currency) -> list[Figure]:
    count = drawer.counts[-1]
    rows = [Figure(f"{many} x {currency.say(piece)}", piece * many) for piece, many in _largest_first(count["pieces"])]
    rows += [
        Figure(foreign_told(one["code"], one["counted"], currency.locale), one["counted_worth"])
        for one in count["foreign"]
    ]
    over_short = (drawer.counted or 0) - (drawer.expected or 0)
    return [
        *rows,
        Figure("Counted", drawer.counted, bold=True),
        Figure("Expected", drawer.expected),
        Figure(difference_word(over_short).capitalize(), over_short, bold=True),
    ]


def _largest_first(pieces: Mapping[str, int]) -> list[tuple[int, int]]:
    """The coins and notes of our own currency, the largest first."""
    return sorted(((int(name), many) for name, many in pieces.items() if name.isdecimal()), reverse=True)
