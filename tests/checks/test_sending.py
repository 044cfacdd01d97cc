from datetime import datetime, timedelta

import pytest

from kiosk.checks import errors, service
from kiosk.checks.coursing import fired_by_a_send
from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database
from kiosk.core.errors import NeedsManager
from kiosk.kitchen import service as kitchen
from kiosk.kitchen.errors import KitchenHasIt
from kiosk.menu import queries as menu_queries
from kiosk.menu import service as menu
from kiosk.menu.errors import SoldOut
from tests.support import journal
from tests.support.evening import Evening, evening


@pytest.mark.parametrize(
    ("drafts", "held", "fired", "goes"),
    [
        ([0, 1, 2, 3], [], [], {0, 1}),
        ([0], [1], [], {0}),
        ([2, 3], [], [], {2}),
        ([2, 3], [], [0], {2}),
        ([1, 2], [], [1], {1}),
        ([2], [], [1], {2}),
        ([2], [2], [1], set()),
        ([2, 3], [2], [1], set()),
        ([1, 3], [2], [1], {1}),
        ([1], [2], [], {1}),
        ([2], [2], [3], {2}),
    ],
)
def test_a_send_fires_drinks_what_is_late_and_the_first_course_that_nobody_holds(
    drafts: list[int], held: list[int], fired: list[int], goes: set[int]
) -> None:
    assert fired_by_a_send(drafts, held, fired) == goes


async def test_a_send_fires_drinks_and_the_first_course_and_holds_the_rest(db: Database) -> None:
    party = await evening(db)
    await party.ring("Water", "Soup", "Steak", "Cake")
    sent = await party.send()
    assert (sent.sent, sent.fired, sent.held, sent.fire_no) == (4, 2, 2, 1)
    assert await party.states() == {"Water": "cooking", "Soup": "cooking", "Steak": "held", "Cake": "held"}
    assert await party.cooked() == {"Water": 1, "Soup": 1}


async def test_a_house_that_does_not_hold_courses_fires_everything(db: Database) -> None:
    party = await evening(db)
    await party.rule(hold_courses=False)
    await party.ring("Water", "Soup", "Steak")
    assert (await party.send()).fired == 3


async def test_named_courses_fire_exactly_their_drafts_and_none_hold_them_all(db: Database) -> None:
    party = await evening(db)
    await party.ring("Water", "Soup", "Steak")
    assert (await party.send([2])).held == 2
    assert await party.states() == {"Water": "held", "Soup": "held", "Steak": "cooking"}
    await party.ring("Cake")
    assert (await party.send([])).fired == 0
    assert await party.cooked() == {"Steak": 1}


async def test_a_late_guests_main_waits_with_the_mains_that_are_held(db: Database) -> None:
    party = await evening(db)
    await party.ring("Soup", "Steak")
    await party.send()
    await party.ring("Pasta")
    assert (await party.send()).held == 1
    await party.fire(2)
    assert await party.cooked() == {"Soup": 1, "Steak": 1, "Pasta": 1}


async def test_a_course_is_fired_once_and_its_drafts_are_left_alone(db: Database) -> None:
    party = await evening(db)
    await party.ring("Soup", "Steak", "Pasta")
    await party.send()
    await party.ring("Steak")
    fired = await party.fire(2)
    assert (fired.fired, fired.fire_no) == (2, 2)
    assert await party.cooked() == {"Soup": 1, "Steak": 1, "Pasta": 1}
    with pytest.raises(errors.CourseAlreadyFired, match="Mains"):
        await party.fire(2)
    assert [line["state"] for line in (await party.check())["lines"]] == ["cooking", "cooking", "cooking", "draft"]


async def test_what_is_held_takes_no_portion_and_what_is_fired_takes_one(db: Database) -> None:
    party = await evening(db)
    steak = await party.house.item("Steak")
    await party.act(menu.eighty_six, steak, is_out=False, portions_left=1)
    await party.ring("Soup", "Steak")
    await party.send()
    assert (await party.house.look(menu_queries.show_stock, [steak]))[0]["left"] == 1
    await party.fire(2)
    assert (await party.house.look(menu_queries.show_stock, [steak]))[0]["left"] == 0


