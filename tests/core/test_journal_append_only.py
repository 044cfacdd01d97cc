"""Everything that can be tried, from inside and outside the kiosk, to change or drop what was written once."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from typing import Any

import pymysql
import pytest
from sqlalchemy import Connection, create_engine, insert, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from kiosk.core import migrate
from kiosk.core.db import Database, Tx
from kiosk.core.readiness import TablesForbidden
from kiosk.core.tables import Base
from kiosk.payments import service as payments
from kiosk.payments.models import APPEND_ONLY
from kiosk.payments.rules import Given, TenderKind
from kiosk.payments.till_models import ZReport
from tests.support.databases import Databases
from tests.support.house import House, founded
from tests.support.mariadb import MariaDB

ANYWHERE = (
    "UPDATE {table} SET {column} = {column}",
    "UPDATE {table} SET {key} = {key} + 1",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM (SELECT * FROM {table}) AS all_of_them)",
    "REPLACE INTO {table} SELECT * FROM {table}",
)
ON_SQLITE = (
    *ANYWHERE,
    "UPDATE OR IGNORE {table} SET {column} = {column}",
    "UPDATE OR REPLACE {table} SET {key} = 1",
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "INSERT INTO {table} SELECT * FROM {table} WHERE 1 ON CONFLICT DO UPDATE SET {column} = {column}",
    "WITH gone AS (SELECT rowid AS row FROM {table}) DELETE FROM {table} WHERE rowid IN (SELECT row FROM gone)",
)
ON_MARIADB = (
    *ANYWHERE,
    "UPDATE IGNORE {table} SET {column} = {column}",
    "DELETE IGNORE FROM {table}",
    "UPDATE {table} AS one JOIN venues AS other SET one.{column} = one.{column}",
    "DELETE one FROM {table} AS one JOIN venues AS other",
    "INSERT INTO {table} SELECT * FROM {table} AS old ON DUPLICATE KEY UPDATE {column} = old.{column}",
)
BY_RIGHT = (
    "TRUNCATE TABLE {table}",
    "DROP TABLE {table}",
    "RENAME TABLE {table} TO elsewhere",
    "ALTER TABLE {table} DROP COLUMN {column}",
    "CREATE OR REPLACE TABLE {table} (id INT)",
    "DROP TRIGGER {table}_no_update",
    "CREATE OR REPLACE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW SET @kiosk = 1",
)
"""What no trigger can prevent: on MariaDB and MySQL the rights of the kiosk's daily user do."""


async def books(db: Database) -> House:
    """A house with a row in every table that is written once."""
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(check_id)
    await house.send(check_id)
    await house.act(payments.settle, check_id, 700, [Given(TenderKind.CARD, 700)])
    await db.run(lambda tx: close_a_day(tx, house.by.venue_id))
    return house


async def close_a_day(tx: Tx, venue_id: int) -> None:
    told = {"closed_at": tx.at, "closer": "Sofia", "figures": {}, "paper": {}}
    await tx.change(insert(ZReport).values(id=1, venue_id=venue_id, number=1, business_day=date(2026, 1, 1), **told))


