"""Kill -9 while papers are being sent: each ticket of a send that was answered is on paper, none twice unsaid."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest

from kiosk.core.actor import command_line
from kiosk.core.db import Database, Tx
from kiosk.printing import queries, service
from kiosk.printing.models import Ack, PrinterKind
from tests.support import patience, people
from tests.support.live import LiveKiosk
from tests.support.paper import evidence
from tests.support.paper.printer import VirtualPrinter
from tests.support.paper.slips import Ticket
from tests.support.rules import set_rules
from tests.support.stubborn import Stubborn

pytestmark = pytest.mark.slow
Start = Callable[..., LiveKiosk]
STATIONS = ("cold", "pasta", "oven", "grill", "bar")
PAUSE_S = 0.3
"""Between two sends of a waiter: no more than the slower printer can print."""
NOTE = "بدون بصل"
"""Is printed as a picture, which a killed kiosk leaves torn."""
MM_A_S = 500
"""Twice as fast as a real one, yet slow enough for the kiosk to be killed while it prints."""


@dataclass
class Waiter(Stubborn):
    """Sends one dish after the other, and remembers which."""

    portion_id: int
    name: str
    sent: list[str] = field(default_factory=list)

    async def serve(self, until: asyncio.Event) -> None:
        while not until.is_set():
            label = f"{self.name} {len(self.sent) + 1}"
            check_id = (await self.tap("open_check", label=label))["check_id"]
            await self.tap("ring", check_id=check_id, portion_id=self.portion_id, note=NOTE)
            await self.tap("send", check_id=check_id)
            self.sent.append(label)
            await asyncio.sleep(PAUSE_S)


@pytest.fixture
async def printers() -> AsyncIterator[list[VirtualPrinter]]:
    """Two at every station: one that has a process ID and takes its time, one without that is quick."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(VirtualPrinter(mm_a_s=MM_A_S)),
            await stack.enter_async_context(VirtualPrinter(has_process_id=False)),
        ]


async def connect(url: str, printers: list[VirtualPrinter]) -> None:
    """Set them up behind the kiosk's back."""
    db = Database(url)

    async def add(tx: Tx) -> None:
        by = command_line((await tx.venue()).id)
        for number, printer in enumerate(printers):
            ack = Ack.PROCESS_ID if printer.model.has_process_id else Ack.GS_R
            words = {"kind": PrinterKind.TCP, "address": printer.address, "ack": ack}
            prints = [f"station:{code}" for code in STATIONS]
            await service.add_printer(tx, code=f"p{number}", name=f"P{number}", prints=prints, by=by, **words)

    await db.run(add)
    await db.close()
    await set_rules(url, undo_s=0)


async def waiter(kiosk: LiveKiosk, url: str, name: str) -> Waiter:
    hand = await people.client(kiosk.url, url, name)
    portion = await people.plain_portion(hand)
    return Waiter(hand, int(portion["id"]), name)


@pytest.mark.parametrize("kills", [3, pytest.param(50, marks=pytest.mark.million)])
async def test_a_kiosk_killed_while_it_prints_loses_no_ticket_and_prints_none_twice_unsaid(
    durable_url: str, live_kiosk: Start, printers: list[VirtualPrinter], kills: int
) -> None:
    url, kiosk = durable_url, live_kiosk(durable_url)
    await connect(url, printers)
    waiters = [await waiter(kiosk, url, name) for name in ("Marco", "Elena")]
    until, chance = asyncio.Event(), random.Random(kills)
    work = [asyncio.create_task(one.serve(until)) for one in waiters]
    for _ in range(kills):
        await a_moment_to_die(printers[0], chance)
        kiosk.kill9()
        await asyncio.to_thread(kiosk.start)
    await asyncio.sleep(0.3)
    until.set()
    await asyncio.gather(*work)
    for one in waiters:
        await one.hand.aclose()
    await nothing_waits(url)
    for printer in printers:
        each_is_there([label for one in waiters for label in one.sent], printer)
    found = evidence.gathered(printers)
    assert found.marked + found.torn >= kills // 5


async def a_moment_to_die(printer: VirtualPrinter, chance: random.Random) -> None:
    """At any time, or while so many rows of a paper are printed and the rest is not."""
    await asyncio.sleep(chance.uniform(0, 0.3))
    if rows := chance.choice((0, 1, 3, 6, 9)):
        await patience.until(lambda: len(printer.strip.rows) >= rows, "a paper in the middle")


async def nothing_waits(url: str) -> None:
    db = Database(url)

    async def is_done() -> bool:
        async with db.read() as read:
            return await queries.count_waiting(read) == 0

    await patience.until(is_done, "the last paper")
    await db.close()


def each_is_there(sent: list[str], printer: VirtualPrinter) -> None:
    """Every send has a whole ticket, and at most one that does not say that it may be the second."""
    assert len(sent) > 0
    whole: dict[str, list[Ticket]] = {label: [] for label in sent}
    for one in printer.tickets:
        label = next((label for label in sent if any(line.endswith(label) for line in one.text)), "")
        if one.is_whole and label:
            whole[label].append(one)
    assert [label for label, some in whole.items() if not some] == []
    assert [label for label, some in whole.items() if sum(not evidence.is_marked(one) for one in some) > 1] == []
    assert printer.warnings == []
