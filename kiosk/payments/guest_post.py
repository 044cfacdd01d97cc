"""A receipt by e-mail: the letter is written with the tap, its PDF is made before it goes, the postman sends it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Database, Tx
from kiosk.core.errors import Refused
from kiosk.core.journal import Act
from kiosk.payments import guest_paper, guest_story
from kiosk.payments.guest_links import lock, open_link, url_of
from kiosk.payments.guest_pdf import Press
from kiosk.payments.guest_view import GuestReceipt
from kiosk.post import queries as letters
from kiosk.post import rules
from kiosk.post import service as post
from kiosk.staff import service as staff

CAUSE = "receipt"
MOST = 10


class EnoughLetters(Refused):
    def __init__(self, number: str) -> None:
        super().__init__(f"Receipt {number} was sent by e-mail {MOST} times already. Show its QR code instead.")


@dataclass(frozen=True)
class Posted:
    """A letter that was written, or that waited already for the same guest."""

    letter_id: int
    to: str


async def email_receipt(tx: Tx, receipt_id: int, to: str, *, with_link: bool, by: Actor) -> Posted:
    """Send a receipt to an address, as text, HTML and PDF; asked again while it waits, the same letter is hurried.

    `with_link`: the page can be opened from outside. Raises AddressUnfit, ReceiptGone, NoPaper or EnoughLetters. The
    journal names the letter, not the guest: nothing in it can ever be forgotten, letters are after a month.
    """
    await staff.must(tx, by, Permission.SETTLE)
    address = rules.address(to)
    await lock(tx, receipt_id)
    link = url_of(await open_link(tx, receipt_id, by=by)) if with_link else ""
    receipt = await guest_story.show(tx, receipt_id)
    before = await letters.about(tx, f"{CAUSE} {receipt_id}")
    for one in before:
        if one.to_address == address and one.state in letters.WAITING:
            await post.hurry(tx, one.id)
            return Posted(one.id, address)
    if len(before) >= MOST:
        raise EnoughLetters(receipt.number)
    number = int(before[0].cause.rpartition(" ")[2]) + 1 if before else 1
    letter_id = _write(tx, f"{CAUSE} {receipt_id} {number}", address, receipt, link=link, by=by)
    tx.record(Act("receipt_emailed", "receipt", receipt_id, by, {"number": receipt.number, "letter": letter_id}))
    return Posted(letter_id, address)


def _write(tx: Tx, cause: str, to: str, receipt: GuestReceipt, *, link: str, by: Actor) -> int:
    plain, html = guest_paper.letter(receipt, link)
    return post.write(
        tx,
        cause=cause,
        to=to,
        subject=guest_paper.subject(receipt),
        plain=plain,
        html=html,
        enclosed=[(guest_paper.file_name(receipt), "application/pdf", b"")],
        by=by,
    )


@dataclass(frozen=True)
class Enclosures:
    """Makes the PDF that goes with a letter."""

    db: Database
    press: Press

    async def make(self, cause: str) -> bytes:
        """The PDF of the receipt this letter was written for, as the receipt stands now."""
        async with self.db.read() as read:
            receipt = await guest_story.show(read, int(cause.split(" ")[1]))
        return await self.press.pdf(receipt)
