"""A printer in trouble, or a document nobody can print, is in nobody else's way; people move what is stuck."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from kiosk.core import clock
from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database, Tx
from kiosk.core.errors import NeedsManager
from kiosk.printing import keeping, queries, service
from kiosk.printing.errors import (
    AddressRefused,
    BackupInCircle,
    JobMovedOn,
    NoPrinter,
    PrinterCodeTaken,
    PrinterHasPaperwork,
    PrinterNeedsName,
    ReasonMissing,
    SamePrinter,
    SetUpRefused,
)
from kiosk.printing.models import Ack, Cut, JobState, Printer, PrintJob
from kiosk.printing.scribe import Scribe
from kiosk.printing.worker import PrintWorker
from tests.printing.cast import RECEIPT
from tests.support import patience
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
            document = RECEIPT.to_json() | {"number": f"{role} {number}"} | differently
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
    assert await states(db, "receipt") == [JobState.QUEUED] * 60


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


async def one_job(db: Database, folder: Path) -> tuple[House, int]:
    """A receipt at the counter's printer, which cannot print."""
    house = await two_printers(db, folder)
    await queue(db, "receipt", 1)
    await PrintWorker(db, folder).empty()
    async with db.read() as read:
        return house, (await read.session.scalars(select(PrintJob.id))).one()


async def put(db: Database, job_id: int, **values: object) -> None:
    await db.run(lambda tx: tx.change(update(PrintJob).where(PrintJob.id == job_id).values(**values)))


async def test_what_is_stuck_is_retried_sent_elsewhere_given_up_or_seen_on_paper(db: Database, tmp_path: Path) -> None:
    house, job_id = await one_job(db, tmp_path)
    await put(db, job_id, state=JobState.HELD)
    await house.act(service.retry_job, job_id)
    assert await states(db, "receipt") == [JobState.DOUBT]
    await put(db, job_id, state=JobState.FAILED)
    await house.act(service.retry_job, job_id)
    assert await states(db, "receipt") == [JobState.QUEUED]
    await house.act(service.mark_done, job_id)
    job = await house.look(queries.job, job_id)
    assert (job.state, job.ack, job.troubled_at) == (JobState.PRINTED, "person", None)
    with pytest.raises(JobMovedOn, match="is on paper by now"):
        await house.act(service.cancel_job, job_id, "nobody wants it")
    assert await house.act(service.reprint_job, job_id) == 2
    with pytest.raises(ReasonMissing):
        await house.act(service.cancel_job, job_id, " ")
    await house.act(service.cancel_job, job_id, "nobody wants it")
    assert await states(db, "receipt") == [JobState.CANCELLED]


async def test_what_goes_elsewhere_is_one_more_copy_only_when_bytes_of_it_left(db: Database, tmp_path: Path) -> None:
    house, job_id = await one_job(db, tmp_path)
    counter, bar = [one.id for one in await house.look(queries.printers)]
    with pytest.raises(SamePrinter):
        await house.act(service.send_elsewhere, job_id, counter)
    child = await house.look(queries.job, await house.act(service.send_elsewhere, job_id, bar))
    assert (child.printer_id, child.copy_no, child.rerouted_from, child.cause) == (bar, 1, job_id, "receipt 0 0")
    await put(db, child.id, state=JobState.DOUBT, first_sent_at=clock.now())
    back = await house.look(queries.job, await house.act(service.send_elsewhere, child.id, counter))
    assert (back.copy_no, back.cause) == (2, f"receipt 0 0 from {child.id}")
    assert (await house.look(queries.first_of, back.rerouted_from)).id == counter


async def test_what_is_being_printed_is_neither_withdrawn_nor_given_up(db: Database, tmp_path: Path) -> None:
    house, job_id = await one_job(db, tmp_path)
    await put(db, job_id, state=JobState.SENDING)
    assert await db.run(lambda tx: service.withdraw(tx, ["receipt 0 0"])) == 0
    with pytest.raises(JobMovedOn, match="is being printed by now"):
        await house.act(service.cancel_job, job_id, "nobody wants it")


async def test_only_managers_give_a_paper_up_and_only_those_at_work_move_it(db: Database, tmp_path: Path) -> None:
    house, job_id = await one_job(db, tmp_path)
    for role, gesture, words in (
        (Role.KITCHEN, service.cancel_job, ("no",)),
        (Role.CASHIER, service.mark_done, ()),
        (Role.WAITER, service.reprint_job, ()),
        (Role.MANAGER, service.test_page, ()),
    ):
        with pytest.raises(NeedsManager):
            await house.act(gesture, job_id, *words, by=Actor(house.by.venue_id, None, "Somebody", role))
    for role in (Role.KITCHEN, Role.WAITER, Role.CASHIER):
        await house.act(service.retry_job, job_id, by=Actor(house.by.venue_id, None, "Somebody", role))


