"""The statements of gestures, taken down as they are carried out, and carried out again on the bare driver."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from contextvars import ContextVar
from typing import Any

import aiomysql
from sqlalchemy import event
from sqlalchemy.engine import URL

from kiosk.core import packets
from kiosk.core.db import Database

Statement = tuple[str, Any, bool]
"""The text, its parameters, and whether it is carried out with many of them."""
_SEND = packets.send
MINE: ContextVar[list[Statement]] = ContextVar("statements")


def take_down(db: Database) -> None:
    """Note every statement of the writer for the task that carries it out; a transaction begun again begins anew."""
    engine = db._writer.sync_engine

    @event.listens_for(engine, "begin")
    def begin(_connection: Any) -> None:
        MINE.get([]).clear()

    packets.send = _noted

    @event.listens_for(engine, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, text: str, values: Any, _context: Any, many: bool) -> None:
        if not text.startswith("BEGIN"):
            MINE.get([]).append((text, values, many))


async def _noted(wire: packets.Wire, written: Sequence[packets.Written]) -> list[Sequence[Any]]:
    """Each statement of a packet is noted by itself."""
    MINE.get([]).extend((text, tuple(values), False) for text, values in written)
    return await _SEND(wire, written)


async def replay(url: URL, shares: Sequence[Sequence[list[Statement]]]) -> list[float]:
    """Every hand carries out its transactions one after the other, the hands all at once; milliseconds of each."""
    again = _on_sqlite if url.get_backend_name() == "sqlite" else _on_mariadb
    return await again(url, shares)


async def _on_sqlite(url: URL, shares: Sequence[Sequence[list[Statement]]]) -> list[float]:
    took: list[float] = []
    with closing(sqlite3.connect(str(url.database), isolation_level=None, check_same_thread=False)) as connection:
        for pragma in ("foreign_keys=ON", "recursive_triggers=ON", "journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        alone = threading.Lock()

        def work(share: Sequence[list[Statement]]) -> None:
            for transaction in share:
                began = time.perf_counter()
                with alone:
                    connection.execute("BEGIN IMMEDIATE")
                    for text, values, many in transaction:
                        cursor = connection.executemany(text, values) if many else connection.execute(text, values)
                        cursor.fetchall()
                    connection.execute("COMMIT")
                took.append((time.perf_counter() - began) * 1000)

        await asyncio.gather(*(asyncio.to_thread(work, share) for share in shares))
    return took


async def _on_mariadb(url: URL, shares: Sequence[Sequence[list[Statement]]]) -> list[float]:
    took: list[float] = []

    async def work(share: Sequence[list[Statement]]) -> None:
        async with _connected(url) as connection, connection.cursor() as cursor:
            for transaction in share:
                began = time.perf_counter()
                for text, values, many in transaction:
                    await (cursor.executemany if many else cursor.execute)(text, values)
                    await cursor.fetchall()
                await connection.commit()
                took.append((time.perf_counter() - began) * 1000)

    await asyncio.gather(*(work(share) for share in shares))
    return took


@asynccontextmanager
async def _connected(url: URL) -> AsyncIterator[Any]:
    connection = await aiomysql.connect(
        host=url.host,
        port=url.port,
        user=url.username,
        password=url.password,
        db=url.database,
        charset="utf8mb4",
        init_command="SET time_zone='+00:00', tx_isolation='READ-COMMITTED'",
    )
    try:
        yield connection
    finally:
        connection.close()
