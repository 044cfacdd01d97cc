"""A server's database that cannot take the kiosk's tables is told so before the first of them."""

from contextlib import closing

import pymysql
import pytest

from kiosk.core import migrate
from kiosk.core.readiness import HalfMade, TriggersForbidden
from tests.support.databases import Databases
from tests.support.mariadb import MariaDB


def test_a_database_left_half_made_by_its_first_start_is_named(databases: Databases) -> None:
    url = databases.empty("mariadb")
    name = url.rpartition("/")[2]
    databases.mariadb.execute(f"CREATE TABLE {name}.venues (id INT)")
    with pytest.raises(HalfMade, match=f"DROP DATABASE {name}; CREATE DATABASE {name} CHARACTER SET utf8mb4;"):
        migrate.upgrade(url)


@pytest.mark.slow
def test_a_server_that_lets_nobody_make_triggers_is_left_as_it_was(durable_mariadb: MariaDB) -> None:
    url = durable_mariadb.url("kiosk")
    _trust(durable_mariadb, 0)
    with pytest.raises(TriggersForbidden, match="SET GLOBAL log_bin_trust_function_creators = 1; nothing was changed"):
        migrate.upgrade(url)
    with closing(durable_mariadb.connect("kiosk")) as connection, connection.cursor() as cursor:
        assert cursor.execute("SHOW TABLES") == 0
    _trust(durable_mariadb, 1)
    migrate.upgrade(url)
    migrate.check(url)


def _trust(server: MariaDB, value: int) -> None:
    with (
        closing(pymysql.connect(unix_socket=str(server.home / "socket"), user="root")) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SET GLOBAL log_bin_trust_function_creators = {value}")
