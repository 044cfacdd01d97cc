"""What the kitchen gets on paper, written in the act that causes it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from kiosk.core.ids import new_id
from kiosk.kitchen import service
from kiosk.kitchen.errors import KitchenHasIt
from kiosk.printing import documents, layouts
from kiosk.printing.events import PrintQueued
from kiosk.printing.models import JobState, PrintJob
from tests.support.kitchen import Kitchen, dish
from tests.support.slips import papers, set_jobs, told, with_printers

SHOWN = datetime(2099, 11, 21, 19, 0, 5, tzinfo=UTC)
PICKUP = datetime(2026, 11, 21, 18, 35, tzinfo=UTC)


async def test_each_station_that_prints_gets_a_slip_of_what_it_cooks(kitchen: Kitchen) -> None:
    printers = await with_printers(kitchen.house, "grill", "bar")
    cooked = [
        dish(1, "Tagl", menu_name="Tagliata", quantity=2, portion="200 g", modifiers=("Rare",), seat_no=3),
        dish(2, "Soup", course=1, note="no nuts", is_allergy=True, details=("- Chilli",), modifiers=("No chilli",)),
        dish(3, "Chianti", course=0, stations=("bar",)),
    ]
    kitchen.facts.clear()
    grill, bar = await kitchen.fire(*cooked, number=1042, shown_at=SHOWN, is_take_away=True, pickup_at=PICKUP)
    assert await told(kitchen.house.db) == [
        ("Grill", "new", "12", ["1 Soup", "2 Tagl"]),
        ("Bar", "new", "12", ["1 Chianti"]),
    ]
    job, other = await papers(kitchen.house.db)
    assert (job.cause, job.check_id, job.label, job.not_before) == (f"ticket {grill}", 7, "12", SHOWN)
    assert (other.cause, other.document["others"]) == (f"ticket {bar}", ["Grill"])
    slip = job.document
    told_of = ("kind", "station", "number", "covers", "waiter", "pickup", "is_take_away", "others", "is_allergy")
    assert [slip[name] for name in told_of] == ["kitchen", "Grill", "#1042-1", 2, "Marco", "19:35", True, ["Bar"], True]
    starters, mains = slip["groups"]
    assert (starters["name"], mains["name"]) == ("Starters", "Mains")
    assert mains["dishes"] == [
        {
            "quantity": 2,
            "name": "Tagl",
            "menu_name": "Tagliata",
            "portion": "200 g",
            "details": ["Rare"],
            "note": "",
            "is_allergy": False,
            "seat": 3,
            "was": "",
            "was_allergy": False,
        }
    ]
    allergy = starters["dishes"][0]
    assert (allergy["details"], allergy["note"], allergy["is_allergy"]) == (["- Chilli"], "no nuts", True)
    queued = [fact for fact in kitchen.facts if isinstance(fact, PrintQueued)]
    assert queued == [PrintQueued(printers["grill"]), PrintQueued(printers["bar"])]


async def test_a_station_without_a_printer_has_its_screen_only(kitchen: Kitchen) -> None:
    await kitchen.fire(dish(1))
    assert await papers(kitchen.house.db) == []
    await with_printers(kitchen.house, "bar")
    await kitchen.fire(dish(2), dish(3, "Chianti", stations=("bar",)), fire_no=2)
    assert await told(kitchen.house.db) == [("Bar", "new", "12", ["1 Chianti"])]


async def test_what_is_taken_back_is_never_printed_nor_what_changed_on_it(kitchen: Kitchen) -> None:
    await with_printers(kitchen.house, "grill", "bar")
    await kitchen.fire(dish(1), dish(2, stations=("bar",)), fire_no=1, shown_at=SHOWN)
    await kitchen.fire(dish(3), fire_no=2, shown_at=SHOWN)
    await kitchen.house.act(service.amend_dish, 1, "well done", False, "")
    await kitchen.house.act(service.void_dishes, [2], "wrong")
    assert len(await papers(kitchen.house.db)) == 5
    await kitchen.run(service.take_back, 7, 1)
    assert await told(kitchen.house.db) == [("Grill", "new", "12", ["1 Tagliata"])]


@pytest.mark.parametrize("state", [JobState.SENDING, JobState.DOUBT, JobState.PRINTED])
async def test_what_a_printer_has_begun_is_not_taken_back(kitchen: Kitchen, state: JobState) -> None:
    printers = await with_printers(kitchen.house, "grill", "bar")
    db = kitchen.house.db
    await kitchen.fire(dish(1), dish(2, stations=("bar",)), shown_at=SHOWN)
    await set_jobs(db, PrintJob.printer_id == printers["bar"], state=state)
    with pytest.raises(KitchenHasIt):
        await kitchen.run(service.take_back, 7, 1)
    assert [job.state for job in await papers(db)] == [JobState.QUEUED, state]
    assert set(await kitchen.lines()) == {1, 2}


async def test_a_void_names_the_struck_dishes_and_follows_its_ticket_that_still_waits(kitchen: Kitchen) -> None:
    await with_printers(kitchen.house, "grill", "bar")
    grill, _ = await kitchen.fire(dish(1), dish(2), dish(3, "Wine", stations=("bar",)), number=9, shown_at=SHOWN)
    await kitchen.house.act(service.void_dishes, [2, 3], "Rung by mistake")
    assert await told(kitchen.house.db) == [
        ("Grill", "new", "12", ["1 Tagliata", "1 Tagliata"]),
        ("Bar", "new", "12", ["1 Wine"]),
        ("Grill", "void", "12", ["1 Tagliata"]),
        ("Bar", "void", "12", ["1 Wine"]),
    ]
    void = (await papers(kitchen.house.db))[2]
    assert (void.not_before, void.cause.startswith(f"void {grill} ")) == (SHOWN, True)
    told_of = ("number", "reason", "by", "others")
    assert [void.document[name] for name in told_of] == ["#9-1", "Rung by mistake", "command line", []]
    await kitchen.house.act(service.void_dishes, [2], "again")
    assert len(await papers(kitchen.house.db)) == 4


async def test_a_dish_that_is_ready_is_voided_on_paper_but_not_changed(kitchen: Kitchen) -> None:
    await with_printers(kitchen.house, "grill", "bar")
    await kitchen.fire(dish(1, stations=("grill", "bar")))
    ready = next(line for ticket in await kitchen.tickets() for line in ticket["lines"])
    await kitchen.house.act(service.mark_dish, ready["id"], done=True)
    await kitchen.house.act(service.amend_dish, 1, "no nuts", True, "sauce")
    await kitchen.house.act(service.void_dishes, [1], "wrong")
    acts = [(printer, act) for printer, act, *_ in await told(kitchen.house.db)]
    assert acts == [("Grill", "new"), ("Bar", "new"), ("Bar", "changed"), ("Grill", "void"), ("Bar", "void")]


async def test_a_changed_dish_says_what_is_so_now_and_what_it_was(kitchen: Kitchen) -> None:
    await with_printers(kitchen.house, "grill")
    await kitchen.fire(dish(1, note="sauce"), dish(2))
    await kitchen.house.act(service.amend_dish, 1, "no nuts", True, "sauce")
    slip = (await papers(kitchen.house.db))[-1].document
    [[changed]] = [group["dishes"] for group in slip["groups"]]
    assert (slip["act"], changed["note"], changed["was"], changed["is_allergy"]) == (
        "changed",
        "no nuts",
        "sauce",
        True,
    )


async def test_an_allergy_that_is_none_is_said_to_be_none(kitchen: Kitchen) -> None:
    await with_printers(kitchen.house, "grill")
    await kitchen.fire(dish(1, note="nuts", is_allergy=True), dish(2, is_allergy=True))
    await kitchen.house.act(service.amend_dish, 1, "nuts", False, "nuts")
    await kitchen.house.act(service.amend_dish, 2, "", False, "")
    words = [layouts.lines_of(documents.of_json(job.document), 42) for job in (await papers(kitchen.house.db))[1:]]
    said = [[line.strip() for line in lines if "was:" in line or "NOW:" in line] for lines in words]
    assert said == [["was: !! ALLERGY: nuts", "NOW: nuts"], ["was: !! ALLERGY", "NOW: no note"]]


async def test_a_dish_that_moves_says_from_where_to_where(kitchen: Kitchen) -> None:
    await with_printers(kitchen.house, "grill")
    await kitchen.fire(dish(1), dish(2))
    await kitchen.house.act(service.relabel_lines, [2], "14", "12")
    assert (await told(kitchen.house.db))[1:] == [("Grill", "moved", "12 to 14", ["1 Tagliata"])]
    await kitchen.house.act(service.void_dishes, [2], "wrong")
    assert (await told(kitchen.house.db))[2:] == [("Grill", "void", "14", ["1 Tagliata"])]


async def test_a_refire_is_a_slip_of_its_own_with_its_reason(kitchen: Kitchen) -> None:
    await with_printers(kitchen.house, "grill")
    await kitchen.fire(dish(1), dish(2))
    await kitchen.fire(dish(1), fire_no=2, is_refire=True, reason="burnt", shown_at=None)
    assert [act for _, act, *_ in await told(kitchen.house.db)] == ["new", "refire"]
    job = (await papers(kitchen.house.db))[-1]
    assert (job.document["reason"], job.document["number"], job.not_before) == ("burnt", "#0-2", None)


async def test_a_dish_cooked_again_after_it_was_ready_is_voided_once(kitchen: Kitchen) -> None:
    await with_printers(kitchen.house, "grill")
    [first] = await kitchen.fire(dish(1))
    await kitchen.bump(first)
    await kitchen.fire(dish(1), fire_no=2, is_refire=True, reason="burnt", shown_at=None)
    await kitchen.house.act(service.void_dishes, [1], "gone")
    assert [act for _, act, *_ in await told(kitchen.house.db)] == ["new", "refire", "void"]
    assert (await papers(kitchen.house.db))[-1].document["number"] == "#0-2"


async def test_what_changes_goes_where_the_ticket_was_printed_instead(kitchen: Kitchen) -> None:
    printers = await with_printers(kitchen.house, "grill", "bar")
    db = kitchen.house.db
    await kitchen.fire(dish(1))
    [job] = await papers(db)
    await set_jobs(db, PrintJob.id == job.id, state=JobState.REROUTED)
    child = {"id": new_id(), "printer_id": printers["bar"], "kind": "kitchen", "cause": job.cause, "check_id": 7}
    child |= {"document": job.document, "queued_at": job.queued_at, "rerouted_from": job.id}
    await db.run(lambda tx: tx.change(insert(PrintJob).values(**child)))
    await kitchen.house.act(service.void_dishes, [1], "wrong")
    assert (await told(db))[-1] == ("Bar", "void", "12", ["1 Tagliata"])
    assert len(await papers(db)) == 3
