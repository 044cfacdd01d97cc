"""The database as the kiosk uses it: one tap, one transaction; retried when it is known not to have happened."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Executable, event, insert, select, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from kiosk.core import clock
from kiosk.core.errors import Refused
from kiosk.core.events import Bus, Fact
from kiosk.core.journal import GENESIS, Act, canonical, chain
from kiosk.core.models import Counter, JournalEntry, JournalHead, Venue

log = logging.getLogger(__name__)
T = TypeVar("T")
TRIES = 8
TX_SECONDS = 30
RETRIED = {1213, 1205, 1020, 3572}
"""MySQL: deadlock, lock wait, record changed since read, lock not available at once."""
LOST = {2003, 2006, 2013, 2014, 2055, 1927, 1053}
"""MySQL: the connection or the server went away."""


class OutcomeUnknown(Exception):
    """The connection broke while committing: it may or may not have happened. The command's key tells."""


class NoVenue(Refused):
    def __init__(self) -> None:
        super().__init__("This database has no restaurant yet. Start `kiosk run` once, it founds the sample.")


class Read:
    """A look at the database; changes nothing."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self._venue: Venue | None = None

    async def venue(self) -> Venue:
        """The venue this database belongs to."""
        if self._venue is None:
            self._venue = (await self.session.scalars(select(Venue).order_by(Venue.id).limit(1))).one_or_none()
        if self._venue is None:
            raise NoVenue
        return self._venue


class Tx(Read):
    """A transaction under way: what is announced and recorded becomes true with its commit."""

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self.facts: list[Fact] = []
        self._acts: list[Act] = []
        self.at: datetime = clock.now()

    def announce(self, fact: Fact) -> None:
        """Tell every screen after the commit; the same fact is told once."""
        if fact not in self.facts:
            self.facts.append(fact)

    def record(self, act: Act) -> None:
        """Put an act into the journal, in this transaction."""
        self._acts.append(act)

    async def change(self, statement: Executable, parameters: Any = None) -> int:
        """Carry out an INSERT, UPDATE or DELETE and say how many rows it met."""
        result = await self.session.execute(statement, parameters, execution_options={"synchronize_session": False})
        return result.rowcount if isinstance(result, CursorResult) else 0

    async def draw(self, name: str) -> int:
        """The next number of a gapless series; its row stays locked until the commit, so draw it late."""
        venue = await self.venue()
        mine = (Counter.venue_id == venue.id, Counter.name == name)
        if not await self.change(update(Counter).where(*mine).values(last=Counter.last + 1)):
            await self.change(insert(Counter).values(venue_id=venue.id, name=name, last=1))
            return 1
        return (await self.session.execute(select(Counter.last).where(*mine))).scalar_one()

    async def write_journal(self) -> None:
        """Chain the recorded acts onto the venue's journal; the last statements before the commit."""
        if not self._acts:
            return
        venue_id = self._acts[0].by.venue_id
        head = await self._head(venue_id)
        seq, digest, rows = head.seq, head.digest, []
        for act in self._acts:
            seq += 1
            body = canonical(act, seq=seq, at=self.at)
            previous, digest = digest, chain(digest, body)
            rows.append(self._entry(act, seq, body, previous, digest))
        self._acts.clear()
        await self.change(insert(JournalEntry), rows)
        await self.change(update(JournalHead).where(JournalHead.venue_id == venue_id).values(seq=seq, digest=digest))

    def _entry(self, act: Act, seq: int, body: str, previous: bytes, digest: bytes) -> dict[str, Any]:
        return {
            "venue_id": act.by.venue_id,
            "seq": seq,
            "acted_at": self.at,
            "act": act.act,
            "subject_kind": act.subject_kind,
            "subject_id": act.subject_id,
            "person_id": act.by.person_id,
            "approver_id": act.by.approver.person_id if act.by.approver else None,
            "body": body,
            "previous": previous,
            "digest": digest,
        }

    async def _head(self, venue_id: int) -> Any:
        mine = select(JournalHead.seq, JournalHead.digest).where(JournalHead.venue_id == venue_id).with_for_update()
        head = (await self.session.execute(mine)).one_or_none()
        if head is None:
            await self.change(insert(JournalHead).values(venue_id=venue_id, seq=0, digest=GENESIS))
            head = (await self.session.execute(mine)).one()
        return head


class Database:
    """The two doors to one database: one writer at a time on SQLite, many on MySQL, readers beside them."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.bus = Bus()
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        make = _sqlite_engine if self.is_sqlite else _mysql_engine
        self._writer = make(self.url, writes=True)
        self._reader = make(self.url, writes=False)

    async def close(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Read]:
        """A consistent look that blocks nobody."""
        async with AsyncSession(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield Read(session)

    async def run(self, gesture: Callable[[Tx], Awaitable[T]], *, seconds: float = TX_SECONDS) -> T:
        """Carry out a gesture in one transaction; again when the database says it did not happen.

        `seconds` is how long it may take. Raises OutcomeUnknown when the connection was lost while committing.
        """
        for attempt in range(1, TRIES + 1):
            try:
                return await self._once(gesture, seconds)
            except DBAPIError as trouble:
                if attempt == TRIES or not _is_worth_a_retry(trouble):
                    raise
                log.info("retrying after %s", trouble.orig)
            await asyncio.sleep(random.uniform(0.5, 1.5) * 0.01 * 2**attempt)
        raise AssertionError("unreachable")

    async def _once(self, gesture: Callable[[Tx], Awaitable[T]], seconds: float) -> T:
        async with asyncio.timeout(seconds), AsyncSession(self._writer, expire_on_commit=False) as session:
            tx = Tx(session)
            result = await gesture(tx)
            await session.flush()
            await tx.write_journal()
            await self._commit(session)
        self.bus.publish(tx.facts)
        return result

    @staticmethod
    async def _commit(session: AsyncSession) -> None:
        try:
            await session.commit()
        except DBAPIError as trouble:
            if trouble.connection_invalidated or _error_number(trouble) in LOST:
                raise OutcomeUnknown from trouble
            raise


def _error_number(trouble: DBAPIError) -> int | None:
    arguments = getattr(trouble.orig, "args", ())
    return arguments[0] if arguments and isinstance(arguments[0], int) else None


def _is_worth_a_retry(trouble: DBAPIError) -> bool:
    if "database is locked" in str(trouble.orig):
        return True
    return trouble.connection_invalidated or _error_number(trouble) in RETRIED | LOST


def _mysql_engine(url: URL, *, writes: bool) -> AsyncEngine:
    return create_async_engine(
        url,
        isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",
        pool_size=10,
        max_overflow=10,
        pool_pre_ping=True,
        pool_recycle=3600,
        connect_args={"charset": "utf8mb4", "init_command": "SET time_zone='+00:00'", "connect_timeout": 10},
    )


def _sqlite_engine(url: URL, *, writes: bool) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=1 if writes else 4, max_overflow=0, pool_timeout=60)
    pragmas = ["busy_timeout=10000", "foreign_keys=ON", "recursive_triggers=ON", "journal_mode=WAL", "synchronous=FULL"]
    if not writes:
        pragmas = [*pragmas[:3], "query_only=ON", "wal_autocheckpoint=0"]

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
