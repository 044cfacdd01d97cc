"""The database as the kiosk uses it: one tap, one transaction; retried when it is known not to have happened."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Hashable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, Executable, Insert, Table, Update, bindparam, insert, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncSession

from kiosk.core import clock, engines
from kiosk.core.actor import Approver
from kiosk.core.errors import Refused, Unavailable
from kiosk.core.events import Bus, Fact
from kiosk.core.journal import GENESIS, Act, entries
from kiosk.core.models import Counter, JournalEntry, JournalHead, Venue
from kiosk.core.packets import Asked, Packet, Row, Wire, carry_out, look_of, taken_in, wire_of

log = logging.getLogger(__name__)
T = TypeVar("T")
TRIES = 8
TX_SECONDS = 30
READ_SECONDS = 60
COMMIT_SECONDS = 30
AS_IT_IS_NOW = {"populate_existing": True}
"""For what is looked at under a lock: a row the transaction saw before shows what others have committed since."""


_JOURNAL, _HEADS = cast(Table, JournalEntry.__table__), cast(Table, JournalHead.__table__)
_OF_MINE = _HEADS.c.venue_id == bindparam("mine")
VENUE: Asked = (select(Venue).order_by(Venue.id).limit(1), {})
"""The venue, for those who look up more at the same time."""
_ENTRIES = insert(_JOURNAL)
_HEAD = select(_HEADS.c.seq, _HEADS.c.digest).where(_OF_MINE).with_for_update()
_HEAD_MOVES = update(_HEADS).where(_OF_MINE).values(seq=bindparam("last"), digest=bindparam("its_digest"))
"""Made once, because nearly every act carries them out."""


class OutcomeUnknown(Unavailable):
    """The connection broke while committing: it may or may not have happened. The command's key tells."""

    def __init__(self) -> None:
        super().__init__("The database went away while this was being saved. Look at the screen before you tap again.")


class DatabaseAway(Unavailable):
    def __init__(self) -> None:
        super().__init__("The database does not answer, nothing was changed. Try again in a moment.")


class DatabaseBusy(Unavailable):
    def __init__(self) -> None:
        super().__init__("The database is too busy, nothing was changed. Try again in a moment.")


class NoVenue(Refused):
    def __init__(self) -> None:
        super().__init__("This database has no restaurant yet. Start `kiosk run` once, it founds the sample.")


class Read:
    """A look at the database; changes nothing."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self._venue: Venue | None = None
        self._wire: Wire | None = None
        self._known: dict[Hashable, list[Any]] = {}

    async def venue(self) -> Venue:
        """The venue this database belongs to."""
        if self._venue is None:
            self._venue = next(iter((await self.look_up(VENUE))[0]), None)
        if self._venue is None:
            raise NoVenue
        return self._venue

    async def look_up(self, *asked: Asked) -> list[list[Any]]:
        """The rows of several SELECTs, asked together; each is made once and comes with its words.

        A look sees one instant: what it has asked before, it is answered as before.
        """
        new = [one for one in asked if _name_of(one) not in self._known]
        if new:
            self._known |= zip(map(_name_of, new), await self._look_up(new), strict=True)
        return [self._known[_name_of(one)] for one in asked]

    async def _look_up(self, asked: Sequence[Asked], packet: Packet | None = None) -> list[list[Any]]:
        """What waits in the packet is written first, on the same way."""
        if self._wire is None:
            self._wire = await wire_of(self.session)
        found = await carry_out(self._wire, packet or Packet(), asked)
        kinds = [look_of(statement, self._wire.dialect).kind for statement, _ in asked]
        session = self.session.sync_session
        return [taken_in(session, kind, rows) if kind else rows for kind, rows in zip(kinds, found, strict=True)]


def _name_of(asked: Asked) -> Hashable:
    statement, words = asked
    return (statement, *((name, tuple(one) if isinstance(one, list) else one) for name, one in words.items()))


class Tx(Read):
    """A transaction under way: what is announced and recorded becomes true with its commit."""

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self.facts: list[Fact] = []
        self._acts: list[Act] = []
        self._packet = Packet()
        self.at: datetime = clock.now()

    def announce(self, fact: Fact) -> None:
        """Tell every screen after the commit; the same fact is told once."""
        if fact not in self.facts:
            self.facts.append(fact)

    def record(self, act: Act) -> None:
        """Put an act into the journal, in this transaction."""
        self._acts.append(act)

    def names(self, approver: Approver) -> bool:
        """Whether an act of this transaction takes the approver's name into the journal."""
        return any(act.by.approver == approver for act in self._acts)

    async def change(self, statement: Executable, parameters: Any = None) -> int:
        """Carry out an INSERT, UPDATE or DELETE and say how many rows it met."""
        result = await self.session.execute(statement, parameters, execution_options={"synchronize_session": False})
        return result.rowcount if isinstance(result, CursorResult) else 0

    def later(self, statement: Insert | Update, *rows: Row) -> None:
        """Write these rows with the next `look_up`, at the latest at the end, together with all else that waits.

        For what the transaction does not read by other ways, with a statement that is made once. Changed rows come
        before.
        """
        self._packet.add(statement, rows)

    async def look_up(self, *asked: Asked) -> list[list[Any]]:
        """The rows of several SELECTs, asked together; each is made once and comes with its words.

        What waits to be written is written first. What was looked up ahead is known already, once.
        """
        names = [_name_of(one) for one in asked]
        new = [one for one, name in zip(asked, names, strict=True) if name not in self._known]
        if new:
            await self.look_ahead(*new)
        return [self._known.pop(name) for name in names]

    async def look_ahead(self, *asked: Asked) -> None:
        """Look up together what is asked for one after the other from here on; locks are taken in this order."""
        await self.flush()
        # What a savepoint may take back must not be written in it.
        packet = Packet() if self.session.in_nested_transaction() else self._packet
        self._known |= zip(map(_name_of, asked), await self._look_up(asked, packet), strict=True)

    async def flush(self) -> None:
        """Write the rows that were changed."""
        session = self.session.sync_session
        if session.new or session.dirty or session.deleted:
            await self.session.flush()

    async def write_down(self) -> None:
        """Write what waits, in the order it came."""
        await self.flush()
        if self._packet:
            await self._look_up((), self._packet)

    async def draw(self, name: str) -> int:
        """The next number of a gapless series; its row stays locked until the commit, so draw it late."""
        venue = await self.venue()
        mine = (Counter.venue_id == venue.id, Counter.name == name)
        count_up = update(Counter).where(*mine).values(last=Counter.last + 1)
        if not await self.change(count_up):
            try:
                async with self.session.begin_nested():
                    await self.change(insert(Counter).values(venue_id=venue.id, name=name, last=1))
            except IntegrityError:
                await self.change(count_up)
        return (await self.session.execute(select(Counter.last).where(*mine))).scalar_one()

    async def write_journal(self) -> None:
        """Chain the recorded acts onto the venue's journal; the last statements before the commit."""
        if not self._acts:
            return
        venue_id = self._acts[0].by.venue_id
        head = await self._head(venue_id)
        rows = entries(self._acts, head.seq, head.digest, self.at)
        self._acts.clear()
        self.later(_ENTRIES, *rows)
        self.later(_HEAD_MOVES, {"mine": venue_id, "last": rows[-1]["seq"], "its_digest": rows[-1]["digest"]})

    async def _head(self, venue_id: int) -> Any:
        (heads,) = await self.look_up(journal_head(venue_id))
        if not heads:
            await self.change(insert(JournalHead).values(venue_id=venue_id, seq=0, digest=GENESIS))
            (heads,) = await self.look_up(journal_head(venue_id))
        return heads[0]


