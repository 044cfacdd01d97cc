"""Statements that go to the database together: writes that wait for the end of their transaction, looks at once.

On MySQL they are one packet, on SQLite one hop to its thread: what a statement costs by itself, on the way there and
in Python, is paid once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import Insert, Update, ValuesBase

Row = Mapping[str, Any]
Turn = Callable[[Any], Any]
"""From a value of ours to one of the driver's, or back."""
Selection: TypeAlias = Select[*tuple[Any, ...]]
Written = tuple[str, Sequence[Any]]
"""A statement's text and its values in order."""


@dataclass(frozen=True)
class Prepared:
    """A statement as the driver takes it: its text before the values of a row, those of one row, and what follows."""

    head: str
    row: str
    tail: str
    takes: tuple[tuple[str, Turn | None], ...]
    is_insert: bool

    def values(self, row: Row) -> list[Any]:
        """The values of a row as the driver takes them, in order."""
        return [row[name] if turn is None else turn(row[name]) for name, turn in self.takes]

    def written(self, rows: Sequence[Row]) -> Iterator[Written]:
        """All rows of an INSERT in one statement, an UPDATE for each."""
        if self.is_insert:
            text = self.head + ", ".join([self.row] * len(rows)) + self.tail
            yield text, [value for row in rows for value in self.values(row)]
        else:
            yield from ((self.head, self.values(row)) for row in rows)


class Packet:
    """What a transaction writes at its end, in this order. Its statements are made once, at the top of a module."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Insert | Update, Sequence[Row]]] = []

    def add(self, statement: Insert | Update, rows: Sequence[Row]) -> None:
        """Let these rows be written; all of them name the same columns."""
        if rows:
            self._waiting.append((statement, rows))

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def written(self, dialect: Dialect) -> list[Written]:
        """Every statement with its values; the packet is empty afterwards."""
        waiting, self._waiting = self._waiting, []
        return [
            one
            for statement, rows in waiting
            for one in prepared(statement, dialect, tuple(rows[0])).written(_whole(statement, rows))
        ]


def _whole(statement: ValuesBase, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with what their table puts where nothing is said."""
    silent = _defaults(statement.table, tuple(rows[0])) if isinstance(statement, Insert) else {}
    return [{**silent, **row} for row in rows] if silent else rows


@lru_cache(maxsize=256)
def _defaults(table: Any, named: tuple[str, ...]) -> dict[str, Any]:
    """What the columns that are not named begin with; one without a default of its own is left to the database."""
    unnamed = (column for column in table.columns if column.name not in named and column.default is not None)
    return {column.name: column.default.arg for column in unnamed if column.default.is_scalar}


@lru_cache(maxsize=256)
def prepared(statement: Insert | Update, dialect: Dialect, named: tuple[str, ...]) -> Prepared:
    """A statement made ready for the driver; the same one is made ready once."""
    is_insert = isinstance(statement, Insert)
    columns = [*named, *_defaults(statement.table, named)] if is_insert else None
    compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
    turns = compiled._bind_processors
    takes = tuple((name, turns.get(name)) for name in compiled.positiontup)
    if not is_insert:
        return Prepared(compiled.string, "", "", takes, False)
    head, _, row = compiled.string.partition(" VALUES ")
    return Prepared(f"{head} VALUES ", row, "", takes, True)


@dataclass(frozen=True)
class Look:
    """A SELECT as the driver takes it, the words that are part of it, and what becomes of each column of its rows."""

    text: str
    own: Row
    takes: tuple[tuple[str, Turn | None], ...]
    gives: tuple[Turn | None, ...]

    def written(self, words: Row) -> Written:
        all_words = {**self.own, **words}
        return self.text, [all_words[name] if turn is None else turn(all_words[name]) for name, turn in self.takes]

    def rows(self, found: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
        """The rows as Python has them."""
        turns = self.gives
        return [tuple(v if turn is None else turn(v) for v, turn in zip(row, turns, strict=True)) for row in found]


@lru_cache(maxsize=256)
def look_of(statement: Selection, dialect: Dialect) -> Look:
    """A SELECT made ready for the driver; the same one is made ready once."""
    compiled: Any = statement.compile(dialect=dialect)
    turns = compiled._bind_processors
    gives = (column.type._cached_result_processor(dialect, None) for column in compiled._result_columns)
    own = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
    return Look(compiled.string, own, tuple((name, turns.get(name)) for name in compiled.positiontup), tuple(gives))


async def look_up(connection: AsyncConnection, asked: Sequence[tuple[Selection, Row]]) -> list[list[tuple[Any, ...]]]:
    """The rows of several SELECTs, asked together. Their words are named as in the statements."""
    looks = [(look_of(statement, connection.dialect), words) for statement, words in asked]
    found = await send(connection, [look.written(words) for look, words in looks])
    return [look.rows(rows) for (look, _), rows in zip(looks, found, strict=True)]


async def carry_out(connection: AsyncConnection, packet: Packet) -> None:
    """Send all that waits. Raises what SQLAlchemy raises when the database refuses."""
    await send(connection, packet.written(connection.dialect))


async def send(connection: AsyncConnection, written: Sequence[Written]) -> list[Sequence[Any]]:
    """Send these statements together; returns the rows of each."""
    try:
        if connection.dialect.name == "sqlite":
            return await _in_one_hop(connection, written)
        return await _in_one_packet(connection, written)
    except BaseException as trouble:
        await _judge(connection, trouble)
        raise


async def _in_one_hop(connection: AsyncConnection, written: Sequence[Written]) -> list[Sequence[Any]]:
    driver: Any = (await connection.get_raw_connection()).driver_connection

    def work(raw: Any) -> list[Sequence[Any]]:
        return [raw.execute(text, values).fetchall() for text, values in written]

    return list(await driver.hop(work, driver._conn))


async def _in_one_packet(connection: AsyncConnection, written: Sequence[Written]) -> list[Sequence[Any]]:
    driver: Any = (await connection.get_raw_connection()).driver_connection
    found: list[Sequence[Any]] = []
    async with driver.cursor() as cursor:
        await cursor.execute(";".join(text for text, _ in written), [one for _, values in written for one in values])
        found.append(await cursor.fetchall())
        while await cursor.nextset():
            found.append(await cursor.fetchall())
    return found


async def _judge(connection: AsyncConnection, trouble: BaseException) -> None:
    """A connection that broke, or whose answer nobody waited for, is used no more; the driver's words become ours."""
    module: Any = connection.dialect.loaded_dbapi
    is_ours = isinstance(trouble, module.Error)
    is_lost = is_ours and bool(connection.dialect.is_disconnect(trouble, None, None))  # type: ignore[arg-type]
    if is_lost or not isinstance(trouble, Exception):
        await connection.invalidate(trouble)
    if is_ours:
        raise DBAPIError.instance(
            "a packet", None, trouble, module.Error, connection_invalidated=is_lost, dialect=connection.dialect
        ) from trouble
