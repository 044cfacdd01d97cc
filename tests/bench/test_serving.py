"""What one kiosk carries: acts a second from one tablet and from eight at once, and how soon it opens."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bench.telling import say
from tests.support import people
from tests.support.databases import Databases
from tests.support.live import LiveKiosk
from tests.support.tablets import act, view

pytestmark = pytest.mark.bench
CHECKS = 12
LINES = 4
STARTS = 3


@dataclass
class Hand:
    """A tablet without a screen, with the checks it works on."""

    tablet: httpx.AsyncClient
    check_ids: list[int]
    portion_id: int
    total: int = 0

    async def ring(self, check_id: int) -> dict[str, Any]:
        return await act(self.tablet, "ring", check_id=check_id, portion_id=self.portion_id)

    async def send(self, check_id: int) -> dict[str, Any]:
        return await act(self.tablet, "send", check_id=check_id)

    async def settle(self, check_id: int) -> dict[str, Any]:
        tenders = [{"kind": "card", "given": self.total}]
        return await act(self.tablet, "settle", check_id=check_id, total=self.total, tenders=tenders)


@pytest.fixture(params=[1, 8])
async def hands(
    request: pytest.FixtureRequest, database_url: str, live_kiosk: Callable[..., LiveKiosk]
) -> AsyncIterator[list[Hand]]:
    kiosk = live_kiosk(database_url)
    opened = [await one_hand(kiosk.url, database_url) for _ in range(request.param)]
    yield opened
    for hand in opened:
        await hand.tablet.aclose()


async def one_hand(url: str, database_url: str) -> Hand:
    tablet = await people.client(url, database_url, "Sofia")
    items = (await view(tablet, "menu"))["items"]
    portion = next(item for item in items if not item["modifier_groups"])["portions"][0]
    checks = [await act(tablet, "open_check", label=f"Bar {no}") for no in range(CHECKS)]
    return Hand(tablet, [int(check["check_id"]) for check in checks], portion["id"], LINES * portion["price"])


async def test_acts_a_second(hands: list[Hand], engine_name: str) -> None:
    where = f"{engine_name}, {len(hands)} at once"
    await told(f"{where}: ring", hands, lambda hand: hand.ring, times=LINES)
    await told(f"{where}: send", hands, lambda hand: hand.send)
    await told(f"{where}: settle", hands, lambda hand: hand.settle)


async def told(what: str, hands: list[Hand], gesture: Callable[[Hand], Callable[..., Any]], times: int = 1) -> None:
    """Every hand does it to all its checks, one after the other; the hands all at once."""
    took: list[float] = []

    async def work(hand: Hand) -> None:
        for check_id in hand.check_ids * times:
            began = time.perf_counter()
            await gesture(hand)(check_id)
            took.append((time.perf_counter() - began) * 1000)

    began = time.perf_counter()
    await asyncio.gather(*(work(hand) for hand in hands))
    say(f"{what}, {len(took) / (time.perf_counter() - began):.0f} a second", took)


def test_from_the_command_to_the_first_page(databases: Databases, engine_name: str, tmp_path: Path) -> None:
    """The first start migrates and lays out the sample trattoria; later ones find both."""
    first, later = [], []
    for no in range(STARTS):
        kiosk = LiveKiosk(tmp_path / str(no), databases.empty(engine_name))
        first.append(started(kiosk))
        later.append(started(kiosk))
    say(f"{engine_name}: kiosk run -> first page, first start", first)
    say(f"{engine_name}: kiosk run -> first page, later", later)


def started(kiosk: LiveKiosk) -> float:
    began = time.perf_counter()
    kiosk.start()
    httpx.get(f"{kiosk.url}/signin").raise_for_status()
    took = (time.perf_counter() - began) * 1000
    kiosk.stop()
    return took
