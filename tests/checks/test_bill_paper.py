"""The guest's bill on paper."""

from sqlalchemy import update

from kiosk.checks import service
from kiosk.core.db import Database
from kiosk.printing import service as printing
from kiosk.printing.models import JobState, Printer, PrintJob
from tests.support.evening import Evening, evening
from tests.support.slips import papers, set_jobs


async def ask(party: Evening) -> None:
    await party.act(service.ask_bill, party.check_id)


async def bills(db: Database) -> list[tuple[int, int, JobState]]:
    """What each bill comes to, which copy it is, how far it is."""
    found = await papers(db, "bill")
    return [(job.document["total"], job.document["copy_no"], job.state) for job in found]


async def eaten(db: Database) -> Evening:
    """Soup and steak, 28.00."""
    party = await evening(db)
    await party.ring("Soup", "Steak")
    await party.send([1, 2])
    return party


async def test_a_bill_asked_for_is_printed_with_all_that_is_to_pay(db: Database) -> None:
    party = await eaten(db)
    await party.rule(legal_lines=["Via Roma 1"], tip_line=True)
    soup = (await party.check())["lines"][0]["id"]
    await party.act(service.comp_line, soup, "waited too long")
    await party.act(service.discount, party.check_id, None, service.Off("Friends", "10"))
    await ask(party)
    [job] = await papers(db, "bill")
    bill, check = job.document, await party.check()
    assert (job.check_id, job.label, bill["number"]) == (party.check_id, "1", f"#{check['number']}")
    assert [(line["name"], line["amount"], line["details"]) for line in bill["lines"]] == [
        ("Soup", 0, ["On the house"]),
        ("Steak", 2000, []),
    ]
    told = ("total", "discount", "service", "paid", "tip_line", "legal_lines", "copy_no", "covers", "tax_included")
    assert [bill[name] for name in told] == [1800, 200, 0, 0, True, ["Via Roma 1"], 1, 2, True]
    assert bill["total"] == check["sums"]["total"]
    assert bill["taxes"] == [{"rate_ppm": 100_000, "net": 1636, "tax": 164, "gross": 1800}]


async def test_a_house_that_prints_bills_somewhere_prints_them_there_only(db: Database) -> None:
    party = await eaten(db)
    printer_id = await party.act(printing.add_printer, code="bills", name="Bills", prints=["bill"])
    await ask(party)
    assert [job.printer_id for job in await papers(db, "bill")] == [printer_id]


async def test_the_same_bill_again_is_a_copy_and_another_one_is_not(db: Database) -> None:
    party = await eaten(db)
    await ask(party)
    await set_jobs(db, PrintJob.kind == "bill", state=JobState.PRINTED)
    await ask(party)
    await set_jobs(db, PrintJob.kind == "bill", state=JobState.PRINTED)
    await party.ring("Cake")
    await party.send([3])
    await ask(party)
    done, waits = JobState.PRINTED, JobState.QUEUED
    assert await bills(db) == [(2800, 1, done), (2800, 2, done), (3500, 1, waits)]


async def test_a_bill_that_still_waits_is_replaced(db: Database) -> None:
    party = await eaten(db)
    await ask(party)
    await ask(party)
    assert await bills(db) == [(2800, 1, JobState.QUEUED)]
    await party.ring("Cake")
    await party.send([3])
    await ask(party)
    assert await bills(db) == [(3500, 1, JobState.QUEUED)]


async def test_a_bill_that_is_not_wanted_any_more_is_not_printed(db: Database) -> None:
    party = await eaten(db)
    await ask(party)
    await party.act(service.withdraw_bill, party.check_id)
    assert await bills(db) == []


async def test_a_house_without_such_a_printer_turns_to_billing_all_the_same(db: Database) -> None:
    party = await eaten(db)
    await db.run(lambda tx: tx.change(update(Printer).values(active=False)))
    await ask(party)
    assert await bills(db) == []
    assert (await party.check())["bill_asked_at"]
