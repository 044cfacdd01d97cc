"""What the screens of the floor are told after each act: no more and no less than what changed."""

from typing import Any

from kiosk.checks import service as checks
from kiosk.floor import service
from kiosk.floor.service import Wish
from kiosk.kitchen import service as kitchen
from kiosk.menu import service as menu
from tests.support.floor import Floor


def told(news: dict[str, Any]) -> dict[str, Any]:
    """Labels instead of tiles and cards."""
    named = {"tables", "counter"}
    return {what: [one["label"] for one in some] if what in named else some for what, some in news.items() if some}


async def test_a_tile_is_told_when_its_party_changes(floor: Floor) -> None:
    check_id = await floor.house.seat("1")
    assert told(await floor.news()) == {"tables": ["1"], "gone_checks": [check_id]}
    await floor.house.ring(check_id)
    assert told(await floor.news()) == {"tables": ["1"]}


async def test_joined_tables_are_told_together_and_parted_ones_too(floor: Floor) -> None:
    check_id = await floor.party("1", "Tiramisù")
    await floor.join("2", "1")
    await floor.news()
    await floor.house.ring(check_id)
    assert told(await floor.news()) == {"tables": ["1", "2"]}
    await floor.part("2")
    assert told(await floor.news()) == {"tables": ["1", "2"]}
    await floor.join("2", "1")
    await floor.news()
    await floor.house.send(check_id)
    await floor.pay(check_id)
    news = await floor.news()
    assert [(tile["label"], tile["state"], tile["joined_to"]) for tile in news["tables"]] == [
        ("1", "available", None),
        ("2", "available", None),
    ]


async def test_a_transfer_tells_both_tables(floor: Floor) -> None:
    check_id = await floor.party("1", "Tiramisù")
    await floor.news()
    await floor.transfer(check_id, "3")
    assert told(await floor.news())["tables"] == ["1", "3"]


async def test_a_card_comes_and_goes(floor: Floor) -> None:
    check_id = await floor.house.act(checks.open_check, "Neri", 1)
    assert told(await floor.news()) == {"counter": ["Neri"]}
    await floor.transfer(check_id, "2")
    assert told(await floor.news()) == {"tables": ["2"], "gone_checks": [check_id]}
    await floor.house.act(service.to_counter, check_id, "Neri")
    assert told(await floor.news()) == {"tables": ["2"], "counter": ["Neri"]}
    await floor.house.act(checks.cancel_check, check_id)
    assert told(await floor.news()) == {"gone_checks": [check_id]}


async def test_a_booking_is_told_with_its_table_and_when_it_is_over(floor: Floor) -> None:
    booking_id = await floor.book("Bianchi", minutes=5, table="3")
    news = await floor.news()
    assert [one["name"] for one in news["bookings"]] == ["Bianchi"]
    assert [tile["state"] for tile in news["tables"]] == ["reserved"]
    await floor.house.act(service.change_booking, booking_id, {"table_id": floor.id("4")})
    assert told(await floor.news())["tables"] == ["3", "4"]
    await floor.house.act(service.seat_booking, booking_id, floor.id("2"))
    news = await floor.news()
    assert (told(news)["tables"], news["gone_bookings"]) == (["2", "4"], [booking_id])
    waiting = await floor.house.act(service.wait, Wish("Rossi", 2))
    await floor.news()
    await floor.house.act(service.cancel_booking, waiting)
    assert told(await floor.news()) == {"gone_bookings": [waiting]}


async def test_a_table_kept_back_and_released_is_told(floor: Floor) -> None:
    hold = await floor.hold("3")
    assert [tile["state"] for tile in (await floor.news())["tables"]] == ["held"]
    await floor.house.act(service.release_table, floor.id("3"))
    news = await floor.news()
    assert ([tile["state"] for tile in news["tables"]], news["gone_bookings"]) == (["available"], [hold])


async def test_a_new_layout_is_read_whole(floor: Floor) -> None:
    await floor.house.act(service.change_table, floor.id("1"), seats=5)
    assert await floor.news() == {"reload": True}


async def test_a_dish_that_is_ready_is_told_where_its_line_is_now(floor: Floor) -> None:
    one, two = await floor.party("1", "Tiramisù"), await floor.party("2")
    await floor.house.act(service.move_lines, await floor.lines(one), service.Goal(check_id=two))
    await floor.news()
    await floor.house.act(kitchen.bump, (await floor.house.board())["tickets"][0]["id"])
    news = await floor.news()
    assert [(tile["label"], tile["ready"]) for tile in news["tables"]] == [("2", 1)]


async def test_a_draft_of_what_sold_out_is_warned_of_at_once(floor: Floor) -> None:
    check_id = await floor.house.seat("1")
    await floor.house.ring(check_id)
    await floor.party("2", "Diavola")
    await floor.news()
    await floor.house.act(menu.eighty_six, await floor.house.item("Tiramisù"), is_out=True, portions_left=None)
    assert [(tile["label"], tile["warned"]) for tile in (await floor.news())["tables"]] == [("1", 1)]
