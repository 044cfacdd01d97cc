import pytest

from kiosk.core.db import Database
from kiosk.kitchen import errors, service
from tests.support.house import House, founded


async def _sent(db: Database) -> tuple[House, int, int]:
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(check_id, note="no nuts", is_allergy=True, seat_no=2)
    await house.ring(check_id)
    await house.send(check_id)
    return house, check_id, (await house.board())["tickets"][0]["id"]


async def test_a_ticket_says_table_guests_waiter_and_every_dish(db: Database) -> None:
    house, _, _ = await _sent(db)
    ticket = (await house.board())["tickets"][0]
    assert (ticket["label"], ticket["covers"], ticket["waiter"]) == ("1", 2, "command line")
    dish = ticket["lines"][0]
    assert (dish["name"], dish["note"], dish["is_allergy"], dish["seat_no"]) == ("Tiramisù", "no nuts", True, 2)


async def test_a_bumped_ticket_leaves_the_board_and_can_be_recalled(db: Database) -> None:
    house, check_id, ticket_id = await _sent(db)
    await house.act(service.bump, ticket_id)
    board = await house.board()
    assert (board["tickets"], [ticket["id"] for ticket in board["bumped"]]) == ([], [ticket_id])
    with pytest.raises(errors.AlreadyBumped, match="The ticket of 1 was already bumped"):
        await house.act(service.bump, ticket_id)
    await house.act(service.recall, ticket_id)
    assert [line["state"] for line in (await house.check(check_id))["lines"]] == ["cooking", "cooking"]
    with pytest.raises(errors.NotBumped):
        await house.act(service.recall, ticket_id)


async def test_a_recall_keeps_what_was_done_before_the_bump(db: Database) -> None:
    house, check_id, ticket_id = await _sent(db)
    await house.act(service.mark_dish, (await house.board())["tickets"][0]["lines"][0]["id"], done=True)
    await house.act(service.bump, ticket_id)
    await house.act(service.recall, ticket_id)
    assert [line["state"] for line in (await house.check(check_id))["lines"]] == ["ready", "cooking"]


async def test_a_dish_can_be_marked_done_and_undone(db: Database) -> None:
    house, check_id, _ = await _sent(db)
    dish = (await house.board())["tickets"][0]["lines"][1]["id"]
    await house.act(service.mark_dish, dish, done=True)
    assert [line["state"] for line in (await house.check(check_id))["lines"]] == ["cooking", "ready"]
    await house.act(service.mark_dish, dish, done=False)
    assert [line["state"] for line in (await house.check(check_id))["lines"]] == ["cooking", "cooking"]


async def test_a_ticket_that_never_was_is_a_sentence(db: Database) -> None:
    house = await founded(db)
    with pytest.raises(errors.TicketGone, match="not on the board"):
        await house.act(service.bump, 1)
