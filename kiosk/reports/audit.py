"""Whether the books are those that were written: the journal's chain, and what Z reports and receipts know of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, select

from kiosk.core.db import Read
from kiosk.core.journal_audit import Verdict, verify
from kiosk.core.journal_chain import Anchor, Fault
from kiosk.core.models import JournalEntry
from kiosk.payments.models import Receipt
from kiosk.payments.till_acts import end_of
from kiosk.payments.till_models import ZReport
from kiosk.reports.audit_errors import SHORTEST, AnchorOutside, AnchorUnreadable, PlaceUnreadable, RangeEmpty

LARGEST: Final = 2**53
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2200, 1, 1)
_ANCHOR = re.compile(r"(\d{1,15}):([0-9a-f]{1,64})")


def anchor_of(text: str) -> Anchor:
    """What somebody typed from a Z report: "4711: 3f2a 91bc …". Raises AnchorUnreadable."""
    found = _ANCHOR.fullmatch(re.sub(r"[\s-]", "", text).lower())
    if found is None or len(found[2]) < SHORTEST or int(found[1]) < 1:
        raise AnchorUnreadable(text)
    return Anchor(int(found[1]), found[2], "the anchor")


def place_of(text: str | None) -> int | date | None:
    """An entry's number or a business day, as typed. Raises PlaceUnreadable."""
    if text is None:
        return None
    if text.isascii() and text.isdecimal() and 0 < int(text) <= LARGEST:
        return int(text)
    try:
        day = date.fromisoformat(text)
    except ValueError as unreadable:
        raise PlaceUnreadable(text) from unreadable
    if not FIRST_DAY < day < LAST_DAY:
        raise PlaceUnreadable(text)
    return day


async def range_of(read: Read, since: int | date | None, until: int | date | None) -> tuple[int, int | None]:
    """The first and the last entry meant, each by its number or by a business day; no last one is the journal's end.

    Raises RangeEmpty when nothing was written from that day on, or up to it.
    """
    venue = await read.venue()
    written = select(JournalEntry.seq).where(JournalEntry.venue_id == venue.id).limit(1)
    if isinstance(since, date):
        begun = JournalEntry.acted_at >= end_of(since - timedelta(days=1), venue)
        since = await _found(read, written.where(begun).order_by(JournalEntry.seq))
    if isinstance(until, date):
        over = JournalEntry.acted_at < end_of(until, venue)
        until = await _found(read, written.where(over).order_by(JournalEntry.seq.desc()))
    if until is not None and until < (since or 1):
        raise RangeEmpty
    return since or 1, until


async def _found(read: Read, asked: Select[int]) -> int:
    seq = (await read.session.execute(asked)).scalar_one_or_none()
    if seq is None:
        raise RangeEmpty
    return seq


async def verify_books(read: Read, first: int, last: int | None, anchors: Sequence[Anchor] = ()) -> Verdict:
    """Verify the journal against itself, what each Z report names of it, these anchors, and the newest receipt.

    Raises AnchorOutside when an anchor names an entry that is not looked at.
    """
    for anchor in anchors:
        if anchor.seq < first or (last is not None and anchor.seq > last):
            raise AnchorOutside(anchor.seq)
    verdict = await verify(read, first, last, [*anchors, *await anchors_of_z(read)])
    if verdict.fault is None and last is None:
        return replace(verdict, fault=await _receipt_without_entry(read, verdict.last))
    return verdict


async def anchors_of_z(read: Read) -> list[Anchor]:
    """What every Z report names of the journal, as it stood when its day was closed."""
    venue = await read.venue()
    found = select(ZReport.number, ZReport.figures).where(ZReport.venue_id == venue.id).order_by(ZReport.number)
    named = [(number, figures.get("journal")) for number, figures in await read.session.execute(found)]
    return [replace(anchor_of(text), source=f"Z report {number}") for number, text in named if text]


async def _receipt_without_entry(read: Read, last: int) -> Fault | None:
    """The newest receipt has to be in the journal; where it is not, a tail was cut off and the head set back."""
    venue = await read.venue()
    own = (Receipt.venue_id == venue.id, Receipt.series == "")
    newest = select(Receipt.id, Receipt.number, Receipt.check_id).where(*own).order_by(Receipt.id.desc()).limit(1)
    receipt = (await read.session.execute(newest)).one_or_none()
    if receipt is None:
        return None
    about = JournalEntry.subject_id.in_([receipt.check_id or 0, receipt.id])
    bodies = await read.session.scalars(select(JournalEntry.body).where(JournalEntry.venue_id == venue.id, about))
    if any(f":{receipt.id}" in body for body in bodies):
        return None
    said = f"Receipt {receipt.number} is in no entry: the journal's tail was cut off, and the head set back to hide it."
    return Fault(last + 1, said)
