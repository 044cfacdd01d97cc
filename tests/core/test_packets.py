"""What waits for the end of a transaction is written in its order, all of it or nothing."""

import asyncio
from contextlib import suppress
from typing import Any, cast

import pytest
from sqlalchemy import Table, bindparam, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from kiosk.core.db import Database, Tx
from kiosk.core.models import Note
from tests.support.databases import Databases, opened

NOTES = cast(Table, Note.__table__)
WRITE = insert(NOTES)
CHANGE = update(NOTES).where(NOTES.c.name == bindparam("mine")).values(value=bindparam("its_value"))
CHANGE_SOME = update(NOTES).where(NOTES.c.name.in_(bindparam("those", expanding=True))).values(value="same")
VALUES = select(NOTES.c.value).where(NOTES.c.name == bindparam("mine")).with_for_update()
VALUES_SEEN = select(NOTES.c.value).where(NOTES.c.name == bindparam("mine"))
WHOLE = select(Note).where(Note.name.in_(bindparam("those", expanding=True)), Note.value != "gone").order_by(Note.name)


async def notes(db: Database) -> dict[str, str]:
    async with db.read() as read:
        found = await read.session.execute(select(NOTES.c.name, NOTES.c.value).where(NOTES.c.name.like("t%")))
        return {name: value for name, value in found}


async def test_inserts_of_many_rows_and_updates_are_written_in_the_order_they_came(db: Database) -> None:
    async def act(tx: Tx) -> str:
        tx.later(WRITE, {"name": "t1", "value": "one"}, {"name": "t2", "value": "100 % ; DROP TABLE notes; 'é😀"})
        tx.later(CHANGE, {"mine": "t1", "its_value": "uno"}, {"mine": "t2", "its_value": "due"})
        tx.later(WRITE, {"name": "t3", "value": "%s ? :mine"})
        return "done"

    assert await db.run(act) == "done"
    assert await notes(db) == {"t1": "uno", "t2": "due", "t3": "%s ? :mine"}


async def test_one_statement_refused_in_the_middle_is_nothing_written(db: Database) -> None:
    async def act(tx: Tx) -> None:
        tx.later(WRITE, {"name": "t1", "value": "one"})
        tx.later(WRITE, {"name": "t1", "value": "again"})
        tx.later(WRITE, {"name": "t2", "value": "two"})

    for _ in range(2):
        with pytest.raises(IntegrityError):
            await db.run(act)
    assert await notes(db) == {}
    await db.run(lambda tx: tx.change(insert(NOTES).values(name="t9", value="the connection is as good as before")))
    assert list(await notes(db)) == ["t9"]


async def test_what_waits_is_read_by_whoever_asks_for_it_to_be_written(db: Database) -> None:
    async def act(tx: Tx) -> Any:
        tx.later(WRITE, {"name": "t1", "value": "one"})
        await tx.write_down()
        return (await tx.session.execute(select(NOTES.c.value).where(NOTES.c.name == "t1"))).scalar_one()

    assert await db.run(act) == "one"


async def test_what_waits_is_written_before_what_is_looked_up_with_it(db: Database) -> None:
    async def act(tx: Tx) -> list[Any]:
        tx.later(WRITE, {"name": "t1", "value": "one"}, {"name": "t2", "value": "two"})
        return await tx.look_up((VALUES, {"mine": "t1"}), (VALUES, {"mine": "t2"}), (VALUES, {"mine": "t3"}))

    assert await db.run(act) == [[("one",)], [("two",)], []]


async def test_what_was_looked_up_ahead_is_known_once_and_asked_afresh_afterwards(db: Database) -> None:
    async def act(tx: Tx) -> list[Any]:
        tx.later(WRITE, {"name": "t1", "value": "one"})
        await tx.look_ahead((VALUES, {"mine": "t1"}), (VALUES, {"mine": "t2"}))
        await tx.change(CHANGE, {"mine": "t1", "its_value": "uno"})
        return [await tx.look_up((VALUES, {"mine": "t1"})) for _ in range(2)]

    assert await db.run(act) == [[[("one",)]], [[("uno",)]]]


async def test_whole_rows_are_the_sessions_own_objects_as_they_are_now(db: Database) -> None:
    await db.run(lambda tx: tx.change(WRITE, [{"name": "t1", "value": "one"}, {"name": "t2", "value": "two"}]))

    async def act(tx: Tx) -> None:
        known = await tx.session.get_one(Note, "t2")
        await tx.change(CHANGE, {"mine": "t2", "its_value": "due"})
        ((first, second),) = await tx.look_up((WHOLE, {"those": ["t1", "t2", "t3"]}))
        assert second is known
        assert [first.value, second.value] == ["one", "due"]
        first.value = "uno"
        ((again, _),) = await tx.look_up((WHOLE, {"those": ["t1", "t2", "t3"]}))
        assert (again is first, again.value) == (True, "uno")
        second.value = "deux"

    await db.run(act)
    assert await notes(db) == {"t1": "uno", "t2": "deux"}


