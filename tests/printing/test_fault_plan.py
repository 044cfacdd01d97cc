"""A thousand tickets, printers that fail one time in ten in every way they can: none lost, none twice unsaid."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import func, select, update

from kiosk.core.db import Database, Tx
from kiosk.printing import queries, service
from kiosk.printing.documents import CourseGroup, KitchenDish, KitchenSlip
from kiosk.printing.limits import Limits
from kiosk.printing.models import Ack, JobState, Printer, PrinterKind, PrintJob
from kiosk.printing.worker import PrintWorker
from tests.support import house, patience
from tests.support.house import House
from tests.support.paper import evidence
from tests.support.paper.faults import EVERYTHING, flaky
from tests.support.paper.printer import VirtualPrinter

pytestmark = pytest.mark.slow
TICKETS = 1000
SHARE = 0.14
"""Of connections that get a fault; some of them are over before it strikes."""
SHORT = Limits(
    connect_s=0.3,
    status_s=0.1,
    write_s=0.3,
    fence_s=0.15,
    ms_per_mm=0,
    retry_s=0.01,
    most_retry_s=0.05,
    patient_after_s=5,
    patient_s=0.1,
    blocked_s=0.05,
    held_s=1.5,
    told_after_s=0.5,
    health_s=0.7,
    look_s=0.5,
)
DOWN_S = 0.05
OPENS_A_DRAWER = "no onions \x1bp\x00\x32\x32 \x10\x14\x01\x00\x05, \x1dV\x00 please"
DISHES = ("Tagliata", "Soupe à l'oignon", "شاورما", "Käsespätzle", "2 € cookie", "Tiramisù")


@dataclass
class Kitchen:
    """Printers by the code of their row, the worker that feeds them, and what was written for each."""

    house: House
    printers: dict[str, VirtualPrinter]
    ids: dict[str, int]
    worker: PrintWorker
    written: dict[str, list[str]] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)

    async def write(self, code: str, number: str, dice: random.Random) -> None:
        """A waiter's transaction with one ticket in it."""
        document = slip(code, number, dice).to_json()

        async def run(tx: Tx) -> None:
            service.print_on(tx, [self.ids[code]], document, kind="kitchen", cause=f"ticket {number}", label=number)

        began = perf_counter()
        await self.house.db.run(run)
        self.took.append(perf_counter() - began)
        self.written.setdefault(code, []).append(number)

    async def finished(self) -> None:
        """Wait until nothing is left to print; however long that takes, it never stands still for a minute."""
        while left := await self.left():
            await self.fewer_than(left)

    async def fewer_than(self, count: int) -> None:
        async def are() -> bool:
            return await self.left() < count

        await patience.until(are, f"fewer than {count} papers")

    async def left(self) -> int:
        return await self.house.look(_left)


async def _left(read: "Tx") -> int:
    counted = select(func.count()).where(PrintJob.state.in_(queries.TO_PRINT))
    return int((await read.session.execute(counted)).scalar_one())


def slip(station: str, number: str, dice: random.Random) -> KitchenSlip:
    dishes = tuple(
        KitchenDish(quantity=dice.randint(1, 4), name=dice.choice(DISHES), note=note, is_allergy=bool(note), seat=1)
        for note in dice.choices(("", "", OPENS_A_DRAWER), k=dice.randint(1, 5))
    )
    groups = (CourseGroup(name="Mains", dishes=dishes),)
    words = {"act": "new", "station": station.title(), "table": "5", "covers": 2, "waiter": "Marco", "time": "20:15"}
    return KitchenSlip(number=number, groups=groups, **words)


MODELS = {
    "grill": ({}, Ack.PROCESS_ID),
    "pasta": ({"obeys_in_data": False}, Ack.PROCESS_ID),
    "oven": ({"has_process_id": False}, Ack.GS_R),
    "bar": ({"has_process_id": False, "obeys_in_data": False, "columns": 32, "dots": 384}, Ack.GS_R),
    "pass": ({"columns": 48, "dots": 576}, Ack.PROCESS_ID),
}
"""What each printer is, and how it proves that it has printed."""


async def set_up(kitchen: House, printer: VirtualPrinter, code: str, ack: Ack) -> int:
    shape = {"columns": printer.model.columns, "dots": printer.model.dots, "kind": PrinterKind.TCP, "ack": ack}
    return await kitchen.act(
        service.add_printer, code=code, name=code.title(), prints=[], address=printer.address, **shape
    )


