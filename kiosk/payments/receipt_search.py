"""Receipts found again: by day, number, table or amount, the newest first; one of them with all that became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from kiosk.core import clock
from kiosk.core.db import Read
from kiosk.core.errors import Refused
from kiosk.core.models import Venue
from kiosk.core.money import AmountUnreadable
from kiosk.payments import asking_queries, bills, paper, receipts
from kiosk.payments.models import Receipt, Tender
from kiosk.payments.receipts import Issued
from kiosk.payments.refunding import Open
from kiosk.payments.rules import ReceiptKind
from kiosk.payments.ways import show_names
from kiosk.post import queries as letters

PAGE = 50
RECENT = timedelta(days=62)
LONGEST = 40


class DayUnreadable(Refused):
    def __init__(self) -> None:
        super().__init__("A day is written like 2026-11-20.")


async def show_receipts(read: Read, day: str, words: str, before: str) -> dict[str, Any]:
    """A page of receipts of ours, refunds and corrections too, and where the next page begins.

    Words are a number, or a table's name or an amount of the last weeks. Raises DayUnreadable.
    """
    venue, on_day = await read.venue(), _day(day)
    found = select(Receipt).where(Receipt.venue_id == venue.id, Receipt.series == "", *_words(words, venue, on_day))
    if on_day:
        found = found.where(Receipt.business_day == on_day)
    if before.isdecimal():
        found = found.where(Receipt.id < int(before[:18]))
    rows = (await read.session.scalars(found.order_by(Receipt.id.desc()).limit(PAGE + 1))).all()
    shown = rows[:PAGE]
    tenders = await bills.tenders_of(read, [one.id for one in shown])
    names = await show_names(read)
    return {
        "receipts": [_row(one, tenders[one.id], names) for one in shown],
        "next": shown[-1].id if len(rows) > PAGE else None,
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as unreadable:
        raise DayUnreadable from unreadable


def _words(text: str, venue: Venue, on_day: date | None) -> list[ColumnElement[bool]]:
    text = " ".join(text.split())[:LONGEST]
    if not text:
        return []
    mine = (Receipt.venue_id == venue.id, Receipt.series == "")
    by_number = select(Receipt.id).where(*mine, Receipt.number == text.lstrip("#"))
    label = Receipt.label == text.removeprefix("Table ").removeprefix("table ")
    since = on_day or clock.now().date() - RECENT
    recent = select(Receipt.id).where(Receipt.venue_id == venue.id, Receipt.business_day >= since)
    return [Receipt.id.in_(by_number.union_all(recent.where(or_(label, *_amount(text, venue)))))]


def _amount(text: str, venue: Venue) -> list[ColumnElement[bool]]:
    try:
        amount = venue.currency.parse(text.replace(",", "."))
    except AmountUnreadable:
        return []
    with_tip = and_(Receipt.tip > 0, Receipt.total + Receipt.tip == amount)
    return [Receipt.total == amount, Receipt.total == -amount, with_tip]


def _row(one: Receipt, tenders: Sequence[Tender], names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.number,
        "kind": one.kind,
        "is_correction": one.is_correction,
        "of_id": one.refunds_id,
        "check_id": one.check_id,
        "label": one.label,
        "share_no": one.share_no,
        "total": one.total,
        "tip": one.tip,
        "at": one.closed_at.isoformat(),
        "day": one.business_day.isoformat(),
        "by": one.cashier,
        "reason": one.reason,
        "tenders": [names.get(tender.name, tender.name) for tender in tenders],
    }


async def show_receipt(read: Read, receipt_id: int) -> dict[str, Any]:
    """A receipt as it is printed, its lines and tenders with what can still be given back, its refunds and its pair."""
    issued = await receipts.show_issued(read, receipt_id)
    names = await show_names(read)
    one, left = issued.receipt, issued.left()
    is_sale = one.kind is ReceiptKind.SALE and not one.series
    of = await receipts.show_number(read, one.refunds_id) if one.refunds_id else None
    payments = [tender.payment_id for tender in issued.tenders if tender.payment_id]
    return {
        **_row(one, issued.tenders, names),
        "of_number": of,
        "lines": _lines(issued, left),
        "service": left.service.gross if left.service else 0,
        "tenders": _tenders(issued, left, names),
        "left": {"total": left.total, "tip": left.tip} if is_sale else {"total": 0, "tip": 0},
        "may_refund": is_sale and not left.is_used_up,
        "may_correct": is_sale and not issued.refunds and bool(issued.tenders),
        "later": [_row(later, [], names) for later in issued.later],
        "payments": [await asking_queries.show_payment(read, payment_id) for payment_id in payments],
        "letters": [_letter(letter) for letter in await letters.about(read, f"receipt {one.id}")],
        **paper.preview(one),
    }


def _letter(one: Any) -> dict[str, Any]:
    return {"id": one.id, "to": one.to_address, "state": one.state, "told": one.trouble or ""}


def _lines(issued: Issued, left: Open) -> list[dict[str, Any]]:
    return [
        {
            "position": line.position,
            "line_id": line.line_id,
            "quantity": line.quantity,
            "name": line.item,
            "portion": line.portion_name,
            "part": line.part,
            "amount": line.amount,
            "left": open_line.gross,
            "is_gone": open_line.is_gone,
        }
        for line, open_line in zip(issued.lines, left.lines, strict=True)
    ]


def _tenders(issued: Issued, left: Open, names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "position": tender.position,
            "kind": tender.name,
            "name": names.get(tender.name, tender.name),
            "given": tender.given,
            "change_due": tender.change_due,
            "tip": tender.tip,
            "amount": tender.amount,
            "rounding": tender.rounding,
            "note": tender.note,
            "currency": tender.currency_code,
            "currency_given": tender.currency_given,
            "rate": tender.rate,
            "left": open_tender.amount,
            "tip_left": open_tender.tip,
        }
        for tender, open_tender in zip(issued.tenders, left.tenders, strict=True)
    ]
