import asyncio
import sys
from datetime import UTC, datetime

import pytest
from pymysql.err import OperationalError as MySQLError
from sqlalchemy import create_engine, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase

from kiosk.core import migrate
from kiosk.core.db import Database, NoVenue, Tx
from kiosk.core.errors import Refused
from kiosk.core.events import Fact
from kiosk.core.migrate import sync_url
from kiosk.core.models import Command, JournalEntry, Note
from kiosk.payments import service as payments
from kiosk.payments.models import APPEND_ONLY, Receipt, ReceiptLine, ReceiptTax, Tender, TenderKind
from kiosk.payments.rules import Given
from kiosk.payments.till_models import Movement
from tests.support.house import founded


def test_migrations_go_up_down_and_up_and_match_the_rows(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    migrate.check(empty_database_url)
    migrate.downgrade(empty_database_url, "base")
    migrate.upgrade(empty_database_url)
    migrate.upgrade(empty_database_url)
    migrate.check(empty_database_url)
    half_way_up(empty_database_url)
    migrate.upgrade(empty_database_url)
    migrate.check(empty_database_url)


def half_way_up(url: str) -> None:
    """What a computer leaves that loses its power on the way: on MySQL every step stands by itself."""
    migrate.downgrade(url, "0056")
    engine = create_engine(sync_url(url))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE rollups DROP COLUMN cost"))
        connection.execute(text("ALTER TABLE portions DROP COLUMN cost"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0054'"))
    engine.dispose()


async def test_the_database_itself_refuses_to_change_what_is_append_only(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(check_id)
    await house.send(check_id)
    await house.act(payments.settle, check_id, 700, [Given(TenderKind.CARD, 700)])
    rows: list[type[DeclarativeBase]] = [Receipt, ReceiptLine, ReceiptTax, Tender, JournalEntry, Movement]
    assert {row.__tablename__ for row in rows} == set(APPEND_ONLY) - {"z_reports"}
    for row in rows:
        column = next(column for column in row.__table__.columns if not column.primary_key)
        for statement in (update(row).values({column.name: column}), delete(row)):
            with pytest.raises(DBAPIError, match="append-only"):
                await db.run(lambda tx, statement=statement: tx.change(statement))


async def test_instants_keep_their_microseconds_and_their_zone(db: Database) -> None:
    late = datetime(2026, 3, 29, 1, 59, 59, 999_999, tzinfo=UTC)

    async def write(tx: Tx) -> None:
        await tx.change(insert(Command).values(key=bytes(16), meaning=bytes(32), acted_at=late))

    await db.run(write)
    async with db.read() as read:
        assert (await read.session.scalars(select(Command.acted_at))).one() == late


async def test_facts_are_published_after_the_commit_and_never_for_what_failed(db: Database) -> None:
    heard: list[Fact] = []
    db.bus.listen(heard.append)

    async def fail(tx: Tx) -> None:
        tx.announce(Fact())
        raise Refused("no")

    async def succeed(tx: Tx) -> None:
        tx.announce(Fact())
        tx.announce(Fact())
        assert heard == []

    with pytest.raises(Refused):
        await db.run(fail)
    assert heard == []
    await db.run(succeed)
    assert heard == [Fact()]


async def test_names_that_differ_in_case_or_accent_are_different_names(db: Database) -> None:
    async def write(tx: Tx) -> None:
        for name in ("café", "cafe", "Cafe", "🍕", "🍣"):
            await tx.change(insert(Note).values(name=name, value=name))

    await db.run(write)
    async with db.read() as read:
        assert len((await read.session.scalars(select(Note.name).distinct())).all()) == 5


async def test_a_database_without_a_restaurant_says_what_to_do(db: Database) -> None:
    async with db.read() as read:
        with pytest.raises(NoVenue, match="Start `kiosk run` once"):
            await read.venue()


@pytest.mark.parametrize("engine_name", ["mariadb"], indirect=True)
async def test_a_deadlock_takes_the_savepoint_with_it_and_is_tried_again(db: Database) -> None:
    tries: list[int] = []

    async def gesture(tx: Tx) -> int:
        tries.append(len(tries))
        async with tx.session.begin_nested():
            if len(tries) == 1:
                await tx.session.execute(text("ROLLBACK"))  # as the server does with whom it chose
                raise OperationalError("", {}, MySQLError(1213, "Deadlock found"))
        return len(tries)

    assert await db.run(gesture) == 2


async def test_who_is_told_to_stop_when_a_connection_was_just_made_stops(database_url: str) -> None:
    """Python 3.11's `wait_for`, by which aiomysql connects, would answer with the connection instead."""
    db = Database(database_url)
    asked = asyncio.create_task(_look(db))
    before, made = asyncio.all_tasks(), set()
    while not asked.done() and not any(task.done() for task in made):
        made |= asyncio.all_tasks() - before
        await asyncio.sleep(0)
    asked.cancel()
    await asyncio.wait([asked])
    assert made or db.is_sqlite or sys.version_info >= (3, 12)
    assert asked.cancelled() or not made
    await db.close()


async def _look(db: Database) -> None:
    async with db.read() as read:
        await read.venue()