@pytest.fixture
async def kitchen(db: Database, tmp_path: Path) -> AsyncIterator[Kitchen]:
    founded = await house.founded(db)
    async with AsyncExitStack() as stack:
        printers, ids = {}, {}
        for seed, (code, (model, ack)) in enumerate(MODELS.items()):
            faults = flaky(SHARE, seed, EVERYTHING, longest=900, down_s=DOWN_S)
            printers[code] = await stack.enter_async_context(VirtualPrinter(faults=faults, **model))
            ids[code] = await set_up(founded, printers[code], code, ack)
        worker = PrintWorker(db, tmp_path, limits=SHORT)
        worker.start()
        yield Kitchen(founded, printers, ids, worker)
        await worker.stop()


async def states(kitchen: Kitchen) -> dict[JobState, int]:
    counted = select(PrintJob.state, func.count()).group_by(PrintJob.state)
    async with kitchen.house.db.read() as read:
        return {state: count for state, count in await read.session.execute(counted)}


async def test_of_a_thousand_tickets_none_is_lost_and_none_is_there_twice_unsaid(kitchen: Kitchen) -> None:
    async def waiter(place: int, code: str) -> None:
        dice = random.Random(place)
        for number in range(1 + place, TICKETS + 1, len(MODELS)):
            await kitchen.write(code, f"#{number}-1", dice)

    await asyncio.gather(*(waiter(place, code) for place, code in enumerate(MODELS)))
    await kitchen.finished()
    assert await states(kitchen) == {JobState.PRINTED: TICKETS}
    found = evidence.gathered(kitchen.printers.values())
    assert found.lost(f"#{number}-1" for number in range(1, TICKETS + 1)) == []
    assert found.unmarked_twice == []
    struck = [one.fault for printer in kitchen.printers.values() for one in printer.sessions if one.struck]
    assert {fault.kind for fault in struck if fault} == set(EVERYTHING)
    assert len(struck) > TICKETS * 0.06
    for code, printer in kitchen.printers.items():
        assert evidence.in_order(printer) == kitchen.written[code]
        assert (code, printer.kicks) == (code, [])
    patience.in_time(sorted(kitchen.took)[int(len(kitchen.took) * 0.99)], 0.05, "a waiter's transaction")


async def test_what_a_dead_printer_does_not_print_its_backup_does_and_nothing_twice_unsaid(kitchen: Kitchen) -> None:
    dice = random.Random(5)
    printers = kitchen.printers

    async def stand_in(tx: Tx) -> None:
        mine = update(Printer).where(Printer.code == "grill")
        await tx.change(mine.values(backup_id=kitchen.ids["pass"], backup_after_s=1))

    await kitchen.house.db.run(stand_in)
    for number in range(1, 21):
        await kitchen.write("grill", f"#{number}-1", dice)
        if number == 8:
            await printers["grill"].printed(3)
            printers["grill"].out_of_paper(after_lines=4)
        if number == 14:
            printers["grill"].open_cover()
    await kitchen.finished()
    printers["grill"].load_paper()
    printers["grill"].close_cover()
    await kitchen.write("grill", "#21-1", dice)
    await kitchen.finished()
    found = evidence.gathered(printers.values())
    assert found.lost(f"#{number}-1" for number in range(1, 22)) == []
    assert found.unmarked_twice == []
    standing_in = [one for one in printers["pass"].tickets if one.is_whole]
    assert standing_in
    assert all(one.holds("BACKUP FROM GRILL") for one in standing_in)


@pytest.mark.parametrize("code", ["grill", "oven"])
async def test_a_ticket_stuck_without_paper_when_the_power_goes_is_not_lost(kitchen: Kitchen, code: str) -> None:
    printer, dice = kitchen.printers[code], random.Random(9)
    printer.flaky(None)
    printer.out_of_paper(after_lines=3)
    await kitchen.write(code, "#1-1", dice)
    await patience.until(lambda: not printer.has_paper, "the roll's end")
    await kitchen.write(code, "#2-1", dice)
    await asyncio.sleep(SHORT.fence_s / 2)
    printer.power_off()
    printer.load_paper()
    printer.power_on()
    await kitchen.finished()
    found = evidence.gathered([printer])
    assert (found.lost(["#1-1", "#2-1"]), found.unmarked_twice) == ([], [])
    assert list(evidence.in_order(printer)) == ["#1-1", "#2-1"]
