"""The gestures of the counter: settle a check once, print a receipt again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from kiosk.checks import queries as check_queries
from kiosk.checks import rules as check_rules
from kiosk.checks import service as checks
from kiosk.checks.models import Check, CheckLine, LineState
from kiosk.core import clock
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.core.models import Venue
from kiosk.core.money import Money
from kiosk.payments import paper, queries, rules
from kiosk.payments.errors import BillChanged, NothingToSettle
from kiosk.payments.events import ReceiptIssued
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.printing import service as printing
from kiosk.staff import service as staff


@dataclass(frozen=True)
class Settled:
    """What the counter tells after a settlement."""

    receipt_id: int
    number: str
    total: Money
    paid: list[rules.Paid]

    @property
    def change_due(self) -> Money:
        return sum(one.change_due for one in self.paid)


@dataclass(frozen=True)
class Settlement:
    """Everything a receipt is made of, before its number is drawn."""

    venue: Venue
    check: Check
    lines: Sequence[CheckLine]
    sums: check_rules.Sums
    paid: Sequence[rules.Paid]
    by: Actor


async def settle(tx: Tx, check_id: int, total: Money, tenders: Sequence[rules.Given], *, by: Actor) -> Settled:
    """Settle the whole check with these tenders and issue its receipt.

    `total` is what the cashier saw: when the check has changed since, nothing happens and BillChanged says so.
    Raises StillShort, Overpaid, UnsentLines or CheckClosed; of many tills at once one wins.
    """
    await staff.must(tx, by, Permission.SETTLE)
    check = await check_queries.lock(tx, check_id)
    venue = await tx.venue()
    lines = await _billed_lines(tx, check_id)
    sums = check_queries.sums_of(lines, venue)
    if sums.total != total:
        raise BillChanged(venue.currency.plain(sums.total))
    paid = rules.pay(total, tenders, cash_step=venue.cash_step, currency=venue.currency)
    return await _issue(tx, Settlement(venue, check, lines, sums, paid, by))


async def _billed_lines(tx: Tx, check_id: int) -> list[CheckLine]:
    lines = await check_queries.lines_of(tx, check_id)
    checks.refuse_unsent(lines)
    live = [line for line in lines if line.state is not LineState.VOIDED]
    if not live:
        raise NothingToSettle
    return live


async def _issue(tx: Tx, settlement: Settlement) -> Settled:
    check, by = settlement.check, settlement.by
    checks.close(tx, check)
    receipt_id = new_id()
    number = str(await tx.draw("receipt"))
    row = _receipt(settlement, receipt_id, number, tx)
    document = paper.receipt(settlement, row)
    await tx.change(insert(Receipt).values(**row, paper=document))
    await _write_parts(tx, settlement, row)
    await printing.enqueue(tx, document, kind="receipt", cause=f"receipt {number}", role="receipt")
    tx.record(Act("settled", "check", check.id, by, _told(settlement, row)))
    tx.announce(ReceiptIssued(receipt_id, check.id))
    return Settled(receipt_id, number, settlement.sums.total, list(settlement.paid))


def _receipt(settlement: Settlement, receipt_id: int, number: str, tx: Tx) -> dict[str, Any]:
    venue, check, sums = settlement.venue, settlement.check, settlement.sums
    return {
        "id": receipt_id,
        "venue_id": venue.id,
        "number": number,
        "check_id": check.id,
        "label": check.label,
        "covers": check.covers,
        "staff_id": check.waiter_id,
        "staff": check.waiter,
        "cashier": settlement.by.name,
        "opened_at": check.opened_at,
        "closed_at": tx.at,
        "business_day": clock.business_day(tx.at, timezone=venue.timezone, cutover_minutes=venue.cutover_minutes),
        "hour": clock.local(tx.at, venue.timezone).hour,
        "currency_code": venue.currency_code,
        "gross_lines": sums.lines,
        "discount": sums.less,
        "net": sums.net,
        "tax": sums.tax,
        "total": sums.total,
        "cash_rounding": sum(one.rounding for one in settlement.paid),
        "tip": sum(one.tip for one in settlement.paid),
    }


async def _write_parts(tx: Tx, settlement: Settlement, receipt: dict[str, Any]) -> None:
    shared = {key: receipt[key] for key in ("venue_id", "business_day")} | {"receipt_id": receipt["id"]}
    pairs = zip(settlement.lines, settlement.sums.by_line, strict=True)
    lines = [shared | _line(place, line, taxed) for place, (line, taxed) in enumerate(pairs)]
    taxes = [
        shared | {"rate_ppm": row.rate_ppm, "net": row.net, "tax": row.tax, "gross": row.gross}
        for row in settlement.sums.by_rate
    ]
    tenders = [shared | _tender(place, one) for place, one in enumerate(settlement.paid)]
    for table, rows in ((ReceiptLine, lines), (ReceiptTax, taxes), (Tender, tenders)):
        if rows:
            await tx.change(insert(table), rows)


def _line(position: int, line: CheckLine, taxed: check_rules.Taxed) -> dict[str, Any]:
    return {
        "position": position,
        "line_id": line.id,
        "category": line.category,
        "item": line.name,
        "portion_name": line.portion_name,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "amount": taxed.gross,
        "rate_ppm": taxed.rate_ppm,
        "net": taxed.net,
        "tax": taxed.tax,
    }


def _tender(position: int, one: rules.Paid) -> dict[str, Any]:
    return {
        "position": position,
        "kind": one.kind,
        "name": one.kind.value,
        "given": one.given,
        "change_due": one.change_due,
        "tip": one.tip,
        "amount": one.amount,
    }


def _told(settlement: Settlement, receipt: dict[str, Any]) -> dict[str, Any]:
    return {
        "receipt": receipt["number"],
        "receipt_id": receipt["id"],
        "total": receipt["total"],
        "tip": receipt["tip"],
        "cash_rounding": receipt["cash_rounding"],
        "tenders": [[one.kind, one.given, one.amount, one.change_due, one.tip] for one in settlement.paid],
    }


async def reprint(tx: Tx, receipt_id: int, *, by: Actor) -> None:
    """Print a receipt again, marked as a copy."""
    await staff.must(tx, by, Permission.REPRINT)
    receipt = await queries.show_receipt(tx, receipt_id)
    copy_no = await tx.draw(f"copy {receipt.id}") + 1
    document = paper.copy_of(receipt, copy_no)
    cause = f"receipt {receipt.number} copy {copy_no}"
    await printing.enqueue(tx, document, kind="receipt", cause=cause, role="receipt")
    tx.record(Act("receipt_reprinted", "receipt", receipt.id, by, {"number": receipt.number, "copy": copy_no}))
