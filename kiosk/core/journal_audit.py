"""Where the journal ends, and whether it is whole: found out entry by entry, in bounded memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LargeBinary, Select, cast, select

from kiosk.core.db import Read
from kiosk.core.errors import NotFound
from kiosk.core.journal import GENESIS
from kiosk.core.journal_chain import Anchor, Fault, Link, Walk, grouped
from kiosk.core.models import JournalEntry, JournalHead

SHOWN = 32
PAGE = 5_000
"""How many entries are in memory at a time."""


class EntryGone(NotFound):
    def __init__(self, seq: int) -> None:
        super().__init__(f"The journal has no entry {seq} to start from. Choose an earlier --from, or leave it out.")


@dataclass(frozen=True)
class End:
    """Where a journal ends: its last entry's number and digest. Written down elsewhere it is an anchor."""

    seq: int
    digest: bytes

    @property
    def anchor(self) -> str:
        """What `kiosk audit verify --anchor` takes: the number and the first 32 figures of the digest."""
        return f"{self.seq}:{self.digest.hex()[:SHOWN]}"

    @property
    def spoken(self) -> str:
        """The anchor in groups of four, as people read it off a Z report; it is taken like that as well."""
        return f"{self.seq}: {grouped(self.digest.hex()[:SHOWN])}"


@dataclass(frozen=True)
class Verdict:
    """What was looked at, from the first entry to the last, where the journal ends, and the first fault if any."""

    first: int
    last: int
    count: int
    end: End
    fault: Fault | None


async def journal_head(read: Read) -> End:
    """Where the venue's journal ends as far as this look can see; nothing is locked.

    An anchor taken inside a transaction names the entry before those which the transaction will write itself.
    """
    return await _head(read) or End(0, GENESIS)


async def _head(read: Read) -> End | None:
    venue = await read.venue()
    mine = select(JournalHead.seq, JournalHead.digest).where(JournalHead.venue_id == venue.id)
    head = (await read.session.execute(mine)).one_or_none()
    return None if head is None else End(head.seq, head.digest)