async def test_a_course_that_is_sold_out_meanwhile_stays_held(db: Database) -> None:
    party = await evening(db)
    await party.ring("Soup", "Steak")
    await party.send()
    await party.act(menu.eighty_six, await party.house.item("Steak"), is_out=True, portions_left=None)
    with pytest.raises(SoldOut, match="Steak"):
        await party.fire(2)
    assert (await party.states())["Steak"] == "held"


async def test_the_kitchens_screens_wait_as_long_as_a_send_can_be_taken_back(db: Database) -> None:
    party = await evening(db)
    await party.ring("Soup")
    sent = await party.send()
    ticket = (await party.house.board())["tickets"][0]
    assert sent.undo_until is not None
    assert ticket["shown_at"] == sent.undo_until.isoformat()
    assert sent.undo_until - datetime.fromisoformat(ticket["fired_at"]) == timedelta(seconds=5)


async def test_a_send_taken_back_is_draft_again_and_the_kitchen_never_saw_it(db: Database) -> None:
    party = await evening(db)
    soup = await party.house.item("Soup")
    await party.act(menu.eighty_six, soup, is_out=False, portions_left=3)
    await party.ring("Soup", "Steak")
    sent = await party.send()
    assert await party.take_back(sent.fire_no) == 2
    assert await party.states() == {"Soup": "draft", "Steak": "draft"}
    assert await party.cooked() == {}
    assert (await party.house.look(menu_queries.show_stock, [soup]))[0]["left"] == 3
    assert (await party.send()).fire_no == 2
    assert await party.cooked() == {"Soup": 1}
    assert "taken_back" in await journal.acts(db)


async def test_a_fired_course_taken_back_is_held_again(db: Database) -> None:
    party = await evening(db)
    await party.ring("Soup", "Steak")
    await party.send()
    fired = await party.fire(2)
    assert await party.take_back(fired.fire_no) == 1
    assert await party.states() == {"Soup": "cooking", "Steak": "held"}
    assert await party.cooked() == {"Soup": 1}
    await party.fire(2)
    assert await party.cooked() == {"Soup": 1, "Steak": 1}


async def test_taking_back_the_first_of_two_gestures_leaves_what_the_second_fired(db: Database) -> None:
    party = await evening(db)
    await party.ring("Soup", "Steak")
    sent = await party.send()
    await party.fire(2)
    assert await party.take_back(sent.fire_no) == 1
    assert await party.states() == {"Soup": "draft", "Steak": "cooking"}


async def test_a_send_that_only_held_can_be_taken_back(db: Database) -> None:
    party = await evening(db)
    await party.ring("Steak")
    sent = await party.send([])
    assert await party.take_back(sent.fire_no) == 1
    assert await party.states() == {"Steak": "draft"}


async def _after_a_bump(party: Evening) -> None:
    await party.bump_all()


async def _after_a_dish(party: Evening) -> None:
    ticket = (await party.house.board())["tickets"][-1]
    await party.act(kitchen.mark_dish, ticket["lines"][0]["id"], done=True)


async def _after_it_was_served(party: Evening) -> None:
    await party.act(service.serve, party.check_id, [(await party.check())["lines"][0]["id"]])


async def _after_a_move(party: Evening) -> None:
    line_id = (await party.check())["lines"][0]["id"]
    await party.act(service.move_lines, [line_id], await party.other())


async def _after_its_time(party: Evening) -> None:
    await party.rule(undo_s=0)


async def test_nothing_is_taken_back_that_the_kitchen_has(db: Database) -> None:
    party = await evening(db)
    for late in (_after_a_bump, _after_a_dish, _after_it_was_served, _after_a_move, _after_its_time):
        party.check_id = await party.act(service.open_check, late.__name__, 2)
        await party.ring("Soup", "Salad")
        sent = await party.send()
        await late(party)
        with pytest.raises((errors.TooLateToTakeBack, KitchenHasIt), match="The kitchen has it already"):
            await party.take_back(sent.fire_no)
        assert "draft" not in (await party.states()).values(), late.__name__
    assert await party.cooked() == {"Soup": 5, "Salad": 5}


async def test_a_dish_that_moved_there_and_back_is_not_lost_when_the_rest_is_taken_back(db: Database) -> None:
    party = await evening(db)
    other = await party.other()
    soup, _ = await party.ring("Soup", "Salad")
    sent = await party.send()
    await party.act(service.move_lines, [soup], other)
    await party.act(service.move_lines, [soup], party.check_id)
    with pytest.raises(errors.TooLateToTakeBack):
        await party.take_back(sent.fire_no)
    assert await party.states() == {"Soup": "cooking", "Salad": "cooking"}
    assert await party.cooked() == {"Soup": 1, "Salad": 1}


