"""Writing a receipt: its number, its rows, its movements in the book, its paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, insert

from kiosk.core import clock
from kiosk.core.actor import Actor
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.models import Venue
from kiosk.core.money import Money
from kiosk.core.packets import Asked
from kiosk.payments import guest_links
from kiosk.payments.book import Book, cash_account
from kiosk.payments.events import ReceiptIssued
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.payments.rules import MovementKind, TenderKind, Way
from kiosk.payments.ways import WAYS, offered
from kiosk.printing import service as printing
from kiosk.printing.queries import ROLES_OF_PRINTERS

Row = dict[str, Any]
_RECEIPT, _LINES, _TAXES, _TENDERS = (
    insert(cast(Table, rows.__table__)) for rows in (Receipt, ReceiptLine, ReceiptTax, Tender)
)


@dataclass(frozen=True)
class Till:
    """Where cash goes: a drawer and the number of its till."""

    drawer_id: int | None
    number: int

    @property
    def account(self) -> str:
        """Its account in the book."""
        return cash_account(self.number)


@dataclass(frozen=True)
class Slip:
    """A receipt before its number is drawn: its columns, and those of its lines, taxes and tenders.

    `paper` makes the document from the numbered columns; the tenders' cash goes into `till` or comes from it.
    """

    head: Row
    lines: list[Row]
    taxes: list[Row]
    tenders: list[Row]
    paper: Callable[[Row], Row | None]
    till: Till | None = None


def head_of(tx: Tx, venue: Venue, by: Actor) -> Row:
    """What every receipt begins with: whose it is, when and by whom."""
    return {
        "id": new_id(),
        "venue_id": venue.id,
        "cashier": by.name,
        "closed_at": tx.at,
        "hour": clock.local(tx.at, venue.timezone).hour,
        "currency_code": venue.currency_code,
    }


def issue(tx: Tx, book: Book, slip: Slip, *, by: Actor) -> Row:
    """Number a slip, enter its tenders in the open book, and let it be written at the transaction's end.

    Returns the receipt's columns.
    """
    head = slip.head | {"number": book.receipt_number(), "business_day": book.day}
    head["paper"] = slip.paper(head)
    tx.later(_RECEIPT, head)
    if book.venue.digital_receipts:
        guest_links.give(tx, head)
    shared = {"receipt_id": head["id"], "venue_id": head["venue_id"], "business_day": head["business_day"]}
    for statement, rows in ((_LINES, slip.lines), (_TAXES, slip.taxes), (_TENDERS, slip.tenders)):
        tx.later(statement, *(shared | row for row in rows))
    for row in slip.tenders:
        _enter(book, slip, head, row, by)
    tx.announce(ReceiptIssued(head["id"], head["check_id"] or 0))
    return head


def _enter(book: Book, slip: Slip, head: Row, tender: Row, by: Actor) -> None:
    is_cash = tender["kind"] is TenderKind.CASH
    stays: Money = tender["given"] - tender["change_due"]
    book.move(
        MovementKind.RETURN if head["kind"] == "refund" else MovementKind.SALE,
        slip.till.account if is_cash and slip.till else tender["name"],
        stays,
        by=by,
        tip=tender["tip"],
        rounding=tender["rounding"],
        receipt_id=head["id"],
        number=head["number"],
        label=head["label"],
        drawer_id=tender["drawer_id"],
        reason=head.get("reason") or "",
    )


@dataclass(frozen=True)
class House:
    """What a receipt needs to know of the house: its ways to pay, and the printers that print receipts."""

    ways: dict[str, Way]
    printers: list[int]


def asked(venue_id: int) -> tuple[Asked, ...]:
    """What `look` asks of the house, for those who look up more at the same time."""
    return (WAYS, {"mine": venue_id}), (ROLES_OF_PRINTERS, {})


async def look(tx: Tx, *more: Asked) -> tuple[House, list[list[tuple[Any, ...]]]]:
    """What a receipt needs to know of the house, and whatever else is asked at once; before the book is opened."""
    rows, printers, *found = await tx.look_up(*asked((await tx.venue()).id), *more)
    return House(offered(rows), [printer_id for printer_id, roles in printers if "receipt" in roles]), found


def print_out(tx: Tx, head: Row, printer_ids: Sequence[int]) -> None:
    """Let a receipt just issued be printed."""
    printing.print_on(tx, printer_ids, head["paper"], kind="receipt", cause=f"receipt {head['number']}")
