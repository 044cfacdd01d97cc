"""A full house: sixty connected tablets, some of them ringing, and what one person at a real one waits for."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page
from sqlalchemy import text

from kiosk.core.db import Database, Tx
from tests.bench.crowd import Crowd
from tests.bench.telling import say
from tests.bench.test_taps import CONFIRMED, PAINTED, one_send, one_tap, settle_down
from tests.support import people
from tests.support.live import LiveKiosk
from tests.support.tablets import OpenTablet, Tablets

pytestmark = pytest.mark.bench
TABLETS, RINGING, EVERY_S = 60, 12, 2.0
TAPS, CHANGES, FIRES = 40, 40, 15
BUSY_S = 10
TICKS = os.sysconf("SC_CLK_TCK")
MARKED = "9"


@dataclass
class Server:
    """What the kiosk's process takes of the machine."""

    pid: int

    @property
    def megabytes(self) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text()
        return next(int(row.split()[1]) for row in status.splitlines() if row.startswith("VmRSS")) / 1024

    @property
    def cpu_s(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@pytest.fixture
async def house(database_url: str, live_kiosk: Callable[..., LiveKiosk], tablet: OpenTablet) -> AsyncIterator[Tablets]:
    tablets = Tablets(live_kiosk(database_url), database_url, tablet)
    await without_undo(database_url)
    yield tablets
    await tablets.close()


async def without_undo(database_url: str) -> None:
    """Tickets are shown at once, so that their way is measured and not the five seconds of the undo."""

    async def change(tx: Tx) -> None:
        await tx.change(text("UPDATE venues SET undo_s = 0"))

    db = Database(database_url)
    await db.run(change)
    await db.close()


async def crowd_of(house: Tablets, table_id: int) -> Crowd:
    """Sixty tablets of three waiters on twenty checks; twelve of them ring every other second."""
    checks = [(await house.act("Elena", "open_check", label=f"Bar {no}"))["check_id"] for no in range(20)]
    portion_id = await house.portion("Espresso")
    ids = await people.ids(house.database_url)
    names = [name for name in people.PINS if name in {"Marco", "Elena", "Priya"}]
    return Crowd(
        [
            {
                "url": house.kiosk.url,
                "words": {"person_id": ids[names[no % 3]], "pin": people.PINS[names[no % 3]]},
                "table_id": table_id,
                "check_id": checks[no % 20],
                "portion_id": portion_id,
                "rings_every": EVERY_S if no < RINGING else 0,
            }
            for no in range(TABLETS)
        ]
    )


async def test_sixty_tablets_connected_and_busy(house: Tablets, engine_name: str) -> None:
    assert house.kiosk._process
    server = Server(house.kiosk._process.pid)
    marked = await house.seat(MARKED, 1)
    table_id = (await house.table(MARKED))["id"]
    crowd = await crowd_of(house, table_id)
    alone = server.megabytes
    async with crowd:
        marco, dario = await order_page(house), await house.page("Dario", "/#/kitchen")
        await tell_taps(f"{engine_name}, {TABLETS} tablets", marco)
        await throttle(marco, 4)
        await tell_taps(f"{engine_name}, {TABLETS} tablets, 4x slower", marco)
        await throttle(marco, 1)
        fires = [await one_send(marco, dario) for _ in range(FIRES)]
        say(f"{engine_name}, {TABLETS} tablets: send -> kitchen's screen", fires)
        cpu, began = server.cpu_s, time.monotonic()
        changed = await change_covers(house, marked)
        await asyncio.sleep(max(0.0, BUSY_S - time.monotonic() + began))
        share = (server.cpu_s - cpu) / (time.monotonic() - began)
        full = server.megabytes
    say(f"{engine_name}, {TABLETS} tablets: change of a table -> last tablet", delays(changed, crowd.heard, max))
    say(f"{engine_name}, {TABLETS} tablets: change of a table -> first tablet", delays(changed, crowd.heard, min))
    say(f"{engine_name}, {TABLETS} tablets: ring over HTTP", crowd.rung)
    per_tablet = (full - alone) / (TABLETS + 2)
    print(f"\n{engine_name}: {alone:.0f} MB alone, {full:.0f} MB with {TABLETS} tablets and 2 screens,", end=" ")
    print(f"{per_tablet:.2f} MB each; {share * 100:.0f} % of a core while {RINGING} ring every {EVERY_S:.0f} s")


async def order_page(house: Tablets) -> Page:
    check_id = await house.seat("4", 4, who="Marco")
    page = await house.page("Marco", f"/#/order/{check_id}")
    await page.locator(".k-item").first.wait_for()
    return page


async def tell_taps(where: str, page: Page) -> None:
    for what, measure in (("painted", PAINTED), ("confirmed", CONFIRMED)):
        await page.evaluate(measure)
        await settle_down(page)
        say(f"{where}: tap -> {what}", [await one_tap(page, measure) for _ in range(TAPS)])


async def throttle(page: Page, times: int) -> None:
    session = await page.context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": times})


async def change_covers(house: Tablets, check_id: int) -> dict[int, float]:
    """When each number of guests was asked for; every number is one change of the table."""
    changed = {}
    for covers in range(2, CHANGES + 2):
        changed[covers] = time.time()
        await house.act("Sofia", "set_covers", check_id=check_id, covers=covers)
        await asyncio.sleep(0.1)
    return changed


def delays(changed: dict[int, float], heard: dict[int, list[float]], which: Callable[[Any], float]) -> list[float]:
    """From the tap to the tablet, in ms; every tablet must have heard of every change."""
    assert all(len(heard.get(covers, ())) == TABLETS for covers in changed), "a tablet missed a change"
    return [(which(heard[covers]) - at) * 1000 for covers, at in changed.items()]
