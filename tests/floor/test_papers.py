"""What tiles, checks and the kitchen's board say of paper that did not come."""

from typing import Any

import pytest
from sqlalchemy import insert

from kiosk.core import clock
from kiosk.core.ids import new_id
from kiosk.kitchen import slips
from kiosk.printing import papers as told_papers
from kiosk.printing import queries
from kiosk.printing.events import JobChanged
from kiosk.printing.models import JobState, PrintJob
from tests.support.floor import Floor
from tests.support.slips import papers, set_jobs, with_printers

OUT = "Grill: it is out of paper."


async def slip_of(floor: Floor) -> PrintJob:
    """The slip of a tiramisù at table 1, waiting at the grill's printer."""
    await with_printers(floor.house, "grill", "bar")
    await floor.party("1", "Tiramisù")
    await floor.news()
    [job] = await papers(floor.house.db)
    return job


async def turn(floor: Floor, job: PrintJob, **values: Any) -> None:
    """Let the job be so, and tell of it as a worker does."""
    await set_jobs(floor.house.db, PrintJob.id == job.id, **values)
    floor.facts.append(JobChanged(job.id, job.printer_id, job.check_id))


async def test_a_slip_that_waits_for_its_turn_is_nobodys_trouble(floor: Floor) -> None:
    await slip_of(floor)
    assert (await floor.tile("1"))["paper"] is None


async def test_a_tile_says_what_became_of_its_paper_until_it_is_printed(floor: Floor) -> None:
    job = await slip_of(floor)
    await turn(floor, job, state=JobState.HELD, troubled_at=clock.now(), trouble=OUT)
    [tile] = (await floor.news())["tables"]
    paper = tile["paper"]
    assert (tile["label"], paper["state"], paper["count"]) == ("1", "held", 1)
    assert (paper["printer"], paper["by"]) == ("Grill", None)
    assert paper["says"] == f"The kitchen's slip is stuck in the printer. {OUT}"
    await turn(floor, job, state=JobState.PRINTED, troubled_at=None, trouble=None)
    [tile] = (await floor.news())["tables"]
    assert tile["paper"] is None


async def test_a_tile_says_which_printer_was_used_instead(floor: Floor) -> None:
    job = await slip_of(floor)
    bar = next(one.id for one in await floor.house.look(queries.printers) if one.code == "bar")
    child = {"id": new_id(), "printer_id": bar, "kind": "kitchen", "cause": job.cause, "check_id": job.check_id}
    child |= {"document": job.document, "queued_at": job.queued_at, "rerouted_from": job.id}
    await floor.house.db.run(lambda tx: tx.change(insert(PrintJob).values(**child)))
    await turn(floor, job, state=JobState.REROUTED, troubled_at=clock.now(), trouble=OUT)
    paper = (await floor.tile("1"))["paper"]
    assert (paper["state"], paper["printer"], paper["by"]) == ("rerouted", "Grill", "Bar")
    assert paper["says"] == "The kitchen's slip comes from Bar instead of Grill."


async def test_of_several_papers_a_tile_tells_the_worst(floor: Floor) -> None:
    job = await slip_of(floor)
    check_id = job.check_id
    assert check_id
    await floor.house.ring(check_id)
    await floor.house.send(check_id)
    later = (await papers(floor.house.db))[-1]
    await turn(floor, job, troubled_at=clock.now())
    await turn(floor, later, state=JobState.FAILED, troubled_at=clock.now(), trouble="It cannot be laid out.")
    paper = (await floor.tile("1"))["paper"]
    assert (paper["state"], paper["job_id"], paper["count"]) == ("failed", later.id, 1)


async def test_the_check_and_the_board_tell_of_the_same_paper(floor: Floor) -> None:
    job = await slip_of(floor)
    await turn(floor, job, state=JobState.DOUBT, troubled_at=clock.now(), trouble="Grill: no answer.")
    [shown] = await floor.house.look(slips.show_papers)
    [ticket] = (await floor.house.board())["tickets"]
    assert (shown["ticket_id"], shown["station_id"]) == (ticket["id"], ticket["station_id"])
    assert (shown["label"], shown["state"], shown["job_id"]) == ("1", "doubt", job.id)
    of_check = (await floor.house.look(told_papers.of_checks, [job.check_id]))[job.check_id or 0]
    assert [told_papers.told(one)["says"] for one in of_check] == [
        "The kitchen's slip may not be on paper. Grill: no answer."
    ]


@pytest.mark.parametrize("why", ["Grill: It is out of paper.", "Grill: it is out of paper", "It is out of paper."])
async def test_why_a_paper_waits_is_one_sentence_however_the_printer_said_it(floor: Floor, why: str) -> None:
    job = await slip_of(floor)
    await turn(floor, job, troubled_at=clock.now(), trouble=why)
    paper = (await floor.tile("1"))["paper"]
    assert paper["says"] == "The kitchen's slip is not on paper yet. Grill: it is out of paper."