def journal_head(venue_id: int) -> Asked:
    """Where the journal of a venue ends, kept from others until the commit: the last lock there is."""
    return _HEAD, {"mine": venue_id}


class Database:
    """The two doors to one database: one writer at a time on SQLite, many on MySQL, readers beside them."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.bus = Bus()
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writer = engines.writer(self.url)
        self._reader = engines.reader(self.url)

    async def close(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()

    @asynccontextmanager
    async def read(self, *, seconds: float = READ_SECONDS) -> AsyncIterator[Read]:
        """A consistent look that blocks nobody. Raises DatabaseAway, or DatabaseBusy after so many seconds."""
        with _in_words():
            async with (
                asyncio.timeout(seconds),
                AsyncSession(self._reader, expire_on_commit=False, autoflush=False) as session,
            ):
                yield Read(session)

    async def run(self, gesture: Callable[[Tx], Awaitable[T]], *, seconds: float = TX_SECONDS) -> T:
        """Carry out a gesture in one transaction; again when the database says it did not happen.

        `seconds` is how long all tries together may take before the commit. Raises DatabaseAway or DatabaseBusy when
        it did not happen, OutcomeUnknown when the connection was lost while committing.
        """
        until = asyncio.get_running_loop().time() + seconds
        for attempt in range(1, TRIES):
            try:
                return await self._once(gesture, until)
            except DBAPIError as trouble:
                if not (engines.is_lost(trouble) or engines.is_passing(trouble)):
                    raise
                log.info("retrying after %s", trouble.orig)
            await asyncio.sleep(random.uniform(0.5, 1.5) * 0.01 * 2**attempt)
        with _in_words():
            return await self._once(gesture, until)

    async def _once(self, gesture: Callable[[Tx], Awaitable[T]], until: float) -> T:
        async with AsyncSession(self._writer, expire_on_commit=False) as session:
            tx = Tx(session)
            try:
                async with asyncio.timeout_at(until):
                    result = await gesture(tx)
                    await tx.flush()
                    await tx.write_journal()
                    await tx.write_down()
            except (TimeoutError, PoolTimeout) as late:
                raise DatabaseBusy from late
            await _to_its_end(self._commit(tx))
        return result

    async def _commit(self, tx: Tx) -> None:
        try:
            async with asyncio.timeout(COMMIT_SECONDS):
                await tx.session.commit()
        except TimeoutError as silence:
            raise OutcomeUnknown from silence
        except DBAPIError as trouble:
            if engines.is_lost(trouble):
                raise OutcomeUnknown from trouble
            raise
        self.bus.publish(tx.facts)


@contextmanager
def _in_words() -> Iterator[None]:
    """What people can be told when the database is away or too busy."""
    try:
        yield
    except (TimeoutError, PoolTimeout) as late:
        raise DatabaseBusy from late
    except DBAPIError as trouble:
        if engines.is_lost(trouble):
            raise DatabaseAway from trouble
        if engines.is_passing(trouble):
            raise DatabaseBusy from trouble
        raise


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Do what must not be broken off halfway; whoever is told to stop meanwhile stops after it."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        raise
