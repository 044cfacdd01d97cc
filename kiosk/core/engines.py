"""How the kiosk connects: SQLite with one writer, MariaDB and MySQL with bounded waits."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from kiosk.core import fast_reading, one_hop

RETRIED = {1213, 1205, 1020, 3572, 1305}
"""MySQL: deadlock, lock wait, record changed since read, lock not available at once; no such savepoint, because a
deadlock took the whole transaction.
"""
LOST = {2003, 2006, 2013, 2014, 2055, 1927, 1053}
"""MySQL: the connection or the server went away."""
# A statement whose tap gave up runs on in the server and keeps its locks, unless the server ends it by itself.
BOUNDS = (
    "SET time_zone='+00:00', innodb_lock_wait_timeout=10"
    " /*M!100100 , max_statement_time={seconds} */ /*!50708 , max_execution_time={seconds}000 */"
)


def writer(url: URL) -> AsyncEngine:
    """The way to change things. What was to be written is in no error's words: they go to the log.

    A connection is not rolled back after it was committed, and on MySQL it is not asked whether it lives before a
    transaction, which is begun again when it does not: each costs as much as a statement.
    """
    if _is_sqlite(url):
        return _sqlite(url, writes=True)
    return _mysql(url, "READ COMMITTED", seconds=30, pool_reset_on_return=None)


def reader(url: URL) -> AsyncEngine:
    """The way to look; a look sees one instant."""
    if _is_sqlite(url):
        return _sqlite(url, writes=False)
    return _mysql(url, "REPEATABLE READ", seconds=60, pool_pre_ping=True)


def is_lost(trouble: DBAPIError) -> bool:
    """Whether the connection or the whole server went away."""
    return trouble.connection_invalidated or _number(trouble) in LOST


def is_passing(trouble: DBAPIError) -> bool:
    """Whether others were in the way, so that the same transaction may do better a moment later."""
    return "database is locked" in str(trouble.orig) or _number(trouble) in RETRIED


def _number(trouble: DBAPIError) -> int | None:
    arguments = getattr(trouble.orig, "args", ())
    return arguments[0] if arguments and isinstance(arguments[0], int) else None


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _mysql(url: URL, isolation: Any, *, seconds: int, **pool: Any) -> AsyncEngine:
    _, where = url.get_dialect()().create_connect_args(url)
    bounds = BOUNDS.format(seconds=seconds)
    how = {**where, "charset": "utf8mb4", "init_command": bounds, "connect_timeout": 10}
    return create_async_engine(
        url,
        async_creator=partial(fast_reading.connect, **how),
        hide_parameters=True,
        isolation_level=isolation,
        pool_size=10,
        max_overflow=10,
        pool_timeout=60,
        pool_recycle=3600,
        **pool,
    )


def _sqlite(url: URL, *, writes: bool) -> AsyncEngine:
    where, how = url.get_dialect()().create_connect_args(url)
    creator = partial(one_hop.connect, *where, **how)
    pool: dict[str, Any] = {"pool_size": 1, "pool_reset_on_return": None} if writes else {"pool_size": 4}
    engine = create_async_engine(
        url, async_creator=creator, hide_parameters=True, max_overflow=0, pool_timeout=60, **pool
    )
    pragmas = ["busy_timeout=10000", "foreign_keys=ON", "recursive_triggers=ON", "journal_mode=WAL", "synchronous=FULL"]
    if not writes:
        pragmas = [*pragmas[:3], "query_only=ON", "wal_autocheckpoint=0"]

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
