"""What becomes of a paper between the queue and the printer: in order, proved, in doubt, held, elsewhere."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from kiosk.core import clock
from kiosk.core.db import Database, DatabaseAway, OutcomeUnknown
from kiosk.printing import queries, service
from kiosk.printing.events import JobChanged
from kiosk.printing.models import Ack, JobState, PrinterKind, PrintJob
from kiosk.printing.worker import PrintWorker
from tests.printing import grill
from tests.printing.grill import CHECK, SHORT, Kitchen
from tests.support import patience
from tests.support.paper import evidence
from tests.support.paper.faults import Fault, Kind

pytestmark = pytest.mark.slow

PRINTED, QUEUED, DOUBT, HELD, REROUTED = (
    JobState.PRINTED,
    JobState.QUEUED,
    JobState.DOUBT,
    JobState.HELD,
    JobState.REROUTED,
)


@pytest.fixture
async def kitchen(db: Database, tmp_path: Path) -> AsyncIterator[Kitchen]:
    async with grill.opened(db, tmp_path) as opened:
        yield opened


async def test_tickets_are_printed_in_order_and_say_how_that_is_known(kitchen: Kitchen) -> None:
    for ack in Ack:
        model = {"has_process_id": ack is Ack.PROCESS_ID}
        await kitchen.add(ack.value.replace("_", "-"), model=model, ack=ack)
    for code in kitchen.ids:
        await kitchen.write(1, 2, 3, code=code)
    kitchen.start()
    for code, printer in kitchen.printers.items():
        jobs = await kitchen.are(PRINTED, PRINTED, PRINTED, code=code)
        await printer.printed(3)
        assert evidence.in_order(printer) == ["#1-1", "#2-1", "#3-1"]
        known = [(job.ack, job.tries, job.copy_no, job.troubled_at) for job in jobs]
        assert known == [(code.replace("-", "_"), 1, 1, None)] * 3
        assert printer.warnings == []


async def test_nothing_is_printed_before_its_time_nor_what_follows_it_for_the_same_check(kitchen: Kitchen) -> None:
    printer = await kitchen.add("grill")
    await kitchen.write(1, not_before=clock.now() + timedelta(hours=1))
    await kitchen.write(2)
    await kitchen.write(3, check_id=78)
    kitchen.start()
    await kitchen.are(QUEUED, QUEUED, PRINTED)
    assert evidence.in_order(printer) == ["#3-1"]
    assert await kitchen.house.db.run(lambda tx: service.withdraw(tx, ["ticket 1", "ticket 3"])) == 1
    await kitchen.house.act(service.retry_job, (await kitchen.jobs())[1].id)
    await kitchen.are(JobState.CANCELLED, PRINTED, PRINTED)


async def test_a_ticket_comes_when_its_time_has_come(kitchen: Kitchen) -> None:
    await kitchen.add("grill")
    kitchen.start()
    await kitchen.write(1, not_before=clock.now() + timedelta(seconds=0.2))
    (job,) = await kitchen.are(PRINTED)
    assert job.printed_at >= job.not_before


async def test_what_was_sent_without_proof_comes_again_marked(kitchen: Kitchen) -> None:
    for kind in (Kind.RESET, Kind.CLOSE, Kind.SILENCE, Kind.NO_ANSWER):
        (await kitchen.add(kind.value.replace("_", "-"))).next(Fault(kind, after=150))
    for code in kitchen.ids:
        await kitchen.write(1, code=code)
    assert await kitchen.worker.empty() == 0
    for job in await kitchen.jobs():
        assert (job.state, job.copy_no, "It comes again, marked as a copy." in job.trouble) == (DOUBT, 1, True)
        assert job.first_sent_at is not None
    kitchen.start()
    for code, printer in kitchen.printers.items():
        (job,) = await kitchen.are(PRINTED, code=code)
        assert (job.copy_no, job.tries, job.trouble, job.troubled_at) == (2, 2, None, None)
        whole = [one for one in printer.tickets if one.is_whole]
        assert whole[-1].holds("REPRINT 1")
        assert sum(not evidence.is_marked(one) for one in whole) <= 1
    assert sorted(await kitchen.tries()) == ["doubt"] * 4 + ["printed"] * 4


async def test_a_printer_switched_off_costs_no_transactions_and_no_marks(kitchen: Kitchen) -> None:
    printer = await kitchen.add("grill")
    printer.power_off()
    kitchen.start()
    await kitchen.write(1)
    await patience.until(lambda: JobChanged((fact_job(kitchen)), kitchen.ids["grill"], CHECK) in kitchen.facts, "news")
    await asyncio.sleep(0.3)
    assert await kitchen.tries() == ["refused"]
    state = kitchen.state()
    assert (state.is_online, "switched off" in state.reason, state.waiting) == (False, True, 1)
    printer.power_on()
    (job,) = await kitchen.are(PRINTED)
    assert (job.copy_no, job.first_sent_at is not None, job.troubled_at) == (1, True, None)
    assert not evidence.is_marked(printer.tickets[0])


def fact_job(kitchen: Kitchen) -> int:
    return next((fact.job_id for fact in kitchen.facts if isinstance(fact, JobChanged)), 0)


async def test_without_paper_nothing_is_sent_and_the_reason_is_told(kitchen: Kitchen) -> None:
    printer = await kitchen.add("grill")
    printer.out_of_paper()
    kitchen.start()
    await kitchen.write(1)
    await patience.until(lambda: kitchen.state().is_online is False, "no paper")

    async def troubles() -> list[queries.Troubled]:
        return await kitchen.house.look(queries.troubled, [CHECK])

    (told,) = await patience.until(troubles, "trouble")
    assert (told.state, told.printer, told.by, told.trouble) == ("waiting", "Grill", None, "Grill: It is out of paper.")
    assert printer.held == 0
    printer.load_paper()
    await kitchen.are(PRINTED)
    assert await troubles() == []


async def test_paper_that_ends_inside_a_ticket_holds_it_until_the_rest_is_printed(kitchen: Kitchen) -> None:
    printer = await kitchen.add("grill")
    printer.out_of_paper(after_lines=3)
    kitchen.start()
    await kitchen.write(1)
    (job,) = await kitchen.are(HELD)
    assert job.trouble == "Grill: It is out of paper."
    printer.load_paper()
    (job,) = await kitchen.are(PRINTED)
    assert (job.copy_no, job.ack, job.troubled_at, await kitchen.tries()) == (
        1,
        "process_id",
        None,
        ["held", "printed"],
    )
    assert evidence.in_order(printer) == ["#1-1"]


async def test_a_held_ticket_that_is_given_up_does_not_come_with_the_new_roll(kitchen: Kitchen) -> None:
    printer = await kitchen.add("grill")
    printer.out_of_paper(after_lines=3)
    kitchen.start()
    await kitchen.write(1, 2)
    jobs = await kitchen.are(HELD, QUEUED)
    await kitchen.house.act(service.cancel_job, jobs[0].id, "The guests left")
    await patience.until(lambda: printer.cleared, "a cleared buffer")
    printer.load_paper()
    await kitchen.are(JobState.CANCELLED, PRINTED)
    assert evidence.in_order(printer) == ["#2-1"]


async def test_held_when_the_kiosk_stops_it_is_in_doubt_when_it_starts(kitchen: Kitchen, tmp_path: Path) -> None:
    printer = await kitchen.add("grill")
    printer.out_of_paper(after_lines=3)
    kitchen.start()
    await kitchen.write(1)
    await kitchen.are(HELD)
    await kitchen.worker.stop()
    printer.load_paper()
    kitchen.worker = PrintWorker(kitchen.db, tmp_path, SHORT)
    kitchen.start()
    (job,) = await kitchen.are(PRINTED)
    assert job.copy_no == 2
    assert sum(not evidence.is_marked(one) for one in printer.tickets if one.is_whole) <= 1


async def test_what_was_being_sent_when_the_kiosk_was_killed_comes_again_marked(kitchen: Kitchen) -> None:
    printer = await kitchen.add("grill")
    await kitchen.write(1)
    sending = update(PrintJob).values(state=JobState.SENDING, tries=1)
    await kitchen.db.run(lambda tx: tx.change(sending))
    kitchen.start()
    (job,) = await kitchen.are(PRINTED)
    assert (job.copy_no, job.tries) == (2, 2)
    assert printer.tickets[-1].holds("REPRINT 1")


async def test_a_backup_prints_what_a_dead_printer_could_not_and_says_for_whom(kitchen: Kitchen) -> None:
    dead, spare = await kitchen.add("grill"), await kitchen.add("bar")
    backed = {"backup_id": kitchen.ids["bar"], "backup_after_s": 5}
    await kitchen.house.act(service.change_printer, kitchen.ids["grill"], **backed)
    dead.power_off()
    kitchen.start()
    await kitchen.write(1, 2)
    await patience.until(lambda: kitchen.state().is_online is False, "it is off")
    feeder = kitchen.worker._feeders[kitchen.ids["grill"]]
    feeder.down_since = clock.now() - timedelta(seconds=5)
    jobs = await kitchen.are(REROUTED, REROUTED)
    children = await kitchen.are(PRINTED, PRINTED, code="bar")
    assert [(child.rerouted_from, child.cause) for child in children] == [(job.id, job.cause) for job in jobs]
    assert [one.holds("BACKUP FROM GRILL") for one in spare.tickets] == [True, True]
    assert await kitchen.house.look(queries.printed_by, ["ticket 1"]) == {"ticket 1": [kitchen.ids["bar"]]}
    told = await kitchen.house.look(queries.troubled, [CHECK])
    assert [(one.state, one.printer, one.by) for one in told] == [("rerouted", "Grill", "Bar")] * 2


async def test_a_held_ticket_goes_to_the_backup_once_its_printer_has_forgotten_it(kitchen: Kitchen) -> None:
    empty, spare = await kitchen.add("grill"), await kitchen.add("bar")
    backed = {"backup_id": kitchen.ids["bar"], "backup_after_s": 5}
    await kitchen.house.act(service.change_printer, kitchen.ids["grill"], **backed)
    empty.out_of_paper(after_lines=3)
    kitchen.start()
    await kitchen.write(1)
    await kitchen.are(HELD)
    kitchen.worker._feeders[kitchen.ids["grill"]].down_since = clock.now() - timedelta(seconds=60)
    await kitchen.are(REROUTED)
    (child,) = await kitchen.are(PRINTED, code="bar")
    empty.load_paper()
    await kitchen.write(2)
    await kitchen.are(REROUTED, PRINTED)
    assert (empty.cleared > 0, child.copy_no) == (True, 2)
    assert evidence.in_order(empty) == ["#2-1"]
    assert spare.tickets[0].holds("REPRINT 1")


async def test_a_paper_late_behind_others_is_told_of_although_nothing_is_wrong(kitchen: Kitchen) -> None:
    printer = await kitchen.add("grill")
    printer.out_of_paper()
    kitchen.start()
    await kitchen.write(1, 2)

    async def late() -> bool:
        return all(job.troubled_at for job in await kitchen.jobs())

    await patience.until(late, "both are told of")
    assert [job.trouble for job in await kitchen.jobs()] == [
        "Grill: It is out of paper.",
        "It waits for its turn at the printer.",
    ]


async def test_the_drawer_opens_at_once_without_paper_and_never_later(kitchen: Kitchen) -> None:
    printer = await kitchen.add("grill", drawer_kick="pin_5")
    kitchen.start()
    printer.out_of_paper(after_lines=3)
    await kitchen.write(1)
    await kitchen.are(HELD)
    assert await kitchen.worker.kick(kitchen.ids["grill"]) == ""
    assert [(kick.pin, kick.is_real_time) for kick in printer.kicks] == [(5, True)]
    printer.power_off()
    assert "cannot be reached" in await kitchen.worker.kick(kitchen.ids["grill"])
    printer.load_paper()
    printer.power_on()
    await kitchen.are(PRINTED)
    assert len(printer.kicks) == 1


async def test_a_drawer_that_was_not_set_up_or_hangs_at_a_file_says_so(kitchen: Kitchen) -> None:
    printer = await kitchen.add("grill")
    kitchen.start()
    assert await kitchen.worker.kick(kitchen.ids["grill"]) == "no drawer is set up at the printer Grill"
    (counter,) = [one for one in await kitchen.house.look(queries.printers) if one.kind is PrinterKind.FILE]
    assert await kitchen.worker.kick(counter.id) == "the printer Counter can open no drawer"
    assert printer.kicks == []


async def test_a_printer_nobody_prints_on_is_asked_how_it_is(kitchen: Kitchen) -> None:
    printer = await kitchen.add("grill")
    kitchen.start()
    await patience.until(lambda: kitchen.state().is_online, "it is there")
    printer.near_end()
    await patience.until(lambda: kitchen.state().is_near_end, "near the end")
    printer.open_cover()
    await patience.until(lambda: kitchen.state().is_cover_open, "open")
    state = kitchen.state()
    assert (state.is_online, state.reason) == (False, "Its cover is open.")


async def test_a_printer_that_is_told_of_by_itself_is_understood_all_the_same(kitchen: Kitchen) -> None:
    printer = await kitchen.add("grill")
    printer.chatters = True
    kitchen.start()
    await kitchen.write(1, 2)
    assert [job.copy_no for job in await kitchen.are(PRINTED, PRINTED)] == [1, 1]


async def test_a_database_that_goes_away_while_a_ticket_is_printed_forgets_nothing(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer, run, away = await kitchen.add("grill"), kitchen.db.run, asyncio.Event()

    async def gone(gesture: Any, **words: Any) -> Any:
        if away.is_set():
            raise DatabaseAway
        return await run(gesture, **words)

    await kitchen.write(1)
    monkeypatch.setattr(kitchen.db, "run", gone)
    printer.on_cut = away.set
    kitchen.start()
    await printer.printed(1)
    await asyncio.sleep(0.15)
    assert (await kitchen.job()).state is JobState.SENDING
    printer.on_cut = lambda: None
    away.clear()
    (job,) = await kitchen.are(PRINTED)
    assert (job.copy_no, len(printer.slips)) == (1, 1)


async def test_a_try_of_which_nobody_knows_whether_it_began_is_in_doubt(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer, run, answers = await kitchen.add("grill"), kitchen.db.run, [OutcomeUnknown()]

    async def unsure(gesture: Any, **words: Any) -> Any:
        result = await run(gesture, **words)
        if answers and (await kitchen.job()).state is JobState.SENDING:
            raise answers.pop()
        return result

    await kitchen.write(1)
    monkeypatch.setattr(kitchen.db, "run", unsure)
    kitchen.start()
    (job,) = await kitchen.are(PRINTED)
    assert (job.copy_no, [evidence.is_marked(one) for one in printer.tickets]) == (2, [True])


async def test_a_print_queue_of_the_computer_is_given_a_job_once_and_proves_nothing(
    kitchen: Kitchen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await kitchen.add("grill", kind=PrinterKind.CUPS, address="kitchen", ack=Ack.NONE)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    (tmp_path / "lp").write_text("#!/bin/sh\necho lp: kitchen is away >&2; exit 1\n")
    (tmp_path / "lp").chmod(0o755)
    await kitchen.write(1)
    assert await kitchen.worker.empty() == 0
    job = await kitchen.job()
    assert (job.state, job.trouble, job.first_sent_at) == (QUEUED, "Grill: lp: kitchen is away", None)
    (tmp_path / "lp").write_text(f"#!/bin/sh\nexec cat >> {tmp_path}/paper\n")
    assert await kitchen.worker.empty() == 1
    job = await kitchen.job()
    assert (job.state, job.ack, job.copy_no, job.trouble) == (PRINTED, "none", 1, None)
    assert (tmp_path / "paper").read_bytes().count(b"END #1-1") == 1


async def test_the_worker_stops_in_time_whatever_its_printers_do(kitchen: Kitchen) -> None:
    printer = await kitchen.add("grill")
    printer.hang()
    kitchen.start()
    await kitchen.write(1)
    await asyncio.sleep(0.1)
    with patience.within(2.5, "stopping"):
        await kitchen.worker.stop()
    assert (await kitchen.job()).state in (QUEUED, DOUBT, JobState.SENDING)
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("printer grill")]
