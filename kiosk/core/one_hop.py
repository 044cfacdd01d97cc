"""aiosqlite with one hop to its thread a statement, where it takes four: cursor, execute, fetch, close."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import aiosqlite

T = TypeVar("T")
FIRST_ROWS = 500
"""Rows that come with the hop of the statement itself; a longer answer stays in SQLite until it is asked for."""


class Cursor:
    """A cursor as SQLAlchemy's adapter uses it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rest: sqlite3.Cursor | None = None
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Cursor:
        return self

    async def execute(self, text: str, values: Any = ()) -> Cursor:
        """Carry out a statement."""
        return await self._connection.hop(self._carry_out, "execute", text, values)

    async def executemany(self, text: str, values: Iterable[Any]) -> Cursor:
        """Carry out a statement for each of these values."""
        return await self._connection.hop(self._carry_out, "executemany", text, values)

    def _carry_out(self, how: str, text: str, values: Any) -> Cursor:
        """In the connection's thread."""
        cursor = self._connection._conn.cursor()
        getattr(cursor, how)(text, values)
        self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        self._rows = cursor.fetchmany(FIRST_ROWS) if cursor.description else []
        if len(self._rows) == FIRST_ROWS:
            self._rest = cursor
        else:
            cursor.close()
        return self

    async def fetchall(self) -> list[Any]:
        """All rows that were not fetched yet."""
        rows, self._rows = self._rows, []
        return rows + await self._connection.hop(self._rest.fetchall) if self._rest else rows

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows; fewer at the end, then none."""
        size = size or self.arraysize
        if len(self._rows) < size and self._rest:
            self._rows += await self._connection.hop(self._rest.fetchmany, size)
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchone(self) -> Any:
        """The next row, or None."""
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def close(self) -> None:
        """Let go of what was not fetched."""
        self._rows = []
        if self._rest:
            rest, self._rest = self._rest, None
            await self._connection.hop(rest.close)


class Connection(aiosqlite.Connection):
    """A connection that gives such cursors."""

    def cursor(self) -> Cursor:  # type: ignore[override]
        return Cursor(self)

    async def hop(self, work: Callable[..., T], *words: Any) -> T:
        """Do something in the connection's thread."""
        return await self._execute(work, *words)  # type: ignore[no-any-return, no-untyped-call]


async def connect(path: str, **words: Any) -> Connection:
    """Open a database file as `sqlite3.connect` does."""
    connection = Connection(lambda: sqlite3.connect(path, **words), iter_chunk_size=64)
    connection._thread.daemon = True
    await connection
    return connection
