"""Nobody waits longer than the one who is in the way needs, and nobody is in the way who need not be."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.core.db import Database, Tx
from kiosk.menu import service as menu
from kiosk.menu.errors import SoldOut
from tests.concurrency.test_shift_at_once import dearer_menu
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
    async with asyncio.timeout(3):
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
