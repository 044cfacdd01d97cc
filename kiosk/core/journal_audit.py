"""Where the journal ends, and whether it is whole: found out entry by entry, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from kiosk.core.db import Read
from kiosk.core.journal import GENESIS
from kiosk.core.models import JournalHead

GROUP, SHOWN = 4, 32


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
        figures = self.digest.hex()[:SHOWN]
        return f"{self.seq}: " + " ".join(figures[at : at + GROUP] for at in range(0, SHOWN, GROUP))


async def journal_head(read: Read) -> End:
    """Where the venue's journal ends as far as this look can see; nothing is locked.

    An anchor taken inside a transaction names the entry before those which the transaction will write itself.
    """
    venue = await read.venue()
    mine = select(JournalHead.seq, JournalHead.digest).where(JournalHead.venue_id == venue.id)
    head = (await read.session.execute(mine)).one_or_none()
    return End(0, GENESIS) if head is None else End(head.seq, head.digest)
