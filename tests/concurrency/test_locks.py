"""Nobody waits longer than the one who is in the way needs, and nobody is in the way who need not be."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.checks import service as checks
from kiosk.checks.errors import CheckClosed, NothingToSend
from kiosk.checks.models import Check, CheckLine
from kiosk.checks.service import Wish
from kiosk.core.db import Database, Tx
from kiosk.menu import service as menu
from kiosk.menu.errors import SoldOut
from tests.concurrency.test_shift_at_once import dearer_menu
from tests.support import patience
from tests.support.databases import Databases
from tests.support.house import founded


async def test_parties_are_seated_while_a_menu_is_being_imported(databases: Databases) -> None:
    db = Database(databases.fresh("mariadb"))
    house = await founded(db)
    is_loaded, is_over = asyncio.Event(), asyncio.Event()

    async def load(tx: Tx) -> None:
        await menu.load_menu(tx, dearer_menu(), by=house.by)
        is_loaded.set()
        await is_over.wait()

    importing = asyncio.create_task(db.run(load))
    await is_loaded.wait()
    async with asyncio.timeout(patience.COMES):
        assert await house.seat() > 0
    is_over.set()
    await importing
    await db.close()


async def test_what_a_cook_has_just_declared_out_is_not_sold_any_more(databases: Databases) -> None:
    db = Database(databases.fresh("mariadb"))
    house = await founded(db)
    check_id, item_id = await house.seat(), await house.item("Tiramisù")
    await house.act(menu.eighty_six, item_id, is_out=False, portions_left=5)
    await house.ring(check_id)
    is_out, may_end = asyncio.Event(), asyncio.Event()

    async def declare(tx: Tx) -> None:
        await menu.eighty_six(tx, item_id, is_out=True, portions_left=5, by=house.by)
        is_out.set()
        await may_end.wait()

    declaring = asyncio.create_task(db.run(declare))
    await is_out.wait()
    sending = asyncio.create_task(house.send(check_id))
    await asyncio.sleep(0.3)
    may_end.set()
    await declaring
    with pytest.raises(SoldOut):
        await sending
    await db.close()


async def test_what_is_locked_is_seen_as_it_is_now_and_not_as_it_was_looked_at_before(databases: Databases) -> None:
    db = Database(databases.fresh("mariadb"))
    house = await founded(db)
    check_id, portion_id = await house.seat(), await house.portion("Tiramisù")
    line_id = await house.ring(check_id)

    async def ring(tx: Tx) -> int:
        looked_at = await tx.session.get(Check, check_id)
        assert looked_at
        await house.act(checks.remove_line, line_id)
        await house.act(checks.cancel_check, check_id)
        return await checks.ring(tx, check_id, Wish(portion_id), by=house.by)

    with pytest.raises(CheckClosed):
        await db.run(ring)
    await db.close()


async def test_lines_that_another_tablet_sent_meanwhile_are_not_sent_again(databases: Databases) -> None:
    db = Database(databases.fresh("mariadb"))
    house = await founded(db)
    check_id = await house.seat()
    line_id = await house.ring(check_id)

    async def send(tx: Tx) -> int:
        looked_at = await tx.session.get(CheckLine, line_id)
        assert looked_at
        await house.send(check_id)
        return await checks.send(tx, check_id, by=house.by)

    with pytest.raises(NothingToSend):
        await db.run(send)
    assert len((await house.board())["tickets"]) == 1
    await db.close()


async def test_a_line_that_moves_while_its_check_is_waited_for_is_changed_where_it_went(databases: Databases) -> None:
    db = Database(databases.fresh("mariadb"))
    house = await founded(db)
    here, there = await house.seat("1"), await house.seat("2")
    line_id = await house.ring(here)
    has_moved, may_end = asyncio.Event(), asyncio.Event()

    async def move(tx: Tx) -> None:
        await checks.move_lines(tx, [line_id], there, by=house.by)
        has_moved.set()
        await may_end.wait()

    moving = asyncio.create_task(db.run(move))
    await has_moved.wait()
    changing = asyncio.create_task(house.act(checks.change_line, line_id, quantity=3))
    await asyncio.sleep(0.3)
    may_end.set()
    await asyncio.gather(moving, changing)
    source, target = await house.check(here), await house.check(there)
    assert [line["quantity"] for line in target["lines"]] == [3]
    assert (source["v"], target["v"]) == (2, 2)
    await db.close()
