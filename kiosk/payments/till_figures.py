"""The figures of a business day out of its receipts, tenders and movements: what X shows and Z keeps.

Amounts in minor units. `turnover` is what the receipts come to, which is what their tenders paid without tips and
rounding, which is what the movements of sales and returns brought without them: `difference` says so with 0.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Executable, case, func, select

from kiosk.core.db import Read
from kiosk.payments import till_acts, till_drawers
from kiosk.payments.models import Receipt, ReceiptTax, Tender
from kiosk.payments.rules import MovementKind, ReceiptKind, TenderKind
from kiosk.payments.till_models import Movement
from kiosk.payments.ways import name_of, show_names

Figures = dict[str, Any]
OWN = ""
"""The series of our own receipts; those of an imported history are in no Z."""

IS_SALE = (Receipt.kind == ReceiptKind.SALE) & Receipt.is_correction.is_(False)
IS_REFUND = (Receipt.kind == ReceiptKind.REFUND) & Receipt.is_correction.is_(False)
IS_TAKEN_BACK = (Receipt.kind == ReceiptKind.REFUND) & Receipt.is_correction
SALES, REFUNDS, CORRECTIONS = (func.sum(case((one, 1), else_=0)) for one in (IS_SALE, IS_REFUND, IS_TAKEN_BACK))
"""How receipts are counted in every report: sales, refunds, and pairs by which a wrong tender was put right."""
TENDERS_COUNTED = (func.sum(case((Receipt.kind == ReceiptKind.SALE, 1), (IS_TAKEN_BACK, -1), else_=0)), REFUNDS)
"""How tenders are counted in every report: those of sales as they hold now, and those of refunds."""


async def figures(read: Read, day: date) -> Figures:
    """Everything X and Z tell of a business day, as it stands now."""
    sums = await _sums(read, day)
    tenders = await _tenders(read, day)
    moved, tips_moved, rounding_moved = await _moved(read, day)
    paid = sum(one["amount"] for one in tenders)
    acts, until = await till_acts.acts_of(read, day)
    return {
        "day": day.isoformat(),
        **sums,
        "taxes": await _taxes(read, day),
        "tenders": tenders,
        "difference": max(abs(sums["turnover"] - paid), abs(paid - (moved - tips_moved - rounding_moved))),
        "drawers": await till_drawers.drawers_of(read, day),
        **acts,
        "journal_seq": until,
    }


async def rows(read: Read, statement: Executable) -> list[tuple[Any, ...]]:
    """The rows of a statement; a SUM that MySQL answers with a Decimal becomes whole."""
    return [tuple(_whole(value) for value in row) for row in await read.session.execute(statement)]


def _whole(value: Any) -> Any:
    return int(value) if hasattr(value, "as_tuple") else value


async def _sums(read: Read, day: date) -> dict[str, Any]:
    """The sums of the receipts: sales and returns apart; a corrected tender is neither, its pair cancels out."""
    venue = await read.venue()
    mine = (Receipt.venue_id == venue.id, Receipt.business_day == day, Receipt.series == OWN)
    asked = {
        "gross_lines": func.sum(case((IS_REFUND, 0), else_=Receipt.gross_lines)),
        "discounts": func.sum(case((IS_REFUND, 0), else_=Receipt.discount)),
        "service": func.sum(case((IS_REFUND, 0), else_=Receipt.service_charge)),
        "sales": func.sum(case((IS_REFUND, 0), else_=Receipt.total)),
        "returns": func.sum(case((IS_REFUND, Receipt.total), else_=0)),
        "turnover": func.sum(Receipt.total),
        "net": func.sum(Receipt.net),
        "tax": func.sum(Receipt.tax),
        "tips": func.sum(Receipt.tip),
        "rounding": func.sum(Receipt.cash_rounding),
        "covers": func.sum(Receipt.covers),
        "receipts": SALES,
        "returns_count": REFUNDS,
        "corrections": CORRECTIONS,
        "discounted": func.sum(case((IS_SALE & (Receipt.discount != 0), 1), else_=0)),
    }
    found = dict(
        zip(asked, (value or 0 for value in (await rows(read, select(*asked.values()).where(*mine)))[0]), strict=True)
    )
    found["tax_added"] = found["sales"] - (found["gross_lines"] - found["discounts"] + found["service"])
    numbers = await _numbers(read, day)
    return {**found, "first_number": numbers[0], "last_number": numbers[1]}


async def _numbers(read: Read, day: date) -> tuple[str | None, str | None]:
    """The first and the last receipt number of the day, in the order they were drawn."""
    venue = await read.venue()
    mine = select(Receipt.number).where(
        Receipt.venue_id == venue.id, Receipt.business_day == day, Receipt.series == OWN
    )
    numbers = sorted(await read.session.scalars(mine), key=lambda number: (len(number), number))
    return (numbers[0], numbers[-1]) if numbers else (None, None)


async def _taxes(read: Read, day: date) -> list[dict[str, Any]]:
    venue = await read.venue()
    own = (Receipt.id == ReceiptTax.receipt_id, Receipt.series == OWN)
    sums = (func.sum(ReceiptTax.net), func.sum(ReceiptTax.tax), func.sum(ReceiptTax.gross))
    asked = (
        select(ReceiptTax.rate_ppm, *sums)
        .join(Receipt, own[0])
        .where(own[1], ReceiptTax.venue_id == venue.id, ReceiptTax.business_day == day)
        .group_by(ReceiptTax.rate_ppm)
        .order_by(ReceiptTax.rate_ppm)
    )
    names = ("rate_ppm", "net", "tax", "gross")
    return [dict(zip(names, row, strict=True)) for row in await rows(read, asked)]


async def _tenders(read: Read, day: date) -> list[dict[str, Any]]:
    """Every way to pay: how many tenders of sales and of refunds, what they paid less what was given back, tips and
    rounding. A corrected tender counts where it was put right, not where it was wrong."""
    venue = await read.venue()
    sums = (*TENDERS_COUNTED, func.sum(Tender.amount), func.sum(Tender.tip), func.sum(Tender.rounding))
    asked = (
        select(Tender.kind, Tender.name, *sums)
        .join(Receipt, Receipt.id == Tender.receipt_id)
        .where(Receipt.series == OWN, Tender.venue_id == venue.id, Tender.business_day == day)
        .group_by(Tender.kind, Tender.name)
    )
    named = await show_names(read)
    columns = ("kind", "code", "count", "refunds", "amount", "tip", "rounding")
    found = [dict(zip(columns, row, strict=True)) for row in await rows(read, asked)]
    found = [one | {"name": name_of(named, one["code"])} for one in found]
    return sorted(found, key=lambda one: (one["kind"] != TenderKind.CASH, -one["amount"], one["code"]))


async def _moved(read: Read, day: date) -> tuple[int, int, int]:
    """What sales and returns brought in, the tips and the rounding in it."""
    venue = await read.venue()
    sums = (func.sum(Movement.amount), func.sum(Movement.tip), func.sum(Movement.rounding))
    kinds = Movement.kind.in_((MovementKind.SALE, MovementKind.RETURN))
    asked = select(*sums).where(Movement.venue_id == venue.id, Movement.business_day == day, kinds)
    amount, tip, rounding = (await rows(read, asked))[0]
    return amount or 0, tip or 0, rounding or 0
