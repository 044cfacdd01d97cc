"""A printer in trouble, or a document nobody can print, is in nobody else's way."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select, update

from kiosk.core.db import Database, Tx
from kiosk.printing import service
from kiosk.printing.models import JobState, Printer, PrintJob
from kiosk.printing.worker import PrintWorker
from tests.printing.test_printing import PAPER
from tests.support.house import House, founded


async def two_printers(db: Database, folder: Path) -> House:
    """The counter's printer writes where nobody can; the bar's works."""
    house = await founded(db)
    nowhere = folder / "a file"
    nowhere.write_text("not a folder")
    await db.run(lambda tx: tx.change(update(Printer).values(address=str(nowhere))))
    await house.act(service.add_printer, code="bar", name="Bar", prints=["bar"], address=str(folder / "bar"))
    return house


async def queue(db: Database, role: str, count: int, **differently: object) -> None:
    async def enqueue(tx: Tx) -> None:
        for number in range(count):
            document = PAPER.to_json() | {"number": f"{role} {number}"} | differently
            await service.enqueue(tx, document, kind="receipt", cause=f"{role} {number} {len(differently)}", role=role)

    await db.run(enqueue)


async def states(db: Database, role: str) -> list[JobState]:
    async with db.read() as read:
        found = select(PrintJob.state).where(PrintJob.cause.startswith(role)).order_by(PrintJob.id)
        return list((await read.session.scalars(found)).all())


async def test_sixty_receipts_at_a_broken_printer_do_not_hold_up_another(db: Database, tmp_path: Path) -> None:
    await two_printers(db, tmp_path)
    await queue(db, "receipt", 60)
    await queue(db, "bar", 1)
    assert await PrintWorker(db, tmp_path).empty() == 1
    assert await states(db, "bar") == [JobState.PRINTED]
    assert await states(db, "receipt") == [JobState.FAILED, *[JobState.QUEUED] * 59]


async def test_a_long_queue_is_printed_in_one_go_and_in_order(db: Database, tmp_path: Path) -> None:
    await two_printers(db, tmp_path)
    await queue(db, "bar", 70)
    assert await PrintWorker(db, tmp_path).empty() == 70
    assert await states(db, "bar") == [JobState.PRINTED] * 70


async def test_a_document_that_cannot_be_laid_out_fails_alone(db: Database, tmp_path: Path) -> None:
    await two_printers(db, tmp_path)
    await queue(db, "bar", 1, lines=None)
    await queue(db, "bar", 2)
    assert await PrintWorker(db, tmp_path).empty() == 2
    assert await states(db, "bar") == [JobState.FAILED, JobState.PRINTED, JobState.PRINTED]
