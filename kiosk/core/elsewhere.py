"""What commands beside the server did: its journal tells, and the server's screens hear of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.db import Database, Read
from kiosk.core.errors import KioskError
from kiosk.core.events import Fact
from kiosk.core.models import JournalEntry, JournalHead

log = logging.getLogger(__name__)
EVERY_S = 2.0


class Elsewhere:
    """Looks into the journal every few seconds and publishes the facts that acts of other processes made true.

    `facts` names the fact of each act to be heard; an act of this process is heard again, which does no harm.
    """

    def __init__(self, db: Database, facts: Mapping[str, Fact], *, every_s: float = EVERY_S) -> None:
        self._db = db
        self._facts = facts
        self._every_s = every_s
        self._seq: int | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="elsewhere")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self) -> None:
        """Publish what came into the journal since the last look; the first look only remembers where it ends."""
        async with self._db.read() as read:
            mine = JournalHead.venue_id == (await read.venue()).id
            end = (await read.session.scalars(select(JournalHead.seq).where(mine))).one_or_none() or 0
            since, self._seq = self._seq, end
            acts = [] if since is None or since == end else await self._acts(read, since, end)
        self._db.bus.publish([self._facts[act] for act in acts])

    async def _acts(self, read: Read, since: int, end: int) -> Sequence[str]:
        venue = await read.venue()
        new = (JournalEntry.venue_id == venue.id, JournalEntry.seq > since, JournalEntry.seq <= end)
        found = select(JournalEntry.act).where(*new, JournalEntry.act.in_(list(self._facts))).distinct()
        return (await read.session.scalars(found)).all()

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
            except (SQLAlchemyError, OSError, TimeoutError, KioskError) as trouble:
                log.info("the journal could not be read: %s", trouble)
            await asyncio.sleep(self._every_s)
