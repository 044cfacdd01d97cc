"""The summary of a day on paper, printed with its Z: what was sold, when and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select

from kiosk.core import clock
from kiosk.core.actor import Actor
from kiosk.core.db import Read, Tx
from kiosk.core.money import divide_rounded
from kiosk.payments.models import Receipt, ReceiptLine
from kiosk.payments.till_figures import OWN, SALES, rows
from kiosk.printing.sheets import Figure, Sheet

Figures = dict[str, Any]
Sold = tuple[Any, ...]
"""Category, dish with its portion, pieces and what they brought."""
BEST: Final = 10
"""How many dishes are named."""
SERVICE: Final = "Service charge"


async def summary(read: Read, told: Figures, title: str, by: Actor) -> Sheet:
    """The sheet of a day whose figures are told; its categories, its people and its hours come to the turnover."""
    venue, day = await read.venue(), date.fromisoformat(told["day"])
    at = clock.local(read.at if isinstance(read, Tx) else clock.now(), venue.timezone)
    sold = await _sold(read, day)
    blocks = (_day(told), _categories(sold, told), _best(sold), *[await one(read, day) for one in (_staff, _hours)])
    return Sheet(
        venue=venue.name,
        currency_code=venue.currency_code,
        locale=venue.locale,
        title=title,
        notes=(f"{day:%A %Y-%m-%d}", f"{at:%Y-%m-%d %H:%M}"),
        blocks=tuple(block for block in blocks if block),
        foot=(f"By {by.name}",),
    )


def _day(told: Figures) -> tuple[Figure, ...]:
    found = [Figure("Turnover", told["turnover"], bold=True), Figure("Receipts", word=str(told["receipts"]))]
    found.append(Figure("Guests", word=str(told["covers"])))
    if told["receipts"]:
        found.append(Figure("Per receipt", divide_rounded(told["turnover"], told["receipts"])))
    if told["covers"]:
        found.append(Figure("Per guest", divide_rounded(told["turnover"], told["covers"])))
    return (*found, *([Figure("Tips", told["tips"])] if told["tips"] else []))


async def _sold(read: Read, day: date) -> list[Sold]:
    """Every dish of the day."""
    venue = await read.venue()
    by = (ReceiptLine.category, ReceiptLine.item, ReceiptLine.portion_name)
    asked = (
        select(*by, func.sum(ReceiptLine.quantity), func.sum(ReceiptLine.amount))
        .join(Receipt, Receipt.id == ReceiptLine.receipt_id)
        .where(ReceiptLine.venue_id == venue.id, ReceiptLine.business_day == day, Receipt.series == OWN)
        .group_by(*by)
    )
    found = await rows(read, asked)
    return [(category, f"{item} {portion}".strip(), *sums) for category, item, portion, *sums in found]


def _categories(sold: Sequence[Sold], told: Figures) -> tuple[Figure, ...]:
    sums: dict[str, tuple[int, int]] = {}
    for category, _, pieces, amount in sold:
        known = sums.get(category, (0, 0))
        sums[category] = (known[0] + pieces, known[1] + amount)
    found = sorted(sums.items(), key=lambda one: (-one[1][1], one[0]))
    service = told["turnover"] - sum(amount for _, (_, amount) in found)
    named = [Figure(f"{pieces} {name or 'not named'}", amount) for name, (pieces, amount) in found]
    return _headed("By category", [*named, *([Figure(SERVICE, service)] if service else [])])


def _best(sold: Sequence[Sold]) -> tuple[Figure, ...]:
    found = sorted((one for one in sold if one[2] > 0), key=lambda one: (-one[2], -one[3], one[1]))[:BEST]
    return _headed("Sold most", [Figure(f"{pieces} {name}", amount) for _, name, pieces, amount in found])


async def _staff(read: Read, day: date) -> tuple[Figure, ...]:
    found = await _of_receipts(read, day, Receipt.staff)
    rows_: list[Figure] = []
    for name, count, total, tips in sorted(found, key=lambda one: (-one[2], one[0])):
        rows_.append(Figure(f"{name or 'not named'}, {count}", total))
        rows_ += [Figure("  tips, apart", tips)] if tips else []
    return _headed("By person", rows_)


async def _hours(read: Read, day: date) -> tuple[Figure, ...]:
    venue = await read.venue()
    first = venue.cutover_minutes // 60
    found = sorted(await _of_receipts(read, day, Receipt.hour), key=lambda one: (one[0] - first) % 24)
    return _headed("By hour", [Figure(f"{hour:02d}:00, {count}", total) for hour, count, total, _ in found])


def _headed(heading: str, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """A block under its heading; none where there is nothing to tell."""
    return (Figure(heading, bold=True), *figures) if figures else ()


async def _of_receipts(read: Read, day: date, by: Any) -> list[tuple[Any, ...]]:
    """How many receipts, what they come to and the tips, by something that each of them names."""
    venue = await read.venue()
    mine = (Receipt.venue_id == venue.id, Receipt.business_day == day, Receipt.series == OWN)
    sums = (SALES, func.sum(Receipt.total), func.sum(Receipt.tip))
    return await rows(read, select(by, *sums).where(*mine).group_by(by))
