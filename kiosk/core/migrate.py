"""Bringing a database to this version of the kiosk, one process at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError

from kiosk.core.errors import Refused
from kiosk.core.readiness import must_be_ready

LOCK_SECONDS = 60


class DatabaseUnreachable(Refused):
    code = "database"

    def __init__(self, url: URL, trouble: BaseException | None) -> None:
        shown = url.render_as_string(hide_password=True)
        reason = trouble.args[-1] if trouble and trouble.args else "no reason given"
        super().__init__(f"The database {shown} does not answer ({reason}). Start it or correct KIOSK_DATABASE_URL.")


class MigrationBusy(Refused):
    def __init__(self) -> None:
        super().__init__(
            f"Another process has been changing this database for {LOCK_SECONDS} seconds. Try again later."
        )


def sync_url(url: str | URL) -> URL:
    """The same database by a driver without asyncio; schema changes happen before anybody is served."""
    made = make_url(url)
    return made.set(drivername={"sqlite": "sqlite", "mysql": "mysql+pymysql"}[made.get_backend_name()])


def prepare_sqlite(connection: Any, _record: Any) -> None:
    """Let schema changes be transactions, and tables be rebuilt while others refer to them."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database up to a revision; does nothing when it is there already."""
    with _locked(url) as connection:
        config = _config(connection)
        # Ended here, so that Alembic begins and commits its own transaction.
        with connection.begin():
            reached = MigrationContext.configure(connection).get_current_revision()
            if reached != ScriptDirectory.from_config(config).get_current_head():
                must_be_ready(connection, is_empty=reached is None)
        command.upgrade(config, revision)


def downgrade(url: str, revision: str) -> None:
    """Bring the database back to a revision (`base` is empty)."""
    with _locked(url) as connection:
        command.downgrade(_config(connection), revision)


def check(url: str) -> None:
    """Raise when rows and migrations describe different schemas."""
    with _locked(url) as connection:
        command.check(_config(connection))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _locked(url: str) -> Iterator[Connection]:
    made = sync_url(url)
    engine = _engine(made)
    try:
        with (
            _file_lock(made) if engine.dialect.name == "sqlite" else _server_lock(engine),
            engine.connect() as connection,
        ):
            yield connection
    except OperationalError as trouble:
        raise DatabaseUnreachable(make_url(url), trouble.orig) from trouble
    finally:
        engine.dispose()


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, connect_args={"init_command": "SET lock_wait_timeout=10", "connect_timeout": 10})
    if url.database:
        _keep_private(Path(url.database))
    engine = create_engine(url)
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _keep_private(file: Path) -> None:
    """Only the kiosk's own user reads the database: orders, figures, hashes of PINs. SQLite says what is in its way."""
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        for part in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
            if part.exists():
                part.chmod(0o600)


@contextmanager
def _file_lock(url: URL) -> Iterator[None]:
    try:
        with FileLock(f"{url.database}.migrate.lock", timeout=LOCK_SECONDS):
            yield
    except Timeout as busy:
        raise MigrationBusy from busy


@contextmanager
def _server_lock(engine: Engine) -> Iterator[None]:
    with engine.connect() as keeper:
        if keeper.execute(text("SELECT GET_LOCK('kiosk_migrate', :s)"), {"s": LOCK_SECONDS}).scalar_one() != 1:
            raise MigrationBusy
        try:
            yield
        finally:
            keeper.execute(text("SELECT RELEASE_LOCK('kiosk_migrate')"))
