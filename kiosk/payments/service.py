"""The gestures of the counter: settle a check once, print a receipt again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from kiosk.checks import service as checks
from kiosk.core import clock
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.core.models import Venue
from kiosk.core.money import Money
from kiosk.payments import paper, queries, rules
from kiosk.payments.book import Book, cash_account, open_book
from kiosk.payments.errors import BillChanged, NoPaper
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
    bill: checks.Bill
    paid: Sequence[rules.Paid]
    by: Actor


async def settle(tx: Tx, check_id: int, total: Money, tenders: Sequence[rules.Given], *, by: Actor) -> Settled:
    """Settle the whole check with these tenders and issue its receipt.

    `total` is what the cashier saw: when the check has changed since, nothing happens and BillChanged says so.
    Raises StillShort, Overpaid, UnsentLines or CheckClosed; of many tills at once one wins.
    """
    await staff.must(tx, by, Permission.SETTLE)
    venue = await tx.venue()
    bill = await checks.lock_bill(tx, check_id)
    if bill.sums.total != total:
        raise BillChanged(venue.currency.plain(bill.sums.total))
    paid = rules.pay(total, tenders, cash_step=venue.cash_step, currency=venue.currency)
    return await _issue(tx, Settlement(venue, bill, paid, by))


async def _issue(tx: Tx, settlement: Settlement) -> Settled:
    check, by = settlement.bill.check, settlement.by
    checks.close(tx, check)
    receipt_id = new_id()
    book = await open_book(tx)
    number = book.receipt_number()
    row = _receipt(settlement, receipt_id, number, tx) | {"business_day": book.day}
    document = paper.receipt(settlement, row)
    await tx.change(insert(Receipt).values(**row, paper=document))
    await _write_parts(tx, settlement, row)
    _enter(book, settlement, row)
    await book.close()
    await printing.enqueue(tx, document, kind="receipt", cause=f"receipt {number}", role="receipt")
    tx.record(Act("settled", "check", check.id, by, _told(settlement, row)))
    tx.announce(ReceiptIssued(receipt_id, check.id))
    return Settled(receipt_id, number, settlement.bill.sums.total, list(settlement.paid))


def _enter(book: Book, settlement: Settlement, receipt: dict[str, Any]) -> None:
    for one in settlement.paid:
        account = cash_account(1) if one.kind is rules.TenderKind.CASH else one.kind.value
        told = {"receipt_id": receipt["id"], "number": receipt["number"], "label": receipt["label"]}
        amount = one.given - one.change_due
        book.move(
            rules.MovementKind.SALE, account, amount, by=settlement.by, tip=one.tip, rounding=one.rounding, **told
        )


def _receipt(settlement: Settlement, receipt_id: int, number: str, tx: Tx) -> dict[str, Any]:
    venue, check, sums = settlement.venue, settlement.bill.check, settlement.bill.sums
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
    lines = [shared | _line(settlement.bill, place) for place in range(len(settlement.bill.lines))]
    taxes = [
        shared | {"rate_ppm": row.rate_ppm, "net": row.net, "tax": row.tax, "gross": row.gross}
        for row in settlement.bill.sums.by_rate
    ]
    tenders = [shared | _tender(place, one) for place, one in enumerate(settlement.paid)]
    for table, rows in ((ReceiptLine, lines), (ReceiptTax, taxes), (Tender, tenders)):
        if rows:
            await tx.change(insert(table), rows)


def _line(bill: checks.Bill, position: int) -> dict[str, Any]:
    line, taxed = bill.lines[position], bill.sums.by_line[position]
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
    if receipt.paper is None:
        raise NoPaper(receipt.number)
    copy_no = await tx.draw(f"copy {receipt.id}") + 1
    document = paper.copy_of(receipt, copy_no)
    cause = f"receipt {receipt.number} copy {copy_no}"
    await printing.enqueue(tx, document, kind="receipt", cause=cause, role="receipt")
    tx.record(Act("receipt_reprinted", "receipt", receipt.id, by, {"number": receipt.number, "copy": copy_no}))