async def test_a_dish_that_moved_to_a_check_of_the_same_name_is_not_lost_either(db: Database) -> None:
    party = await evening(db)
    party.check_id, other = [await party.act(service.open_check, "Anna", 1) for _ in range(2)]
    soup, _ = await party.ring("Soup", "Salad")
    sent = await party.send()
    await party.act(service.move_lines, [soup], other)
    with pytest.raises(errors.TooLateToTakeBack):
        await party.take_back(sent.fire_no)
    assert await party.states(other) == {"Soup": "cooking"}
    assert await party.cooked() == {"Soup": 1, "Salad": 1}


async def test_what_was_refired_meanwhile_is_not_taken_back(db: Database) -> None:
    party = await evening(db)
    soup, _ = await party.ring("Soup", "Salad")
    sent = await party.send()
    await party.act(service.refire, soup, "fell down")
    with pytest.raises(errors.TooLateToTakeBack):
        await party.take_back(sent.fire_no)
    assert await party.cooked() == {"Soup": 2, "Salad": 1}


async def test_what_is_sold_out_is_not_held_for_later_either(db: Database) -> None:
    party = await evening(db)
    await party.ring("Soup", "Steak")
    await party.send()
    await party.ring("Pasta")
    await party.act(menu.eighty_six, await party.house.item("Pasta"), is_out=True, portions_left=None)
    with pytest.raises(SoldOut, match="Pasta is sold out"):
        await party.send()
    assert await party.states() == {"Soup": "cooking", "Steak": "held", "Pasta": "draft"}


async def test_without_time_to_undo_there_is_no_undo(db: Database) -> None:
    party = await evening(db)
    await party.rule(undo_s=0)
    await party.ring("Soup")
    sent = await party.send()
    assert sent.undo_until is None
    ticket = (await party.house.board())["tickets"][0]
    assert ticket["shown_at"] == ticket["fired_at"]
    assert (await party.check())["undo"] is None
    with pytest.raises(errors.TooLateToTakeBack):
        await party.take_back(sent.fire_no)


async def test_a_cook_can_neither_send_nor_take_back(db: Database) -> None:
    party = await evening(db)
    cook = Actor(party.house.by.venue_id, None, "Cook", Role.KITCHEN)
    await party.ring("Soup", "Steak")
    for gesture, word in ((service.send, None), (service.fire_course, 2), (service.take_back, 1)):
        with pytest.raises(NeedsManager):
            await party.act(gesture, party.check_id, word, by=cook)


async def test_held_lines_keep_a_check_from_being_billed_and_say_so(db: Database) -> None:
    party = await evening(db)
    await party.ring("Soup", "Steak", "Pasta")
    await party.send()
    with pytest.raises(errors.HeldLines, match=r"2 lines are held\. Fire or remove them first\."):
        await party.act(service.ask_bill, party.check_id)
    lines = (await party.check())["lines"]
    await party.act(service.remove_line, lines[1]["id"])
    with pytest.raises(errors.HeldLines, match=r"1 line is held\. Fire or remove it first\."):
        await party.act(service.ask_bill, party.check_id)
    await party.fire(2)
    await party.act(service.ask_bill, party.check_id)


async def test_a_held_line_can_be_changed_and_removed_before_it_is_fired(db: Database) -> None:
    party = await evening(db)
    _, steak, pasta = await party.ring("Soup", "Steak", "Pasta")
    await party.send()
    await party.act(service.change_line, steak, quantity=2, note="rare", seat_no=1, course=3, is_allergy=True)
    await party.act(service.remove_line, pasta)
    line = await party.line(steak)
    assert (line["state"], line["quantity"], line["amount"], line["course"]) == ("held", 2, 4000, 3)
    assert (line["note"], line["is_allergy"]) == ("rare", True)
    await party.fire(3)
    ticket = (await party.house.board())["tickets"][-1]
    assert [(dish["quantity"], dish["note"], dish["is_allergy"]) for dish in ticket["lines"]] == [(2, "rare", True)]
