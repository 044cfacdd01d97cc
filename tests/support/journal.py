"""Reading the journal back, as an auditor would."""

from sqlalchemy import select

from kiosk.core.db import Database
from kiosk.core.journal import GENESIS, chain
from kiosk.core.journal_audit import verify
from kiosk.core.models import JournalEntry, JournalHead


async def acts(db: Database) -> list[str]:
    """The names of all recorded acts, in order."""
    async with db.read() as read:
        return list((await read.session.scalars(select(JournalEntry.act).order_by(JournalEntry.seq))).all())


async def is_whole(db: Database) -> bool:
    """Whether the chain has every link from the first entry to the head; the kiosk's own audit has to say so, too."""
    async with db.read() as read:
        entries = (await read.session.scalars(select(JournalEntry).order_by(JournalEntry.seq))).all()
        head = (await read.session.scalars(select(JournalHead))).one()
        fault = (await verify(read)).fault
    digest = GENESIS
    for seq, entry in enumerate(entries, start=1):
        if entry.seq != seq or entry.previous != digest or entry.digest != chain(digest, entry.body):
            return False
        digest = entry.digest
    return head.seq == len(entries) and head.digest == digest and fault is None


async def bodies(db: Database) -> list[str]:
    """The canonical texts of all entries, in order."""
    async with db.read() as read:
        return list((await read.session.scalars(select(JournalEntry.body).order_by(JournalEntry.seq))).all())
