"""What is read of receipts."""

from __future__ import annotations

from sqlalchemy import select

from kiosk.core.db import Read
from kiosk.payments.errors import ReceiptGone
from kiosk.payments.models import Receipt


async def show_receipt(read: Read, receipt_id: int) -> Receipt:
    """The receipt, as issued."""
    receipt = (await read.session.scalars(select(Receipt).where(Receipt.id == receipt_id))).one_or_none()
    if receipt is None:
        raise ReceiptGone
    return receipt
