"""What many tests begin with, made once in a test process and put into each test's database as it was."""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from kiosk.core import clock
from kiosk.core.db import Database
from kiosk.core.models import Base

T = TypeVar("T")
NOW = clock.now
"""The real clock: what is made at another hour is made anew."""


@dataclass
class Kept:
    """The rows of every table that has some, and what their maker returned."""

    rows: dict[str, list[tuple[Any, ...]]]
    returned: Any


_KEPT: dict[tuple[str, Hashable], Kept] = {}


async def kept(db: Database, what: Hashable, make: Callable[[], Awaitable[T]]) -> T:
    """What `make` makes of an untouched database, and a copy of what it returns: everything about it but the database.

    Facts are announced the first time only. In a database that is not untouched, it is simply made.
    """
    async with db._writer.begin() as connection:
        is_usual = clock.now is NOW and await _is_untouched(connection)
        if is_usual and (found := _KEPT.get((db.url.get_backend_name(), what))):
            await _put(connection, found.rows)
            return copy.deepcopy(found.returned)
    made = await make()
    if is_usual:
        async with db._writer.begin() as connection:
            _KEPT[db.url.get_backend_name(), what] = Kept(await _taken(connection), copy.deepcopy(made))
    return made


async def _is_untouched(connection: AsyncConnection) -> bool:
    return not (await connection.exec_driver_sql("SELECT 1 FROM venues LIMIT 1")).all()


async def _taken(connection: AsyncConnection) -> dict[str, list[tuple[Any, ...]]]:
    taken = {}
    for table in Base.metadata.tables:
        if rows := (await connection.exec_driver_sql(f"SELECT * FROM {table}")).all():
            taken[table] = [tuple(row) for row in rows]
    return taken


async def _put(connection: AsyncConnection, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    sign = "?" if is_sqlite else "%s"
    await connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON" if is_sqlite else "SET foreign_key_checks = 0")
    for table, values in rows.items():
        signs = ", ".join([sign] * len(values[0]))
        await connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({signs})", values)
    if not is_sqlite:
        await connection.exec_driver_sql("SET foreign_key_checks = 1")