@contextmanager
def outside(url: str) -> Iterator[Connection]:
    """Another program at the database, which knows nothing of the kiosk's own settings; every statement commits."""
    engine = create_engine(migrate.sync_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def filled(statement: str, table: str) -> str:
    """The statement for a table, with a column that is no key and a part of its key."""
    columns = Base.metadata.tables[table].columns
    key = next(column.name for column in columns if column.primary_key)
    return statement.format(table=table, key=key, column=next(one.name for one in columns if not one.primary_key))


def content(connection: Connection) -> dict[str, list[Any]]:
    """Every row of the tables that are written once."""
    return {
        table: [dict(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")).mappings()]
        for table in APPEND_ONLY
    }


async def test_no_statement_from_any_program_changes_or_drops_what_is_written_once(
    database_url: str, db: Database, engine_name: str
) -> None:
    await books(db)
    with outside(database_url) as connection:
        before = content(connection)
        assert all(before.values())
        for table in APPEND_ONLY:
            for statement in ON_SQLITE if engine_name == "sqlite" else ON_MARIADB:
                with pytest.raises(DBAPIError, match="append-only"):
                    connection.exec_driver_sql(filled(statement, table))
        assert content(connection) == before


async def test_no_row_makes_way_for_another_with_one_of_its_unique_keys(
    database_url: str, db: Database, engine_name: str
) -> None:
    """REPLACE drops the rows that stand in its way by any unique key; SQLite takes a rowid for one as well."""
    await books(db)
    with outside(database_url) as connection:
        before = content(connection)
        for table, rows in before.items():
            keys = unique_keys(connection, table)
            by_rowid = engine_name == "sqlite" and "id" not in keys[0]
            for key in [*keys, *([("rowid",)] if by_rowid else [])]:
                row = {"rowid": 1} if key == ("rowid",) else {}
                row |= {
                    name: changed(value) if stands_out(name, key, keys) else value for name, value in rows[0].items()
                }
                with pytest.raises(DBAPIError, match="append-only"):
                    connection.execute(
                        text(f"REPLACE INTO {table} ({', '.join(row)}) VALUES (:{', :'.join(row)})"), row
                    )
        assert content(connection) == before


def unique_keys(connection: Connection, table: str) -> list[tuple[str, ...]]:
    """The columns of the primary key, then those of every other unique key."""
    look = inspect(connection)
    others = [tuple(str(name) for name in one["column_names"]) for one in look.get_unique_constraints(table)]
    return [tuple(look.get_pk_constraint(table)["constrained_columns"]), *others]


def stands_out(name: str, key: tuple[str, ...], keys: list[tuple[str, ...]]) -> bool:
    """Whether a column has to differ, so that a row shares this key with another and no other one."""
    return name not in key and name != "venue_id" and any(name in one for one in keys)


def changed(value: Any) -> Any:
    if isinstance(value, date):
        return value.replace(year=2027)
    return f"1{value}" if isinstance(value, str) else value + 1000


async def test_what_is_written_once_goes_with_no_row_that_it_points_to(database_url: str, db: Database) -> None:
    """A foreign key that cascades would change rows without a trigger being asked."""
    with outside(database_url) as connection:
        look = inspect(connection)
        ways = [one["options"] for table in APPEND_ONLY for one in look.get_foreign_keys(table)]
    assert ways
    assert {way for one in ways for way in one.values()} <= {"RESTRICT", "NO ACTION"}


@pytest.fixture
def daily(databases: Databases) -> Iterator[str]:
    """The URL of a migrated MariaDB database for a user with the rights README gives the kiosk's daily user."""
    url = make_url(databases.migrated("mariadb"))
    database = str(url.database)
    rights = [
        "CREATE USER daily@'127.0.0.1' IDENTIFIED BY 'daily'",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON `{database}`.* TO daily@'127.0.0.1'",
    ]
    as_administrator(databases.mariadb, *rights)
    yield url.set(username="daily", password="daily").render_as_string(hide_password=False)
    as_administrator(databases.mariadb, "DROP USER daily@'127.0.0.1'")


def as_administrator(server: MariaDB, *statements: str) -> None:
    with (
        closing(pymysql.connect(unix_socket=str(server.home / "socket"), user="root")) as connection,
        connection.cursor() as cursor,
    ):
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.slow
async def test_a_user_with_the_daily_rights_serves_the_house_and_can_empty_no_table(daily: str) -> None:
    migrate.upgrade(daily)
    db = Database(daily)
    await books(db)
    await db.close()
    with outside(daily) as connection:
        before = content(connection)
        for table in APPEND_ONLY:
            for statement in BY_RIGHT:
                with pytest.raises(DBAPIError, match="denied"):
                    connection.exec_driver_sql(filled(statement, table))
        assert content(connection) == before


@pytest.mark.slow
async def test_a_user_with_the_daily_rights_is_told_who_has_to_bring_the_tables_up_to_date(daily: str) -> None:
    with outside(daily) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(TablesForbidden, match="type: kiosk migrate, and set it back; nothing was changed"):
        migrate.upgrade(daily)
