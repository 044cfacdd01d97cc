"""Ring, fire and settle a second, as acts without HTTP, beside the same statements on the bare driver."""

import asyncio
import sqlite3
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pymysql
import pytest
from sqlalchemy.engine import URL

from kiosk.core import migrate
from kiosk.core.db import Database
from kiosk.ui.gesture import Credentials, Tap
from tests.bench.bare import MINE, Statement, replay, take_down
from tests.support import counter
from tests.support.counter import Counter
from tests.support.mariadb import MariaDB
from tests.support.rules import set_rules

pytestmark = pytest.mark.bench
CHECKS = 96
LINES = 4
TOTAL = LINES * 700
CLIENTS = (1, 8, 32)
Words = dict[str, Any]


@dataclass
class Till:
    """The house with somebody signed in, whose acts are noted statement by statement."""

    house: Counter
    who: Credentials
    portion_id: int
    took: list[float] = field(default_factory=list)

    async def act(self, name: str, **args: Any) -> Any:
        return await self.house.kiosk.acts.carry_out(name, Tap(key=uuid4(), args=args), self.who)

    async def noted(self, name: str, words: Sequence[Words]) -> list[list[Statement]]:
        """One hand's acts, one after the other; the statements of each."""
        transactions = []
        for one in words:
            mine: list[Statement] = []
            MINE.set(mine)
            began = time.perf_counter()
            await self.act(name, **one)
            self.took.append((time.perf_counter() - began) * 1000)
            transactions.append(list(mine))
        return transactions


@pytest.fixture(params=["sqlite", "mariadb"])
async def till(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Till]:
    """On a disk that keeps its promises: SQLite with synchronous=FULL, MariaDB with full durability."""
    server = MariaDB(tmp_path / "mariadb", durable=True)
    url = f"sqlite+aiosqlite:///{tmp_path / 'kiosk.sqlite'}"
    if request.param == "mariadb":
        server.start()
        server.execute("CREATE DATABASE kiosk CHARACTER SET utf8mb4")
        url = server.url("kiosk")
    migrate.upgrade(url)
    db = Database(url)
    async with counter.opened(db, tmp_path / "home") as house:
        await set_rules(url, undo_s=0)
        tablet = await house.tablet("Sofia")
        who = Credentials(tablet.http.cookies["kiosk_session"], tablet.http.cookies["kiosk_device"])
        take_down(db)
        yield Till(house, who, await house.house.portion("Tiramisù"))
    await db.close()
    server.kill()


@pytest.mark.parametrize("clients", CLIENTS)
async def test_gestures_a_second_beside_the_bare_driver(till: Till, clients: int) -> None:
    # The first ones prepare statements and open connections.
    await rounds(till, await opened(till, 2 * clients), clients)
    check_ids = await opened(till, CHECKS)
    bare = copy(till.house.house.db.url)
    for name, words in acts_on(till, check_ids).items():
        till.took = []
        began = time.perf_counter()
        shares = await asyncio.gather(*(till.noted(name, words[hand::clients]) for hand in range(clients)))
        kiosk = told(len(words) / (time.perf_counter() - began), till.took)
        began = time.perf_counter()
        took = await replay(bare, shares)
        raw = told(len(words) / (time.perf_counter() - began), took)
        statements = round(statistics.mean(len(transaction) for share in shares for transaction in share))
        engine = till.house.house.db.url.get_backend_name()
        share = f"{kiosk[0] / raw[0]:.2f} of bare"
        print(f"\n{engine}, {clients} at once, {name} ({statements} statements): {kiosk[1]} | bare {raw[1]} | {share}")


def told(rate: float, took: list[float]) -> tuple[float, str]:
    ordered = sorted(took)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in (0.5, 0.95, 0.99)]
    return rate, f"{rate:5.0f} a second, {at[0]:.1f} / {at[1]:.1f} / {at[2]:.1f} ms"


def acts_on(till: Till, check_ids: list[int]) -> dict[str, list[Words]]:
    settle = {"total": TOTAL, "tenders": [{"kind": "card", "given": TOTAL}]}
    return {
        "ring": [{"check_id": check_id, "portion_id": till.portion_id} for check_id in check_ids for _ in range(LINES)],
        "send": [{"check_id": check_id} for check_id in check_ids],
        "settle": [{"check_id": check_id, **settle} for check_id in check_ids],
    }


async def rounds(till: Till, check_ids: list[int], clients: int) -> None:
    for name, words in acts_on(till, check_ids).items():
        await asyncio.gather(*(till.noted(name, words[hand::clients]) for hand in range(clients)))


async def opened(till: Till, count: int) -> list[int]:
    return [(await till.act("open_check", label=f"Bar {no}"))["check_id"] for no in range(count)]


def copy(url: URL) -> URL:
    """The same rows in a database of its own."""
    return (_copy_sqlite if url.get_backend_name() == "sqlite" else _copy_mariadb)(url)


def _copy_sqlite(url: URL) -> URL:
    bare = url.set(database=f"{url.database}.bare")
    Path(str(bare.database)).unlink(missing_ok=True)
    with closing(sqlite3.connect(str(url.database))) as here, closing(sqlite3.connect(str(bare.database))) as there:
        here.backup(there)
    return bare


def _copy_mariadb(url: URL) -> URL:
    bare = url.set(database="kiosk_bare")
    with closing(_plain(url)) as connection, connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS kiosk_bare")
        cursor.execute("CREATE DATABASE kiosk_bare CHARACTER SET utf8mb4")
        migrate.upgrade(bare.render_as_string(hide_password=False))
        cursor.execute("SET foreign_key_checks = 0")
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'kiosk'")
        for (table,) in cursor.fetchall():
            if table != "alembic_version":
                cursor.execute(f"INSERT INTO kiosk_bare.`{table}` SELECT * FROM kiosk.`{table}`")
    return bare


def _plain(url: URL) -> Any:
    where = {"host": url.host, "port": url.port, "user": url.username, "password": url.password}
    return pymysql.connect(**where, database=url.database, autocommit=True)
