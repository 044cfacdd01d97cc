"""What checks ask of the kitchen inside their own gestures: open, take back, move, amend, cook again."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from kiosk.kitchen import queries, service
from kiosk.kitchen.errors import KitchenHasIt, TicketGone
from kiosk.kitchen.events import TicketChanged
from tests.support.kitchen import Kitchen, dish

PICKUP = datetime(2026, 11, 21, 19, 35, tzinfo=UTC)


async def test_a_ticket_says_when_screens_may_show_it_and_how_it_leaves_the_house(kitchen: Kitchen) -> None:
    shown_at = datetime(2026, 11, 21, 19, 0, 5, tzinfo=UTC)
    await kitchen.fire(dish(1), shown_at=shown_at, is_take_away=True, pickup_at=PICKUP)
    ticket = (await kitchen.tickets())[0]
    assert ticket["shown_at"] == "2026-11-21T19:00:05+00:00"
    assert (ticket["is_take_away"], ticket["pickup_at"]) == (True, "2026-11-21T19:35:00+00:00")
    assert ticket["is_refire"] is False


async def test_a_ticket_without_undo_is_shown_from_its_firing_on(kitchen: Kitchen) -> None:
    await kitchen.fire(dish(1), shown_at=None)
    ticket = (await kitchen.tickets())[0]
    assert ticket["shown_at"] == ticket["fired_at"]


async def test_what_was_fired_is_taken_back_before_the_kitchen_sees_it(kitchen: Kitchen) -> None:
    opened = await kitchen.fire(dish(1), dish(2, stations=("grill", "bar")), fire_no=3)
    await kitchen.fire(dish(4), fire_no=4)
    kitchen.facts.clear()
    assert sorted(await kitchen.run(service.take_back, 7, 3)) == sorted(opened)
    assert list(await kitchen.lines()) == [4]
    assert await kitchen.progress(1, 2, 4) == {4: None}
    assert {fact for fact in kitchen.facts if isinstance(fact, TicketChanged)} == {
        TicketChanged(opened[0], 7, (1, 2)),
        TicketChanged(opened[1], 7, (2,)),
    }


@pytest.mark.parametrize("happened", ["shown", "no undo", "bumped", "a dish done", "moved"])
async def test_what_the_kitchen_saw_or_acted_on_is_not_taken_back(kitchen: Kitchen, happened: str) -> None:
    times = {"shown": datetime(2026, 1, 1, tzinfo=UTC), "no undo": None}
    shown: dict[str, Any] = {"shown_at": times[happened]} if happened in times else {}
    grill, _ = await kitchen.fire(dish(1), dish(2, stations=("bar",)), **shown)
    if happened == "bumped":
        await kitchen.bump(grill)
    if happened == "a dish done":
        await kitchen.house.act(service.mark_dish, (await kitchen.lines())[2]["id"], done=True)
    if happened == "moved":
        await kitchen.house.act(service.relabel_lines, [2], "14", "12")
    with pytest.raises(KitchenHasIt, match="The kitchen has it already"):
        await kitchen.run(service.take_back, 7, 1)
    assert await kitchen.progress(1, 2) != {}


async def test_of_a_bump_and_an_undo_at_the_same_instant_one_is_refused(kitchen: Kitchen) -> None:
    for no in range(1, 6):
        [ticket] = await kitchen.fire(dish(no), fire_no=no)
        both = (kitchen.run(service.take_back, 7, no), kitchen.bump(ticket))
        undone, bumped = await asyncio.gather(*both, return_exceptions=True)
        board = await kitchen.house.board()
        if undone == [ticket]:
            assert isinstance(bumped, TicketGone)
        else:
            assert (type(undone), bumped) == (KitchenHasIt, None)
        assert (ticket in [one["id"] for one in board["bumped"]]) == (bumped is None)


async def test_a_dish_that_moves_says_where_it_goes_and_its_ticket_stays(kitchen: Kitchen) -> None:
    await kitchen.fire(dish(1), dish(2))
    kitchen.facts.clear()
    await kitchen.house.act(service.relabel_lines, [2], "14", "12")
    ticket = (await kitchen.tickets())[0]
    assert ticket["label"] == "12"
    assert [(line["label"], line["mark"], line["was"]) for line in ticket["lines"]] == [
        (None, None, None),
        ("14", "changed", "12"),
    ]
    assert kitchen.facts == [TicketChanged(ticket["id"], 7, (2,))]


async def test_a_party_that_moves_takes_its_tickets_along_but_not_what_went_to_others(kitchen: Kitchen) -> None:
    await kitchen.fire(dish(1), dish(2), dish(3))
    await kitchen.house.act(service.relabel_lines, [2], "14", "12")
    await kitchen.house.act(service.relabel_lines, [3], "14", "12")
    await kitchen.house.act(service.relabel_lines, [3], "12", "14")
    await kitchen.run(service.relabel, 7, "20", "12")
    ticket = (await kitchen.tickets())[0]
    assert ticket["label"] == "20"
    assert [(line["label"], line["mark"], line["was"]) for line in ticket["lines"]] == [
        ("20", "changed", "12"),
        ("14", "changed", "12"),
        ("20", "changed", "12"),
    ]
    await kitchen.house.act(service.amend_dish, 1, "no salt", False, "")
    await kitchen.house.act(service.amend_dish, 2, "no salt", False, "")
    assert [(await kitchen.lines())[line]["label"] for line in (1, 2, 3)] == [None, "14", "20"]


async def test_a_party_that_moves_at_once_can_still_take_back(kitchen: Kitchen) -> None:
    opened = await kitchen.fire(dish(1))
    await kitchen.run(service.relabel, 7, "20", "12")
    assert await kitchen.run(service.take_back, 7, 1) == opened


async def test_an_amended_dish_shows_what_it_was_at_every_station(kitchen: Kitchen) -> None:
    await kitchen.fire(dish(1, note="sauce", stations=("grill", "bar")))
    await kitchen.house.act(service.amend_dish, 1, "no nuts", True, "sauce")
    shown = [line for ticket in await kitchen.tickets() for line in ticket["lines"]]
    assert [(line["note"], line["is_allergy"], line["mark"], line["was"]) for line in shown] == [
        ("no nuts", True, "changed", "sauce")
    ] * 2
    assert shown[0]["marked_at"]


async def test_a_dish_cooked_again_is_cooking_until_its_last_ticket_is_done(kitchen: Kitchen) -> None:
    [first] = await kitchen.fire(dish(1))
    await kitchen.bump(first)
    [again] = await kitchen.fire(dish(1), fire_no=2, is_refire=True, reason="fell down")
    ticket = (await kitchen.tickets())[0]
    assert (ticket["is_refire"], ticket["lines"][0]["mark"], ticket["lines"][0]["was"]) == (True, "refire", "fell down")
    assert await kitchen.progress(1) == {1: None}
    assert await kitchen.house.look(queries.show_refired, [1, 2]) == {1}
    await kitchen.bump(again)
    bumped = (await kitchen.house.board())["bumped"][0]
    assert (await kitchen.progress(1))[1] == datetime.fromisoformat(bumped["bumped_at"])


async def test_a_refire_strikes_what_still_cooks_and_undo_cooks_it_again(kitchen: Kitchen) -> None:
    await kitchen.fire(dish(1), dish(2))
    await kitchen.fire(dish(1), fire_no=2, is_refire=True, reason="burnt")
    first = (await kitchen.tickets())[0]["lines"]
    assert [bool(line["voided_at"]) for line in first] == [True, False]
    assert await kitchen.progress(1) == {1: None}
    await kitchen.run(service.take_back, 7, 2)
    first = (await kitchen.tickets())[0]["lines"]
    assert [(line["voided_at"], line["mark"]) for line in first] == [(None, None), (None, None)]


async def test_a_party_that_moves_between_a_refire_and_its_undo_keeps_its_dish(kitchen: Kitchen) -> None:
    await kitchen.fire(dish(1))
    await kitchen.fire(dish(1), fire_no=2, is_refire=True, reason="burnt")
    await kitchen.run(service.relabel, 7, "20", "12")
    await kitchen.run(service.take_back, 7, 2)
    [ticket] = await kitchen.tickets()
    assert (ticket["label"], ticket["lines"][0]["label"], ticket["lines"][0]["voided_at"]) == ("20", "20", None)


async def test_a_line_is_ready_when_its_last_station_is(kitchen: Kitchen) -> None:
    grill, bar = await kitchen.fire(dish(1, stations=("grill", "bar")), dish(2))
    await kitchen.bump(grill)
    ready = await kitchen.progress(1, 2, 3)
    assert (ready[1], ready[2] is not None, 3 in ready) == (None, True, False)
    await kitchen.bump(bar)
    bumped = (await kitchen.house.board())["bumped"][0]["bumped_at"]
    assert (await kitchen.progress(1))[1] == datetime.fromisoformat(bumped)


async def test_progress_is_found_by_line_wherever_the_line_went(kitchen: Kitchen) -> None:
    [ticket] = await kitchen.fire(dish(1), check_id=7)
    await kitchen.house.act(service.relabel_lines, [1], "14", "12")
    kitchen.facts.clear()
    await kitchen.bump(ticket)
    assert (await kitchen.progress(1))[1] is not None
    assert kitchen.facts == [TicketChanged(ticket, 7, (1,))]


async def test_a_void_strikes_a_dish_once_and_keeps_when(kitchen: Kitchen) -> None:
    await kitchen.fire(dish(1))
    await kitchen.house.act(service.void_dishes, [1], "wrong")
    first = (await kitchen.lines())[1]["voided_at"]
    await kitchen.house.act(service.void_dishes, [1], "wrong")
    assert (await kitchen.lines())[1]["voided_at"] == first
    assert await kitchen.progress(1) == {}
