"""Kill -9 in the middle of the service: all that was acknowledged is there, once, when kiosk or database is back."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from kiosk.checks.models import CheckLine, LineState
from kiosk.core.db import Database
from kiosk.kitchen.models import TicketLine
from kiosk.payments.models import Receipt, Tender
from tests.support import journal, patience, people
from tests.support.live import LiveKiosk
from tests.support.mariadb import MariaDB
from tests.support.paying import rows
from tests.support.stubborn import Stubborn

pytestmark = pytest.mark.slow
Start = Callable[..., LiveKiosk]


@dataclass
class Tablet(Stubborn):
    """A tablet that serves parties, and remembers the answers."""

    rung: dict[int, int] = field(default_factory=dict)
    receipts: dict[int, str] = field(default_factory=dict)
    due: int = 0

    async def serve_parties(self, portion_id: int, until: asyncio.Event) -> None:
        while not until.is_set():
            check_id = (await self.tap("open_check", label="To go"))["check_id"]
            for _ in range(2):
                line_id = (await self.tap("ring", check_id=check_id, portion_id=portion_id))["line_id"]
                self.rung[line_id] = check_id
            assert (await self.tap("send", check_id=check_id))["fired"] == 2
            paid = await self.tap("settle", check_id=check_id, total=self.due, tenders=[self.tender])
            self.receipts[check_id] = paid["number"]

    @property
    def tender(self) -> dict[str, Any]:
        return {"kind": "card", "given": self.due}


async def _tablets(kiosk: LiveKiosk, database_url: str) -> tuple[list[Tablet], int]:
    hands = [await people.client(kiosk.url, database_url, "Sofia") for _ in range(3)]
    portion = await people.plain_portion(hands[0])
    return [Tablet(hand, due=2 * portion["price"]) for hand in hands], int(portion["id"])


async def _serve_while(kiosk: LiveKiosk, database_url: str, trouble: Callable[[], Awaitable[None]]) -> list[Tablet]:
    tablets, portion_id = await _tablets(kiosk, database_url)
    until = asyncio.Event()
    work = [asyncio.create_task(tablet.serve_parties(portion_id, until)) for tablet in tablets]
    await trouble()
    until.set()
    async with asyncio.timeout(patience.STARTS):
        await asyncio.gather(*work)
    for tablet in tablets:
        await tablet.hand.aclose()
    return tablets


async def _kill_kiosk(kiosk: LiveKiosk, times: int) -> None:
    chance = random.Random(9)
    for _ in range(times):
        await asyncio.sleep(chance.uniform(0.3, 1))
        kiosk.kill9()
        await asyncio.to_thread(kiosk.start)
    await asyncio.sleep(0.5)


async def _everything_is_there_once(database_url: str, tablets: list[Tablet]) -> None:
    db = Database(database_url)
    rung = {line: check for tablet in tablets for line, check in tablet.rung.items()}
    receipts = {check: number for tablet in tablets for check, number in tablet.receipts.items()}
    assert receipts
    lines = await rows(db, CheckLine)
    assert {line.id: line.check_id for line in lines} == rung
    assert {line.state for line in lines} == {LineState.FIRED}
    assert Counter(dish.line_id for dish in await rows(db, TicketLine)) == Counter(dict.fromkeys(rung, 1))
    issued = await rows(db, Receipt)
    assert {receipt.check_id: receipt.number for receipt in issued} == receipts
    assert sorted(int(receipt.number) for receipt in issued) == list(range(1, len(receipts) + 1))
    assert sum(tender.amount for tender in await rows(db, Tender)) == sum(receipt.total for receipt in issued)
    assert (await journal.acts(db)).count("settled") == len(receipts)
    assert await journal.is_whole(db)
    await db.close()


@pytest.mark.parametrize("kills", [4])
async def test_a_kiosk_killed_again_and_again_keeps_what_it_acknowledged(
    durable_url: str, live_kiosk: Start, kills: int
) -> None:
    kiosk = live_kiosk(durable_url)
    tablets = await _serve_while(kiosk, durable_url, lambda: _kill_kiosk(kiosk, kills))
    assert sum(tablet.resent for tablet in tablets) > 0
    await _everything_is_there_once(durable_url, tablets)


async def test_a_kiosk_outlives_its_killed_database_and_comes_back_by_itself(
    durable_mariadb: MariaDB, live_kiosk: Start
) -> None:
    url = durable_mariadb.url("kiosk")
    kiosk = live_kiosk(url)

    async def kill() -> None:
        for away_s in (0.1, 4, 0.1):
            await asyncio.sleep(1)
            durable_mariadb.kill()
            await asyncio.sleep(away_s)
            await asyncio.to_thread(durable_mariadb.start)
        await asyncio.sleep(1)

    tablets = await _serve_while(kiosk, url, kill)
    assert any("unavailable" in tablet.codes for tablet in tablets)
    await _everything_is_there_once(url, tablets)
