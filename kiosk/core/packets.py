"""Statements that go to the database together: writes that wait for the end of their transaction, looks at once.

On MySQL they are one packet, on SQLite one hop to its thread: what a statement costs by itself, on the way there and
in Python, is paid once.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import Mapper, Session, class_mapper, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict, set_committed_value
from sqlalchemy.sql.dml import Insert, Update, ValuesBase

Row = Mapping[str, Any]
Turn = Callable[[Any], Any]
"""From a value of ours to one of the driver's, or back."""
Selection: TypeAlias = Select[*tuple[Any, ...]]
Asked: TypeAlias = tuple[Selection, Row]
"""A SELECT that is made once, and its words by the names they have in it."""
Written = tuple[str, Sequence[Any]]
"""A statement's text and its values in order."""


@dataclass(frozen=True)
class Text:
    """A statement's text and what it takes, in order; a list takes as many places as it has members.

    `own` are the values that are part of the statement. Nothing is IN an empty list.
    """

    words: str
    own: Row
    takes: tuple[tuple[str, Turn | None], ...]
    lists: frozenset[str]
    place: str

    def written(self, row: Row) -> Written:
        """The text with the values of a row as the driver takes them."""
        row = {**self.own, **row} if self.own else row
        if not self.lists:
            return self.words, [row[name] if turn is None else turn(row[name]) for name, turn in self.takes]
        words, values = self.words, list[Any]()
        for name, turn in self.takes:
            mine = row[name] if name in self.lists else [row[name]]
            values += mine if turn is None else map(turn, mine)
            words = words.replace(f"__[POSTCOMPILE_{name}]", ", ".join([self.place] * len(mine)) or "NULL")
        return words, values


def _text_of(compiled: Any, dialect: Dialect) -> Text:
    turns = compiled._bind_processors
    takes = tuple((name, turns.get(name)) for name in compiled.positiontup)
    own = {name: compiled.binds[name].effective_value for name, _ in takes if not compiled.binds[name].required}
    lists = frozenset(name for name, _ in takes if compiled.binds[name].expanding)
    return Text(compiled.string, own, takes, lists, "?" if dialect.paramstyle == "qmark" else "%s")


@dataclass(frozen=True)
class Prepared:
    """An INSERT or UPDATE as the driver takes it. All rows of an INSERT go in one statement, an UPDATE for each."""

    text: Text
    is_insert: bool

    def written(self, rows: Sequence[Row]) -> Iterator[Written]:
        if not self.is_insert or len(rows) == 1:
            yield from map(self.text.written, rows)
            return
        head, _, row = self.text.words.partition(" VALUES ")
        values = [value for one in rows for value in self.text.written(one)[1]]
        yield f"{head} VALUES {', '.join([row] * len(rows))}", values


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
    return Prepared(_text_of(compiled, dialect), is_insert)


@dataclass(frozen=True)
class Look:
    """A SELECT as the driver takes it, and what becomes of its rows.

    `kind` is what a SELECT of whole rows gives; any other gives tuples with names.
    """

    text: Text
    gives: tuple[Turn | None, ...]
    tuple_of: Callable[[Iterable[Any]], tuple[Any, ...]]
    kind: type[Any] | None

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        """The rows as Python has them."""
        turns, tuple_of = self.gives, self.tuple_of
        return [tuple_of(v if turn is None else turn(v) for v, turn in zip(row, turns, strict=True)) for row in found]


@lru_cache(maxsize=256)
def look_of(statement: Selection, dialect: Dialect) -> Look:
    """A SELECT made ready for the driver; the same one is made ready once."""
    compiled: Any = statement.compile(dialect=dialect)
    columns = compiled._result_columns
    gives = tuple(column.type._cached_result_processor(dialect, None) for column in columns)
    named: Any = namedtuple("Found", [column.keyname for column in columns], rename=True)  # type: ignore[misc]
    told = statement.column_descriptions
    kind = told[0]["expr"] if len(told) == 1 and told[0]["expr"] is told[0].get("entity") else None
    return Look(_text_of(compiled, dialect), gives, named._make, kind)


def taken_in(session: Session, kind: type[Any], rows: Iterable[Any]) -> list[Any]:
    """Whole rows as objects of the session, as they are in the database now."""
    mapper = class_mapper(kind)
    return [_taken_in(session, mapper, row._asdict()) for row in rows]


def _taken_in(session: Session, mapper: Mapper[Any], row: dict[str, Any]) -> Any:
    key = mapper.identity_key_from_primary_key(tuple(row[column.name] for column in mapper.primary_key))
    one = session.identity_map.get(key)
    if one is not None:
        for name, value in row.items():
            set_committed_value(one, name, value)
        return one
    one = mapper.class_manager.new_instance()
    instance_dict(one).update(row)
    make_transient_to_detached(one)
    session.add(one)
    return one


@dataclass(frozen=True)
class Wire:
    """The connection of a transaction, and the driver's own under it."""

    connection: AsyncConnection
    driver: Any
    dialect: Dialect


async def wire_of(session: AsyncSession) -> Wire:
    """The connection that a session's transaction has."""
    connection = await session.connection()
    return Wire(connection, (await connection.get_raw_connection()).driver_connection, connection.dialect)


async def carry_out(wire: Wire, packet: Packet, asked: Sequence[Asked] = ()) -> list[list[Any]]:
    """Send all that waits, and these SELECTs behind it. Returns the rows of each SELECT.

    Raises what SQLAlchemy raises when the database refuses; what comes after is not carried out then.
    """
    looks = [(look_of(statement, wire.dialect), words) for statement, words in asked]
    writes = packet.written(wire.dialect)
    found = await send(wire, [*writes, *(look.text.written(words) for look, words in looks)])
    return [look.rows(rows) for (look, _), rows in zip(looks, found[len(writes) :], strict=True)]


async def send(wire: Wire, written: Sequence[Written]) -> list[Sequence[Any]]:
    """Send these statements together; returns the rows of each."""
    if not written:
        return []
    try:
        if wire.dialect.name == "sqlite":
            return await _in_one_hop(wire.driver, written)
        return await _in_one_packet(wire.driver, written)
    except BaseException as trouble:
        await _judge(wire.connection, trouble)
        raise


async def _in_one_hop(driver: Any, written: Sequence[Written]) -> list[Sequence[Any]]:
    def work(raw: Any) -> list[Sequence[Any]]:
        return [raw.execute(text, values).fetchall() for text, values in written]

    return list(await driver.hop(work, driver._conn))


async def _in_one_packet(driver: Any, written: Sequence[Written]) -> list[Sequence[Any]]:
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
