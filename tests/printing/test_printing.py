from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from kiosk.core.db import Database, Tx
from kiosk.payments import service as payments
from kiosk.payments.rules import Given, TenderKind
from kiosk.printing.models import JobState, Printer, PrintJob
from kiosk.printing.worker import PrintWorker
from tests.support.house import House, founded


async def _settled(db: Database) -> House:
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(check_id)
    await house.send(check_id)
    await house.act(payments.settle, check_id, 700, [Given(TenderKind.CARD, 700)])
    return house


async def _jobs(db: Database) -> list[Any]:
    async with db.read() as read:
        return list((await read.session.scalars(select(PrintJob).order_by(PrintJob.id))).all())


async def test_a_receipt_reaches_the_file_printer_as_bytes_and_as_text(db: Database, tmp_path: Path) -> None:
    await _settled(db)
    assert await PrintWorker(db, tmp_path).empty() == 1
    assert [job.state for job in await _jobs(db)] == [JobState.PRINTED]
    (text,) = (tmp_path / "printed").glob("*.txt")
    (sent,) = (tmp_path / "printed").glob("*.bin")
    assert "Receipt 1" in text.read_text()
    assert sent.read_bytes().startswith(b"\x1b@")
    assert await PrintWorker(db, tmp_path).empty() == 0


async def test_a_printer_in_trouble_keeps_its_work_and_says_why(db: Database, tmp_path: Path) -> None:
    await _settled(db)
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")

    async def point_at(tx: Tx, address: str) -> None:
        await tx.change(update(Printer).values(address=address))

    await db.run(lambda tx: point_at(tx, str(blocked)))
    assert await PrintWorker(db, tmp_path).empty() == 0
    job = (await _jobs(db))[0]
    assert job.state is JobState.QUEUED
    assert "Counter" in job.trouble
    await db.run(lambda tx: point_at(tx, str(tmp_path / "paper")))
    assert await PrintWorker(db, tmp_path).empty() == 1
    assert (await _jobs(db))[0].trouble is None
