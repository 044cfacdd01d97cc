"""What the commands beside a serving kiosk share: the database for one command, and a change made under its name."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from kiosk.core.actor import Actor, command_line
from kiosk.core.db import Database, Tx
from kiosk.core.ids import use_node
from kiosk.core.settings import load_settings

T = TypeVar("T")
BESIDE_THE_SERVER: Final = 1
"""The node of commands, so that their ids are not those of the kiosk that serves."""


def with_database(work: Callable[[Database], Awaitable[T]]) -> T:
    """Do something with the kiosk's database and close it."""

    async def run() -> T:
        db = Database(load_settings().database_url)
        try:
            return await work(db)
        finally:
            await db.close()

    return asyncio.run(run())


def change(work: Callable[[Tx, Actor], Awaitable[T]]) -> T:
    """Change something in one transaction, in the name of the command line."""
    use_node(BESIDE_THE_SERVER)

    async def act(db: Database) -> T:
        async with db.read() as read:
            by = command_line((await read.venue()).id)
        return await db.run(lambda tx: work(tx, by))

    return with_database(act)
