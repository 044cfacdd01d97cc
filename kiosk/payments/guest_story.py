"""What became of a receipt up to now: the one that holds, and its refunds."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from kiosk.core.db import Read
from kiosk.payments import guest_view
from kiosk.payments.errors import NoPaper, ReceiptGone
from kiosk.payments.guest_view import GuestReceipt
from kiosk.payments.models import Receipt, ReceiptLink
from kiosk.payments.rules import ReceiptKind
from kiosk.printing import documents

LONGEST = 64


async def behind(read: Read, token: str) -> int:
    """The receipt a token opens; the database compares, by its unique key. Raises ReceiptGone."""
    found = select(ReceiptLink.receipt_id, ReceiptLink.token).where(ReceiptLink.token == token[:LONGEST])
    row = (await read.session.execute(found)).one_or_none()
    # MySQL takes no notice of blanks at the end
    if row is None or row.token != token:
        raise ReceiptGone
    return int(row.receipt_id)


async def show(read: Read, receipt_id: int) -> GuestReceipt:
    """A receipt as its guest reads it. Raises ReceiptGone, or NoPaper for one that was brought in."""
    asked = await _receipt(read, receipt_id)
    current, refunds = asked, []
    while True:
        later = await _later(read, current)
        refunds += [one for one in later if one.kind is ReceiptKind.REFUND and not one.is_correction]
        anew = [one for one in later if one.kind is ReceiptKind.SALE and one.is_correction]
        if not anew:
            break
        current = anew[-1]
    return guest_view.shown(_document(current), [_document(one) for one in refunds], asked_for=asked.number)


async def _receipt(read: Read, receipt_id: int) -> Receipt:
    receipt = (await read.session.scalars(select(Receipt).where(Receipt.id == receipt_id))).one_or_none()
    if receipt is None:
        raise ReceiptGone
    return receipt


async def _later(read: Read, receipt: Receipt) -> Sequence[Receipt]:
    return (
        await read.session.scalars(select(Receipt).where(Receipt.refunds_id == receipt.id).order_by(Receipt.id))
    ).all()


def _document(receipt: Receipt) -> documents.Receipt:
    if receipt.paper is None:
        raise NoPaper(receipt.number)
    return documents.Receipt.from_json(receipt.paper)
