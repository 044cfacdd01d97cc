"""A receipt with all that became of it: its rows, its refunds, what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from kiosk.core.db import AS_IT_IS_NOW, Read, Tx
from kiosk.core.money import Money
from kiosk.payments.errors import ReceiptGone
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.payments.refunding import SERVICE, Open, OpenLine, OpenTender
from kiosk.payments.rules import ReceiptKind, TenderKind

Part = TypeVar("Part", ReceiptLine, ReceiptTax, Tender)


@dataclass(frozen=True)
class Issued:
    """A receipt, its rows, and the receipts that name it: refunds of it, and the other half of a correction."""

    receipt: Receipt
    lines: Sequence[ReceiptLine]
    taxes: Sequence[ReceiptTax]
    tenders: Sequence[Tender]
    later: Sequence[Receipt]
    later_lines: Sequence[ReceiptLine]
    later_taxes: Sequence[ReceiptTax]
    later_tenders: Sequence[Tender]

    @property
    def refunds(self) -> list[Receipt]:
        return [one for one in self.later if one.kind is ReceiptKind.REFUND]

    def left(self) -> Open:
        """What can still be given back of it."""
        return Open(
            tuple(self._line(line) for line in self.lines),
            tuple(self._tender(tender) for tender in self.tenders),
            self._service(),
        )

    def _line(self, line: ReceiptLine) -> OpenLine:
        all_of_it = [line, *(one for one in self.later_lines if one.of_position == line.position)]
        return OpenLine(
            line.position,
            line.rate_ppm,
            net=sum(one.net for one in all_of_it),
            tax=sum(one.tax for one in all_of_it),
            less=sum(one.less for one in all_of_it),
            whole=sum(one.quantity for one in all_of_it),
        )

    def _tender(self, tender: Tender) -> OpenTender:
        all_of_it = [tender, *(one for one in self.later_tenders if one.of_position == tender.position)]
        return OpenTender(
            tender.position,
            tender.name,
            tender.kind is TenderKind.CASH,
            amount=sum(one.amount for one in all_of_it),
            tip=sum(one.tip for one in all_of_it),
            stays=sum(one.given - one.change_due for one in all_of_it),
        )

    def _service(self) -> OpenLine | None:
        """What the tax table has more than the lines is the service charge."""
        for rate in {one.rate_ppm for one in self.taxes}:
            net = self._more(rate, "net")
            tax = self._more(rate, "tax")
            if net or tax:
                return OpenLine(SERVICE, rate, net, tax)
        return None

    def _more(self, rate_ppm: int, column: str) -> Money:
        table = sum(getattr(one, column) for one in (*self.taxes, *self.later_taxes) if one.rate_ppm == rate_ppm)
        lines = sum(getattr(one, column) for one in (*self.lines, *self.later_lines) if one.rate_ppm == rate_ppm)
        return int(table - lines)


async def lock_issued(tx: Tx, receipt_id: int) -> Issued:
    """A receipt with what is left of it; whoever else would give something of it back waits until the commit."""
    found = select(Receipt).where(Receipt.id == receipt_id).with_for_update().execution_options(**AS_IT_IS_NOW)
    receipt = (await tx.session.scalars(found)).one_or_none()
    if receipt is None:
        raise ReceiptGone
    return await _issued(tx, receipt)


async def show_issued(read: Read, receipt_id: int) -> Issued:
    """A receipt with what is left of it."""
    receipt = (await read.session.scalars(select(Receipt).where(Receipt.id == receipt_id))).one_or_none()
    if receipt is None:
        raise ReceiptGone
    return await _issued(read, receipt)


async def show_number(read: Read, receipt_id: int) -> str | None:
    """The number of a receipt."""
    return (await read.session.scalars(select(Receipt.number).where(Receipt.id == receipt_id))).one_or_none()


async def first_of(read: Read, receipt: Receipt) -> int:
    """The id of the receipt by which a share was first settled: a corrected one names the one before it."""
    first = receipt
    while first.is_correction and first.refunds_id is not None:
        first = (await read.session.scalars(select(Receipt).where(Receipt.id == first.refunds_id))).one()
    return first.id


async def _issued(read: Read, receipt: Receipt) -> Issued:
    named = select(Receipt).where(Receipt.refunds_id == receipt.id).order_by(Receipt.id)
    later = (await read.session.scalars(named.execution_options(**AS_IT_IS_NOW))).all()
    ids = [receipt.id, *(one.id for one in later if one.kind is ReceiptKind.REFUND)]
    lines, later_lines = await _parts(read, ReceiptLine, ReceiptLine.position, ids)
    taxes, later_taxes = await _parts(read, ReceiptTax, ReceiptTax.rate_ppm, ids)
    tenders, later_tenders = await _parts(read, Tender, Tender.position, ids)
    return Issued(receipt, lines, taxes, tenders, later, later_lines, later_taxes, later_tenders)


async def _parts(
    read: Read, table: type[Part], order: InstrumentedAttribute[int], receipt_ids: Sequence[int]
) -> tuple[list[Part], list[Part]]:
    """The rows of the first of these receipts, and those of the others."""
    found = select(table).where(table.receipt_id.in_(receipt_ids)).order_by(table.receipt_id, order)
    rows = (await read.session.scalars(found)).all()
    mine = [row for row in rows if row.receipt_id == receipt_ids[0]]
    return mine, [row for row in rows if row.receipt_id != receipt_ids[0]]
