"""The gestures of the counter, the public face of the slice: settle shares, give back, correct, print again."""

from __future__ import annotations

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.journal import Act
from kiosk.payments import paper, queries
from kiosk.payments.correcting import Corrected, correct_tender
from kiosk.payments.errors import NoPaper
from kiosk.payments.refunding import Asked
from kiosk.payments.refunds import Refunded, refund, undo_payment
from kiosk.payments.settling import Settled, settle
from kiosk.payments.ways import add_way, drop_way, show_every_way, show_ways
from kiosk.printing import service as printing
from kiosk.staff import service as staff

__all__ = [
    "Asked",
    "Corrected",
    "Refunded",
    "Settled",
    "add_way",
    "correct_tender",
    "drop_way",
    "refund",
    "reprint",
    "settle",
    "show_every_way",
    "show_ways",
    "undo_payment",
]


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