async def verify(read: Read, first: int = 1, last: int | None = None, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Go along the chain of the venue's journal and name the first entry that is not what was written.

    Without `last` up to the journal's end, which has to be where the head says. From a later entry than the first
    on, the entry before it is taken on trust. What an anchor names is compared when the walk comes by.
    """
    head = await _head(read)
    goes_to_end = last is None or head is None or last >= head.seq
    walk = await _start(read, first)
    due = [anchor for anchor in anchors if walk.seq < anchor.seq and (goes_to_end or anchor.seq <= (last or 0))]
    fault = await _walk(read, walk, None if goes_to_end else last, due)
    if fault is None:
        fault = await _ending(read, walk, head, due) if goes_to_end else _cut_short(walk, last or 0)
    return Verdict(first, walk.seq, walk.seq - first + 1, End(walk.seq, walk.digest), fault)


async def _start(read: Read, first: int) -> Walk:
    """Before the first entry of all, or after the one before the first asked for."""
    if first <= 1:
        return Walk()
    venue = await read.venue()
    before = select(JournalEntry.digest).where(JournalEntry.venue_id == venue.id, JournalEntry.seq == first - 1)
    digest = (await read.session.execute(before)).scalar_one_or_none()
    if digest is None:
        raise EntryGone(first - 1)
    return Walk(first - 1, digest)


async def _walk(read: Read, walk: Walk, last: int | None, anchors: Sequence[Anchor]) -> Fault | None:
    named: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        named.setdefault(anchor.seq, []).append(anchor)
    held = walk.seq
    async for link, after in _links(read, walk.seq, last):
        fault = walk.step(link, after)
        for anchor in () if fault else named.get(walk.seq, ()):
            if not anchor.holds(walk.digest):
                return Fault(walk.seq, _rewritten(anchor, held))
            held = walk.seq
        if fault:
            return fault
    return None


async def _links(read: Read, after_seq: int, last: int | None) -> AsyncIterator[tuple[Link, Link | None]]:
    """Every entry with the one after it, in the order of their numbers, a page in memory at a time."""
    venue = await read.venue()
    asked = _asked(venue.id, last)
    # From the first entry on nothing is too small to be looked at: a number below 1 is a fault as well.
    page = await _page(read, asked if after_seq == 0 else asked.where(JournalEntry.seq > after_seq))
    while page:
        following = await _page(read, asked.where(JournalEntry.seq > page[-1].seq)) if len(page) == PAGE else []
        for link, after in zip(page, [*page[1:], *following[:1]], strict=False):
            yield link, after
        if not following:
            yield page[-1], None
        page = following


def _asked(venue_id: int, last: int | None) -> Select[*tuple[Any, ...]]:
    entry = JournalEntry
    kept = (entry.acted_at, entry.act, entry.subject_kind, entry.subject_id, entry.person_id, entry.approver_id)
    chained = (entry.body, entry.previous, entry.digest)
    asked = select(entry.seq, *(cast(column, LargeBinary) for column in (*kept, *chained)))
    asked = asked.where(entry.venue_id == venue_id).order_by(entry.seq).limit(PAGE)
    return asked if last is None else asked.where(entry.seq <= last)


async def _page(read: Read, asked: Select[*tuple[Any, ...]]) -> list[Link]:
    return [Link(*row) for row in await read.session.execute(asked)]


async def _ending(read: Read, walk: Walk, head: End | None, anchors: Sequence[Anchor]) -> Fault | None:
    """Whether the journal ends where its head and everybody's anchors say, and nobody else has entries in it."""
    return _at_head(walk, head or End(0, GENESIS)) or _beyond(walk, anchors) or await _strangers(read)


def _at_head(walk: Walk, head: End) -> Fault | None:
    if head.seq > walk.seq:
        return Fault(walk.seq + 1, f"{_entries(walk.seq + 1, head.seq)} missing at the end: the head says {head.seq}.")
    if head.seq < walk.seq:
        return Fault(head.seq + 1, f"{_entries(head.seq + 1, walk.seq)} more than the head knows of: it was set back.")
    if head.digest != walk.digest:
        return Fault(walk.seq, f"The head does not name entry {walk.seq} as it is: one of the two was changed.")
    return None


def _beyond(walk: Walk, anchors: Sequence[Anchor]) -> Fault | None:
    far = max(anchors, key=lambda anchor: anchor.seq, default=None)
    if far is None or far.seq <= walk.seq:
        return None
    cut = f"{_entries(walk.seq + 1, far.seq)} missing at the end"
    return Fault(walk.seq + 1, f"{cut}: {far.source} names entry {far.seq}. The head was set back to hide it.")


async def _strangers(read: Read) -> Fault | None:
    """A restaurant has one journal; an entry that was given to another one is none of ours any more."""
    venue = await read.venue()
    for other in (JournalEntry.venue_id < venue.id, JournalEntry.venue_id > venue.id):
        found = select(JournalEntry.venue_id, JournalEntry.seq).where(other).limit(1)
        row = (await read.session.execute(found)).first()
        if row:
            said = f"Entry {row.seq} was put in for venue {row.venue_id}, which is not this restaurant."
            return Fault(row.seq, said)
    return None


def _cut_short(walk: Walk, last: int) -> Fault | None:
    return Fault(walk.seq + 1, f"{_entries(walk.seq + 1, last)} missing.") if walk.seq < last else None


def _rewritten(anchor: Anchor, held: int) -> str:
    since = f"after entry {held}" if held else "from its beginning"
    return f"Entry {anchor.seq} is not the one that {anchor.source} names: the journal was written anew {since}."


def _entries(first: int, last: int) -> str:
    return f"Entry {first} is" if first == last else f"Entries {first} to {last} are"
