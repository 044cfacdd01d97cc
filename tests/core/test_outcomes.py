"""What is told of a transaction is what became of it, whoever gives up waiting meanwhile."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from kiosk.core import commands
from kiosk.core.actor import Actor, Approver, command_line
from kiosk.core.db import Database, DatabaseBusy, Read, Tx
from kiosk.core.errors import StaleTap
from kiosk.core.events import Fact
from kiosk.core.models import Note
from kiosk.ui.gesture import Acts, Args, Credentials, Tap
from tests.support import patience
from tests.support.databases import Databases
from tests.support.house import founded

pytestmark = pytest.mark.slow

MEANING = commands.meaning_of("note", {})


def note(name: str, pause: float = 0) -> Callable[[Tx], Any]:
    async def gesture(tx: Tx) -> str:
        await tx.change(insert(Note).values(name=name, value="x"))
        await asyncio.sleep(pause)
        tx.announce(Fact())
        return name

    return gesture


async def notes(db: Database) -> set[str]:
    async with db.read() as read:
        return set((await read.session.scalars(select(Note.name))).all())


@pytest.fixture
def slow_commit(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """The database commits, and answers more than a second later; the event says that it has committed."""
    committed = asyncio.Event()
    commit = AsyncSession.commit

    async def slowly(self: AsyncSession) -> None:
        await commit(self)
        committed.set()
        await asyncio.sleep(1.2)

    monkeypatch.setattr(AsyncSession, "commit", slowly)
    return committed


async def test_a_tap_given_up_while_it_commits_is_still_told_to_every_screen(
    db: Database, slow_commit: asyncio.Event
) -> None:
    heard: list[Fact] = []
    db.bus.listen(heard.append)
    tap = asyncio.create_task(db.run(note("one")))
    await slow_commit.wait()
    tap.cancel()
    with pytest.raises(asyncio.CancelledError):
        await tap
    assert (await notes(db), heard) == ({"one"}, [Fact()])


async def test_what_was_committed_in_time_is_never_called_too_late(db: Database, slow_commit: asyncio.Event) -> None:
    assert await db.run(note("one"), seconds=1) == "one"
    assert await notes(db) == {"one"}


async def test_taps_given_up_at_any_moment_happen_whole_or_not_at_all_and_leave_no_lock(db: Database) -> None:
    heard: list[Fact] = []
    db.bus.listen(heard.append)
    chance = random.Random(7)

    async def given_up(name: str) -> str:
        async with asyncio.timeout(chance.uniform(0, 0.4)):
            return await db.run(note(name, pause=0.001))

    await db.run(note("first"))
    names = [f"n{number}" for number in range(60)]
    answers = await asyncio.gather(*(given_up(name) for name in names), return_exceptions=True)
    assert {type(answer) for answer in answers} <= {str, TimeoutError}
    assert {answer for answer in answers if isinstance(answer, str)} <= await notes(db)
    assert len(heard) == len(await notes(db))
    async with asyncio.timeout(patience.COMES):
        missing = sorted(set(names) - await notes(db))
        assert await asyncio.gather(*(db.run(note(name)) for name in missing)) == missing


async def test_a_tap_that_waits_too_long_for_others_says_so_and_may_be_sent_again(db: Database) -> None:
    key, is_writing, may_end = uuid4(), asyncio.Event(), asyncio.Event()

    async def slow(tx: Tx) -> str:
        told = await note("one")(tx)
        is_writing.set()
        await may_end.wait()
        return str(told)

    first = asyncio.create_task(commands.once(db, key, MEANING, slow))
    await is_writing.wait()
    with pytest.raises(DatabaseBusy, match="nothing was changed"):
        await commands.once(db, key, MEANING, note("two"), seconds=0.1)
    may_end.set()
    assert await commands.once(db, key, MEANING, note("three")) == "one" == await first
    assert await notes(db) == {"one"}


@pytest.mark.slow
async def test_sixty_taps_wait_their_turn_behind_a_slow_one(db: Database) -> None:
    slow = asyncio.create_task(db.run(note("slow", pause=1)))
    taps = [db.run(note(f"n{number}")) for number in range(60)]
    await asyncio.gather(slow, *taps)
    assert len(await notes(db)) == 61


async def test_a_stale_copy_of_a_tap_waits_for_the_one_under_way(db: Database) -> None:
    is_writing, may_end = asyncio.Event(), asyncio.Event()

    async def nobody(_tx: Tx, _session: str, _device: str) -> Actor:
        return command_line(1)

    async def approve(person_id: int, pin: str, device_token: str) -> Approver:
        raise AssertionError

    async def slowly(tx: Tx, _args: Args, _by: Actor) -> str:
        told = await note("one")(tx)
        is_writing.set()
        await may_end.wait()
        return str(told)

    acts = Acts(db, identify=nobody, approve=approve)
    acts.add("note", Args, slowly)
    key, who = uuid4(), Credentials("", "")
    first = asyncio.create_task(acts.carry_out("note", Tap(key=key), who))
    await is_writing.wait()
    copy = asyncio.create_task(acts.carry_out("note", Tap(key=key, waited_ms=30_001), who))
    await asyncio.sleep(0.1)
    may_end.set()
    assert await copy == "one" == await first
    with pytest.raises(StaleTap):
        await acts.carry_out("note", Tap(key=uuid4(), waited_ms=30_001), who)


async def test_two_that_draw_the_first_number_of_a_series_at_once_get_one_and_two(db: Database) -> None:
    await founded(db)

    for copy in range(8):
        drawn = await asyncio.gather(*(db.run(lambda tx, copy=copy: tx.draw(f"copy {copy}")) for _ in range(4)))
        assert sorted(drawn) == [1, 2, 3, 4]


async def test_mariadb_ends_by_itself_what_a_tap_gave_up(databases: Databases) -> None:
    db = Database(databases.fresh("mariadb"))
    bounds = text("SELECT @@innodb_lock_wait_timeout, @@max_statement_time, @@time_zone")

    async def look(tx: Read) -> list[str]:
        return [str(value) for value in (await tx.session.execute(bounds)).one()]

    async with db.read() as read:
        assert await look(read) == ["10", "60.0", "+00:00"]
    assert await db.run(look) == ["10", "30.0", "+00:00"]
    await db.close()
