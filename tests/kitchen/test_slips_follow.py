"""Where the kitchen is told of a change when the ticket's own printer or paper is gone."""

from __future__ import annotations

from kiosk.core import clock
from kiosk.kitchen import service
from kiosk.printing import service as printing
from kiosk.printing.models import JobState, PrintJob
from tests.support.kitchen import Kitchen, dish
from tests.support.slips import papers, set_jobs, told, with_printers


async def test_a_void_of_a_ticket_whose_printer_was_taken_away_comes_where_its_station_prints_now(
    kitchen: Kitchen,
) -> None:
    printers = await with_printers(kitchen.house, "grill")
    db = kitchen.house.db
    await kitchen.fire(dish(1))
    await set_jobs(db, PrintJob.printer_id == printers["grill"], state=JobState.PRINTED)
    await kitchen.house.act(printing.remove_printer, printers["grill"])
    await kitchen.house.act(printing.add_printer, code="new", name="New", prints=["station:grill"])
    await kitchen.house.act(service.void_dishes, [1], "wrong")
    assert (await told(db))[-1] == ("New", "void", "12", ["1 Tagliata"])
    assert len(await papers(db)) == 2


async def test_a_void_comes_where_its_ticket_may_lie_although_that_was_given_up(kitchen: Kitchen) -> None:
    await with_printers(kitchen.house, "grill")
    await kitchen.fire(dish(1))
    await set_jobs(kitchen.house.db, state=JobState.CANCELLED, first_sent_at=clock.now())
    await kitchen.house.act(service.void_dishes, [1], "wrong")
    assert (await told(kitchen.house.db)) == [("Grill", "void", "12", ["1 Tagliata"])]
    await kitchen.fire(dish(2), fire_no=2)
    await set_jobs(kitchen.house.db, state=JobState.CANCELLED)
    await set_jobs(kitchen.house.db, first_sent_at=None)
    await kitchen.house.act(service.void_dishes, [2], "wrong")
    assert (await told(kitchen.house.db)) == []
