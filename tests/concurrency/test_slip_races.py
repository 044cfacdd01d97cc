"""Paper and people at the same instant: one set of slips for a firing, and a send taken back is on no paper."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.core.db import Database, Tx
from kiosk.kitchen import service as kitchen_service
from kiosk.kitchen.errors import KitchenHasIt
from kiosk.printing import keeping, queries
from kiosk.printing import service as printing
from kiosk.printing.models import JobState, PrintJob
from kiosk.printing.worker import PrintWorker
from tests.support import counter, patience
from tests.support.counter import Counter
from tests.support.house import founded
from tests.support.kitchen import Kitchen, dish
from tests.support.paper.printer import VirtualPrinter
from tests.support.slips import papers, told, with_printers

pytestmark = pytest.mark.slow

SOON = timedelta(seconds=30)
TRIES = 12


@pytest.fixture
async def house(db: Database, tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter.opened(db, tmp_path) as opened:
        yield opened


async def begin_sending(db: Database, cause: str) -> bool:
    """What a printer's worker does first, as soon as a paper is due."""

    async def begin(tx: Tx) -> bool:
        job = (await tx.session.scalars(select(PrintJob).where(PrintJob.cause == cause))).one()
        return job.state is JobState.QUEUED and await keeping.begin(tx, job, 1)

    return await db.run(begin)


async def test_of_a_printer_that_begins_and_an_undo_at_the_same_instant_one_comes_first(db: Database) -> None:
    kitchen = Kitchen(await founded(db))
    await with_printers(kitchen.house, "grill")
    for no in range(1, 9):
        [ticket] = await kitchen.fire(dish(no), fire_no=no, shown_at=datetime.now(UTC) + SOON)
        both = [kitchen.run(kitchen_service.take_back, 7, no), begin_sending(db, f"ticket {ticket}")]
        undone, begun = await asyncio.gather(*(both if no % 2 else reversed(both)), return_exceptions=True)
        if not no % 2:
            undone, begun = begun, undone
        async with db.read() as read:
            state = (
                await read.session.scalars(select(PrintJob.state).where(PrintJob.cause == f"ticket {ticket}"))
            ).one()
        if undone == [ticket]:
            assert (begun, state) == (False, JobState.CANCELLED)
        else:
            assert (type(undone), begun, state) == (KitchenHasIt, True, JobState.SENDING)


async def test_eight_tablets_that_fire_a_course_together_cause_one_set_of_papers(house: Counter) -> None:
    await with_printers(house.house, "grill", "bar")
    check_id = await house.house.seat()
    await house.house.ring(check_id, "Chianti", "Glass", course=1)
    await house.house.ring(check_id, "Diavola", "Medium", course=2)
    await house.house.ring(check_id, "Tiramisù", course=2)
    await house.house.send(check_id)
    tablets = [await house.tablet(name) for name in ("Marco", "Sofia") for _ in range(4)]
    answers = await asyncio.gather(*(one.act("fire_course", check_id=check_id, course=2) for one in tablets))
    assert sorted(answer.status_code for answer in answers) == [200, *[409] * 7]
    assert await told(house.house.db) == [
        ("Bar", "new", "1", ["1 Chianti"]),
        ("Grill", "new", "1", ["1 Diavola", "1 Tiramisù"]),
    ]


async def test_a_void_and_a_printer_that_begins_with_its_ticket_both_happen_in_order(db: Database) -> None:
    kitchen = Kitchen(await founded(db))
    await with_printers(kitchen.house, "grill")
    [ticket] = await kitchen.fire(dish(1), dish(2))
    void = kitchen.house.act(kitchen_service.void_dishes, [1], "wrong")
    begun, _ = await asyncio.gather(begin_sending(db, f"ticket {ticket}"), void)
    assert begun
    assert [(job.document["act"], job.state) for job in await papers(db)] == [
        ("new", JobState.SENDING),
        ("void", JobState.QUEUED),
    ]


@pytest.mark.slow
async def test_what_is_taken_back_in_the_instant_it_is_due_is_on_paper_or_gone_never_both(
    db: Database, tmp_path: Path
) -> None:
    kitchen, due = Kitchen(await founded(db)), datetime.now(UTC) + timedelta(seconds=1.2)
    async with VirtualPrinter() as printer:
        grill = {"code": "grill", "name": "Grill", "kind": "tcp", "ack": "process_id", "prints": ["station:grill"]}
        await kitchen.house.act(printing.add_printer, **grill, address=printer.address)
        worker = PrintWorker(db, tmp_path)
        worker.start()
        for no in range(1, TRIES + 1):
            await kitchen.fire(dish(no), fire_no=no, number=7, shown_at=due)

        async def take_back(no: int) -> int | None:
            """One after the other until the instant; others are still on their way then."""
            await asyncio.sleep((due - datetime.now(UTC)).total_seconds() + (no - TRIES) * 0.012)
            try:
                await kitchen.run(kitchen_service.take_back, 7, no)
            except KitchenHasIt:
                return None
            return no

        gone = {no for no in await asyncio.gather(*map(take_back, range(1, TRIES + 1))) if no}
        await printer.printed(TRIES - len(gone))
        await patience.until(lambda: nothing_waits(db), "an empty queue")
        await worker.stop()
    ends = sorted(int(end.rsplit("-", 1)[1]) for slip in printer.slips for end in slip.ends)
    assert ends == [no for no in range(1, TRIES + 1) if no not in gone]
    assert set(await kitchen.lines()) == set(ends)


async def nothing_waits(db: Database) -> bool:
    async with db.read() as read:
        return await queries.count_waiting(read) == 0