async def test_several_rows_are_changed_by_one_statement(db: Database) -> None:
    async def act(tx: Tx) -> None:
        tx.later(WRITE, *({"name": f"t{no}", "value": "one"} for no in range(3)))
        tx.later(CHANGE_SOME, {"those": ["t0", "t2"]})

    await db.run(act)
    assert await notes(db) == {"t0": "same", "t1": "one", "t2": "same"}


async def test_what_waits_outlives_a_savepoint_that_is_taken_back(db: Database) -> None:
    async def act(tx: Tx) -> None:
        tx.later(WRITE, {"name": "t1", "value": "one"})
        with suppress(IntegrityError):
            async with tx.session.begin_nested():
                assert await tx.look_up((VALUES, {"mine": "t1"})) == [[]]
                await tx.change(WRITE, [{"name": "t2", "value": ""}, {"name": "t2", "value": ""}])

    await db.run(act)
    assert await notes(db) == {"t1": "one"}


async def test_a_look_is_answered_as_before_whatever_others_write_meanwhile(db: Database) -> None:
    await db.run(lambda tx: tx.change(WRITE, {"name": "t1", "value": "one"}))
    async with db.read() as read:
        before = await read.look_up((WHOLE, {"those": ["t1"]}), (VALUES_SEEN, {"mine": "t1"}))
        await db.run(lambda tx: tx.change(CHANGE, {"mine": "t1", "its_value": "uno"}))
        after = await read.look_up((VALUES_SEEN, {"mine": "t1"}), (WHOLE, {"those": ["t1"]}))
    assert after == before[::-1]
    assert before[1] == [("one",)]


async def test_a_row_that_lacks_a_column_the_first_one_has_is_a_fault_and_writes_nothing(db: Database) -> None:
    async def act(tx: Tx) -> None:
        tx.later(WRITE, {"name": "t1", "value": "one"}, {"name": "t2"})

    with pytest.raises(KeyError):
        await db.run(act)
    assert await notes(db) == {}


async def test_a_packet_that_meets_a_deadlock_is_sent_again(databases: Databases) -> None:
    db = opened(databases.fresh("mariadb"))
    await db.run(lambda tx: tx.change(WRITE, [{"name": "t1", "value": ""}, {"name": "t2", "value": ""}]))
    both, tries = asyncio.Barrier(2), 0

    def crossing(first: str, second: str, mark: str) -> Any:
        async def act(tx: Tx) -> None:
            nonlocal tries
            tries += 1
            await tx.change(
                text("UPDATE notes SET value = CONCAT(value, :mark) WHERE name = :name"), {"mark": mark, "name": first}
            )
            if tries <= 2:
                await both.wait()
            tx.later(CHANGE, {"mine": second, "its_value": mark})

        return act

    await asyncio.gather(db.run(crossing("t1", "t2", "a")), db.run(crossing("t2", "t1", "b")))
    assert tries == 3
    await db.close()


async def test_a_connection_that_is_lost_on_the_way_is_one_and_the_act_is_tried_again(databases: Databases) -> None:
    db, tries = Database(databases.fresh("mariadb")), 0

    async def act(tx: Tx) -> None:
        nonlocal tries
        tries += 1
        mine = (await tx.session.execute(text("SELECT CONNECTION_ID()"))).scalar_one()
        if tries == 1:
            async with db.read() as other:
                await other.session.execute(text(f"KILL {mine}"))
        tx.later(WRITE, {"name": "t1", "value": str(tries)})

    await db.run(act)
    assert await notes(db) == {"t1": "2"}
    await db.close()


async def test_a_tap_given_up_while_its_packet_is_on_the_way_writes_nothing(databases: Databases) -> None:
    db = Database(databases.fresh("mariadb"))
    await db.run(lambda tx: tx.change(WRITE, [{"name": "t1", "value": "before"}]))
    is_held, may_go = asyncio.Event(), asyncio.Event()

    async def hold(tx: Tx) -> None:
        await tx.change(CHANGE, {"mine": "t1", "its_value": "held"})
        is_held.set()
        await may_go.wait()

    async def wait(tx: Tx) -> None:
        tx.later(WRITE, {"name": "t2", "value": "never"})
        tx.later(CHANGE, {"mine": "t1", "its_value": "never"})

    holder = asyncio.create_task(db.run(hold))
    await is_held.wait()
    waiter = asyncio.create_task(db.run(wait))
    await asyncio.sleep(0.2)
    waiter.cancel()
    await asyncio.gather(waiter, return_exceptions=True)
    may_go.set()
    await holder
    assert await notes(db) == {"t1": "held"}
    await db.close()
