"""A proof belongs to one paper: what a printer still had to say of the paper before is none for the next."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.core.db import Database, Read
from kiosk.printing.limits import Limits
from kiosk.printing.models import Ack, JobState, PrintJob
from kiosk.printing.worker import PrintWorker
from tests.printing.test_fault_plan import Kitchen, set_up
from tests.support import house, patience
from tests.support.paper import evidence
from tests.support.paper.printer import VirtualPrinter

pytestmark = pytest.mark.slow

MM_A_S = 250
"""A ticket takes it a third of a second."""
FENCE = b"\x1dr\x01"


@pytest.fixture
async def kitchen(db: Database, tmp_path: Path) -> AsyncIterator[Kitchen]:
    """One printer that takes its time and has no process ID."""
    founded = await house.founded(db)
    async with VirtualPrinter(has_process_id=False, mm_a_s=MM_A_S) as printer:
        printer_id = await set_up(founded, printer, "oven", Ack.GS_R)
        worker = PrintWorker(db, tmp_path, limits=Limits(retry_s=0.01, most_retry_s=0.05, look_s=0.5))
        worker.start()
        yield Kitchen(founded, {"oven": printer}, {"oven": printer_id}, worker)
        await worker.stop()


async def is_said_printed(kitchen: Kitchen, number: str) -> bool:
    async def state(read: Read) -> JobState:
        return (await read.session.scalars(select(PrintJob.state).where(PrintJob.label == number))).one()

    return await kitchen.house.look(state) is JobState.PRINTED


async def test_the_proof_of_the_paper_before_is_not_taken_for_that_of_the_next(kitchen: Kitchen) -> None:
    printer = kitchen.printers["oven"]
    await kitchen.write("oven", "#1-1", random.Random(1))
    await patience.until(lambda: any(FENCE in one.received for one in printer.sessions), "the first paper to be sent")
    printer.drop()
    await kitchen.write("oven", "#2-1", random.Random(1))
    await patience.until(lambda: is_said_printed(kitchen, "#2-1"), "the second paper to be proved")
    printer.power_off(for_s=0.1)
    await kitchen.finished()
    found = evidence.gathered([printer])
    assert (found.lost(["#1-1", "#2-1"]), found.unmarked_twice) == ([], [])
