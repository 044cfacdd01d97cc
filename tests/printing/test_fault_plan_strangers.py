"""Another program prints on our printer too: ours waits for its turn, and heals what the other left torn."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kiosk.core.db import Database
from kiosk.printing.models import Ack
from kiosk.printing.worker import PrintWorker
from tests.printing.test_fault_plan import SHORT, Kitchen, set_up
from tests.support import house
from tests.support.paper import evidence
from tests.support.paper.printer import VirtualPrinter

pytestmark = pytest.mark.slow

NUMBERS = [f"#{number}-1" for number in range(1, 9)]
THEIRS = b"\x1b@DELIVERY 77\nEND #77-7\n\x1bd\x06\x1dV\x01"
TORN = b"\x1b@\x1dv0\x00\x40\x00\x10\x00" + bytes(200)


@pytest.fixture
async def kitchen(db: Database, tmp_path: Path) -> AsyncIterator[Kitchen]:
    """One printer without process IDs that is deaf inside pictures."""
    founded = await house.founded(db)
    async with VirtualPrinter(has_process_id=False, obeys_in_data=False) as printer:
        printer_id = await set_up(founded, printer, "bar", Ack.GS_R)
        worker = PrintWorker(db, tmp_path, limits=SHORT)
        worker.start()
        yield Kitchen(founded, {"bar": printer}, {"bar": printer_id}, worker)
        await worker.stop()


async def their_job(printer: VirtualPrinter, data: bytes) -> None:
    _, writer = await asyncio.open_connection(printer.host, printer.port)
    writer.write(data)
    await writer.drain()
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("refuses_others", [False, True])
async def test_a_printer_another_program_holds_prints_ours_once_when_it_is_free(
    kitchen: Kitchen, refuses_others: bool
) -> None:
    printer, dice = kitchen.printers["bar"], random.Random(2)
    printer.refuses_others = refuses_others
    async with printer.busy():
        for number in NUMBERS:
            await kitchen.write("bar", number, dice)
        await asyncio.sleep(3 * SHORT.status_s)
        assert printer.lines == []
    await kitchen.finished()
    found = evidence.gathered([printer])
    assert list(evidence.in_order(printer)) == NUMBERS
    assert (found.marked, found.unmarked_twice) == (0, [])


async def test_between_the_papers_of_another_program_ours_are_whole(kitchen: Kitchen) -> None:
    printer, dice = kitchen.printers["bar"], random.Random(3)
    for number in NUMBERS:
        await their_job(printer, THEIRS)
        await kitchen.write("bar", number, dice)
    await kitchen.finished()
    found = evidence.gathered([printer])
    assert found.lost(NUMBERS) == []
    assert found.unmarked_twice == ["#77-7"]


async def test_a_picture_another_program_left_torn_eats_none_of_ours(kitchen: Kitchen) -> None:
    printer, dice = kitchen.printers["bar"], random.Random(4)
    for number in NUMBERS[:3]:
        await their_job(printer, TORN)
        await kitchen.write("bar", number, dice)
        await kitchen.finished()
    found = evidence.gathered([printer])
    assert (found.lost(NUMBERS[:3]), found.unmarked_twice) == ([], [])