async def test_a_printer_is_set_up_as_no_other_and_stands_in_for_no_circle(db: Database) -> None:
    house = await founded(db)
    first = await house.act(service.add_printer, code="a", name="A", prints=[], kind="tcp", address="10.0.0.7")
    second = await house.act(service.add_printer, code="b", name="B", prints=["bar", "bar"], backup_id=first)
    for words, refusal in (
        ({"backup_id": second}, BackupInCircle),
        ({"backup_id": first}, BackupInCircle),
        ({"backup_id": 5}, NoPrinter),
        ({"address": "8.8.8.8"}, AddressRefused),
        ({"dots": 577}, SetUpRefused),
        ({"columns": 200}, SetUpRefused),
        ({"code_page": "klingon"}, SetUpRefused),
        ({"kind": "fax"}, SetUpRefused),
        ({"colour": "red"}, SetUpRefused),
        ({"name": " "}, PrinterNeedsName),
    ):
        with pytest.raises(refusal):
            await house.act(service.change_printer, first, **words)
    with pytest.raises(PrinterCodeTaken):
        await house.act(service.add_printer, code="b", name="B", prints=[])
    await house.act(service.change_printer, first, cut="full", till=2)
    changed = await house.look(queries.printer, first)
    assert (changed.cut, changed.till, changed.address) == (Cut.FULL, 2, "10.0.0.7")
    await house.act(service.test_page, first)
    with pytest.raises(PrinterHasPaperwork):
        await house.act(service.remove_printer, first)
    await db.run(lambda tx: tx.change(update(PrintJob).values(state=JobState.CANCELLED)))
    await house.act(service.remove_printer, first)
    assert [(one.code, one.backup_id) for one in await house.look(queries.printers)] == [("counter", None), ("b", None)]
    await house.act(service.add_printer, code="a", name="A again", prints=[])


async def test_a_circle_that_two_people_closed_at_once_is_not_followed_for_ever(db: Database) -> None:
    house = await founded(db)
    words = {"prints": ["bar"]}
    bar, grill = [await house.act(service.add_printer, code=code, name=code, **words) for code in ("bar", "grill")]
    for one, other in ((bar, grill), (grill, bar)):
        closed = update(Printer).where(Printer.id == one).values(backup_id=other)
        await db.run(lambda tx, closed=closed: tx.change(closed))
    async with asyncio.timeout(patience.COMES):
        with pytest.raises(BackupInCircle):
            await house.act(service.add_printer, code="pass", name="Pass", backup_id=bar, **words)
        await house.act(service.change_printer, bar, backup_id=None)


async def test_what_an_earlier_kiosk_gave_up_in_silence_waits_again(db: Database, tmp_path: Path) -> None:
    house, job_id = await one_job(db, tmp_path)
    await put(db, job_id, state=JobState.FAILED, troubled_at=None)
    assert await db.run(keeping.try_again) == 1
    await put(db, job_id, state=JobState.FAILED, troubled_at=clock.now())
    assert await db.run(keeping.try_again) == 0
    assert (await house.look(queries.job, job_id)).state is JobState.FAILED


async def test_a_printer_that_can_answer_proves_its_paper_unless_somebody_chose_otherwise(db: Database) -> None:
    house = await founded(db)
    words = {"prints": [], "kind": "tcp", "address": "10.0.0.7"}
    for code, chosen in (("a", {}), ("b", {"ack": "none"}), ("c", {"kind": "cups", "address": "bar"})):
        await house.act(service.add_printer, code=code, name=code, **{**words, **chosen})
    found = {one.code: one.ack for one in await house.look(queries.printers)}
    assert found == {"counter": Ack.NONE, "a": Ack.GS_R, "b": Ack.NONE, "c": Ack.NONE}


async def test_the_drawer_of_a_till_is_under_its_own_printer_or_one_for_all(db: Database) -> None:
    house = await founded(db)
    assert await house.look(queries.drawer_printer, 1) is None
    words = {"prints": [], "kind": "tcp", "address": "10.0.0.7", "drawer_kick": "pin_2"}
    shared = await house.act(service.add_printer, code="a", name="A", **words)
    own = await house.act(service.add_printer, code="b", name="B", till=2, **words)
    assert [await house.look(queries.drawer_printer, till) for till in (1, 2)] == [shared, own]


async def test_a_gesture_that_fails_fails_alone_among_those_written_together(db: Database) -> None:
    scribe, done = Scribe(db), []

    def writes(number: int) -> Callable[[Tx], Awaitable[int]]:
        async def gesture(tx: Tx) -> int:
            if number == 3:
                raise ValueError(number)
            done.append(number)
            return number

        return gesture

    told = await asyncio.gather(*(scribe.do(writes(number)) for number in range(5)), return_exceptions=True)
    assert [str(one) for one in told] == ["0", "1", "2", "3", "4"]
    assert isinstance(told[3], ValueError)
    await scribe.finish()
    assert await scribe.do(writes(7)) == 7


async def test_a_clock_that_was_set_back_holds_no_paper_up(db: Database, tmp_path: Path) -> None:
    house, job_id = await one_job(db, tmp_path)
    now, hour = clock.now(), timedelta(hours=1)
    job = await house.look(queries.job, job_id)
    for queued_at, not_before, is_early in (
        (now, now + timedelta(seconds=5), True),
        (now + hour, now + hour, False),
        (now - hour, now - hour, False),
        (now, None, False),
    ):
        job.queued_at, job.not_before = queued_at, not_before
        assert keeping.is_early(job, now) is is_early


async def test_the_newest_job_is_the_one_that_ids_go_on_after(db: Database, tmp_path: Path) -> None:
    await two_printers(db, tmp_path)
    async with db.read() as read:
        assert await queries.newest_job(read) == 0
    await queue(db, "bar", 3)
    async with db.read() as read:
        newest = await queries.newest_job(read)
        assert newest == max(await read.session.scalars(select(PrintJob.id)))
