"""Fresh copies of a migrated database, on SQLite and on MariaDB, quickly enough for every test to have its own."""

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from typing import Any

import pymysql
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from kiosk.core import engines
from kiosk.core.db import Database
from tests.support.mariadb import MariaDB

ENGINES = ("sqlite", "mariadb")
STARTED: list[MariaDB] = []
"""Outlives the process that started it, so it must not be collected as forgotten; conftest ends it."""


@cache
def _engines(url: str) -> tuple[AsyncEngine, AsyncEngine]:
    return engines.writer(make_url(url)), engines.reader(make_url(url))


def opened(url: str) -> Database:
    """The database with the engines of the tests before, which know its statements: half the time of a small test."""
    database = Database(url)
    database._writer, database._reader = _engines(url)
    return database


class Databases:
    """The databases of one test process. `home` is shared by all processes of the run, `worker` names this one."""

    def __init__(self, home: Path, worker: str) -> None:
        self._home = home
        self._worker = worker
        self._numbers = count(1)

    def fresh(self, engine: str) -> str:
        """The URL of a migrated database as no test has touched it, valid until the next call; always the same URL."""
        return self._copied_sqlite("fresh") if engine == "sqlite" else self._swept.url()

    def migrated(self, engine: str) -> str:
        """The URL of a migrated database of its own, for what lives longer than one test; a second on MariaDB."""
        if engine == "sqlite":
            return self._copied_sqlite(str(next(self._numbers)))
        url = self.empty(engine)
        _upgrade(url)
        return url

    def empty(self, engine: str) -> str:
        """The URL of a database without a table, for tests of the migrations."""
        name = f"kiosk_{self._worker}_{next(self._numbers)}"
        if engine == "sqlite":
            return f"sqlite+aiosqlite:///{self._folder / name}.sqlite"
        self.mariadb.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        return self.mariadb.url(name)

    @cached_property
    def mariadb(self) -> MariaDB:
        """The server all test processes share; started by the first that needs it."""
        server = MariaDB(self._home / "mariadb")
        with _alone(self._home / "mariadb.lock"):
            if not server.is_started:
                server.start()
                STARTED.append(server)
        return server

    @cached_property
    def _folder(self) -> Path:
        folder = self._home / self._worker
        folder.mkdir()
        return folder

    def _copied_sqlite(self, name: str) -> str:
        copy = self._folder / f"{name}.sqlite"
        for left in self._folder.glob(f"{copy.name}*"):
            left.unlink()
        shutil.copyfile(self._sqlite_template, copy)
        return f"sqlite+aiosqlite:///{copy}"

    @cached_property
    def _sqlite_template(self) -> Path:
        template = self._home / "template.sqlite"
        with _alone(self._home / "template.lock"):
            if not template.exists():
                making = self._home / "making.sqlite"
                _upgrade(f"sqlite+aiosqlite:///{making}")
                with closing(sqlite3.connect(making)) as connection:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                making.rename(template)
        return template

    @cached_property
    def _swept(self) -> "Swept":
        return Swept(self.mariadb, f"kiosk_{self._worker}")


class Swept:
    """One migrated MariaDB database, swept between tests: 2 ms, and 0.1 ms a table that has rows.

    What a test left is deleted, or truncated where nothing may be deleted, and what the migrations put there is put
    back. Tests that change tables themselves take `empty` or `migrated`.
    """

    def __init__(self, server: MariaDB, name: str) -> None:
        self._server, self._name = server, name
        server.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4", f"CREATE DATABASE {name}_seed")
        _upgrade(server.url(name))
        self._connection = server.connect(name)
        self._tables = self._column(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
            " AND table_type = 'BASE TABLE' AND table_name <> 'alembic_version'"
        )
        self._kept = set(
            self._column(
                "SELECT event_object_table FROM information_schema.triggers"
                " WHERE trigger_schema = DATABASE() AND event_manipulation = 'DELETE'"
            )
        )
        self._seeded = self._filled()
        for table in self._seeded:
            self._run(f"CREATE TABLE {name}_seed.`{table}` AS SELECT * FROM `{table}`")

    def url(self) -> str:
        """Sweep, and say where it is."""
        self._end_other_connections()
        self._run("SET foreign_key_checks = 0")
        for table in {*self._filled(), *self._seeded}:
            self._run(f"TRUNCATE TABLE `{table}`" if table in self._kept else f"DELETE FROM `{table}`")
        for table in self._seeded:
            self._run(f"INSERT INTO `{table}` SELECT * FROM {self._name}_seed.`{table}`")
        return self._server.url(self._name)

    def _filled(self) -> list[str]:
        """Tables with rows."""
        probes = (f"(SELECT '{table}' FROM `{table}` LIMIT 1)" for table in self._tables)
        return self._column(" UNION ALL ".join(probes)) if self._tables else []

    def _end_other_connections(self) -> None:
        """A transaction a failed test left open would keep its tables from being truncated."""
        others = self._column(
            "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()"
        )
        for connection_id in others:
            self._run(f"KILL {connection_id}", ignore=1094)

    def _run(self, statement: str, ignore: int = 0) -> None:
        with self._connection.cursor() as cursor:
            try:
                cursor.execute(statement)
            except pymysql.err.OperationalError as trouble:
                if trouble.args[0] != ignore:
                    raise

    def _column(self, statement: str) -> list[Any]:
        with self._connection.cursor() as cursor:
            cursor.execute(statement)
            return [row[0] for row in cursor.fetchall()]


def _upgrade(url: str) -> None:
    from kiosk.core import migrate

    migrate.upgrade(url)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One test process at a time."""
    with lock.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
