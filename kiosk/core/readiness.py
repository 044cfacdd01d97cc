"""Whether a database can take a change of its tables: asked before the first one, for MySQL takes none back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError

from kiosk.core.errors import Refused

NO_TRIGGERS = {1142, 1227, 1419}
"""MySQL: no right to triggers, no SUPER, no SUPER while a binary log is kept."""
NO_TABLES = {1142, 1044}
"""MySQL: no right to change tables, no right to this database."""
PROBE = "kiosk_probe"


class TriggersForbidden(Refused):
    code = "database"

    def __init__(self, database: str) -> None:
        super().__init__(
            f"The database {database} does not let the kiosk make the triggers that protect receipts and journal. "
            "Type as its administrator: SET GLOBAL log_bin_trust_function_creators = 1; nothing was changed."
        )


class TablesForbidden(Refused):
    code = "database"

    def __init__(self, database: str) -> None:
        super().__init__(
            f"The tables of {database} are of another version of the kiosk, and this user may not change tables. "
            "Set KIOSK_DATABASE_URL to the user who may, type: kiosk migrate, and set it back; nothing was changed."
        )


class HalfMade(Refused):
    code = "database"

    def __init__(self, database: str) -> None:
        super().__init__(
            f"The database {database} was left half made by an interrupted first start and holds no restaurant. "
            f"Type as its administrator: DROP DATABASE {database}; CREATE DATABASE {database} CHARACTER SET utf8mb4;"
        )


def must_be_ready(connection: Connection, *, is_empty: bool) -> None:
    """Raise TriggersForbidden, TablesForbidden or HalfMade; `is_empty` is whether no version was ever reached.

    SQLite changes its tables in a transaction and needs nothing.
    """
    if connection.dialect.name == "sqlite":
        return
    database = str(connection.engine.url.database)
    if is_empty and _is_half_made(connection):
        raise HalfMade(database)
    no_tables, no_triggers = TablesForbidden(database), TriggersForbidden(database)
    with _refused(NO_TABLES, no_tables), _probe(connection), _refused(NO_TRIGGERS, no_triggers):
        connection.execute(text(f"CREATE TRIGGER {PROBE} BEFORE DELETE ON {PROBE} FOR EACH ROW SET @kiosk = 1"))


@contextmanager
def _refused(numbers: set[int], refusal: Refused) -> Iterator[None]:
    """What the server refuses with one of these numbers, in our words."""
    try:
        yield
    except OperationalError as refused:
        if refused.orig is not None and refused.orig.args[0] in numbers:
            raise refusal from refused
        raise


def _is_half_made(connection: Connection) -> bool:
    """Whether there are tables of the kiosk and nothing to lose in them."""
    tables = set(inspect(connection).get_table_names())
    if "venues" in tables:
        return bool(connection.execute(text("SELECT COUNT(*) = 0 FROM venues")).scalar())
    return "commands" in tables


@contextmanager
def _probe(connection: Connection) -> Iterator[None]:
    connection.execute(text(f"DROP TABLE IF EXISTS {PROBE}"))
    connection.execute(text(f"CREATE TABLE {PROBE} (id INT)"))
    try:
        yield
    finally:
        connection.execute(text(f"DROP TABLE IF EXISTS {PROBE}"))
