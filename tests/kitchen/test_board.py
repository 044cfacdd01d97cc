"""What the board reads and hears: tickets that come, change and go, and what waits on checks."""

import logging
from typing import Any

import pytest

from kiosk.checks import service as checks
from kiosk.checks.events import CheckChanged
from kiosk.checks.serving import show_unserved
from kiosk.core.db import Database, Read
from kiosk.core.events import Fact
from kiosk.kitchen import errors, page, service
from kiosk.kitchen.beside import Beside, nothing
from tests.support.house import founded
from tests.support.kitchen import Kitchen, dish


async def _news(kitchen: Kitchen, beside: Beside, *facts: Fact) -> list[Any]:
    """What watching tablets are told of everything announced since the last time, and of these."""
    heard, kitchen.facts[:] = [*kitchen.facts, *facts], []

    async def tell(read: Read) -> list[Any]:
        return [news.data for news in await page.tell(read, heard, beside)]

    return await kitchen.house.look(tell)


async def test_a_ticket_taken_back_is_told_as_gone(kitchen: Kitchen) -> None:
    kept, taken = await kitchen.fire(dish(1), fire_no=1), await kitchen.fire(dish(2), fire_no=2)
    await kitchen.run(service.take_back, 7, 2)
    [news] = await _news(kitchen, Beside(nothing, nothing))
    assert ([ticket["id"] for ticket in news["tickets"]], news["gone"]) == (kept, taken)


async def test_news_of_a_ticket_tell_the_load_of_every_station(kitchen: Kitchen) -> None:
    await kitchen.fire(dish(1, quantity=2), dish(2, stations=("bar",)))
    [news] = await _news(kitchen, Beside(nothing, nothing))
    assert [(load["code"], load["dishes"], load["wait_s"]) for load in news["load"].values()] == [
        ("grill", 2, 660),
        ("bar", 1, 660),
    ]


async def test_a_tap_that_holds_and_serves_nothing_is_no_news_to_the_kitchen(kitchen: Kitchen) -> None:
    held: dict[int, list[dict[str, Any]]] = {5: [{"line_id": 9, "name": "Tagliata"}]}

    async def show_held(_read: Read, _ids: Any) -> dict[int, list[dict[str, Any]]]:
        return dict(held)

    beside = Beside(show_held, nothing)
    assert await _news(kitchen, beside, CheckChanged(5)) == [{"held": held, "unserved": {5: []}}]
    assert await _news(kitchen, beside, CheckChanged(5)) == []
    held.clear()
    assert await _news(kitchen, beside, CheckChanged(5)) == [{"held": {5: []}, "unserved": {5: []}}]
    assert await _news(kitchen, beside, CheckChanged(5)) == []


async def test_the_pass_knows_what_is_cooked_and_not_served_of_open_checks(db: Database) -> None:
    house = await founded(db)
    first, second = await house.seat("1"), await house.seat("2")
    lines = [await house.ring(first), await house.ring(first)]
    await house.ring(second)
    await house.send(first)
    assert await house.look(show_unserved, None) == {first: lines}
    ticket = (await house.board())["tickets"][0]
    await house.act(service.bump, ticket["id"])
    beside = Beside(nothing, show_unserved)
    assert [one["id"] for one in (await house.look(page.show_everything, beside))["passed"]] == [ticket["id"]]
    await house.act(checks.serve, first, lines[:1])
    assert await house.look(show_unserved, [first, second]) == {first: lines[1:]}
    await house.act(checks.serve, first, lines[1:])
    assert (await house.look(page.show_everything, beside))["passed"] == []


async def test_each_station_has_its_own_limits_and_boards_are_told(kitchen: Kitchen) -> None:
    bar = (await kitchen.house.board())["stations"][1]["id"]
    await kitchen.house.act(service.set_limits, bar, 120, 240)
    [news] = await _news(kitchen, Beside(nothing, nothing))
    assert [(station["soon_s"], station["late_s"]) for station in news["stations"]] == [(660, 900), (120, 240)]
    with pytest.raises(errors.LimitsTurned, match="amber before it turns red"):
        await kitchen.house.act(service.set_limits, bar, 240, 240)
    with pytest.raises(errors.StationGone):
        await kitchen.house.act(service.set_limits, 1, 120, 240)


async def test_the_board_tells_how_long_tickets_took_today(kitchen: Kitchen) -> None:
    beside = Beside(nothing, nothing)
    shown = await kitchen.house.look(page.show_everything, beside)
    assert (shown["average_s"], shown["bumps"]) == (None, 0)
    for no in (1, 2):
        await kitchen.bump((await kitchen.fire(dish(no), fire_no=no))[0])
    shown = await kitchen.house.look(page.show_everything, beside)
    assert (shown["average_s"], shown["bumps"]) == (0, 2)
    assert [station["load"]["code"] for station in shown["stations"]] == ["grill", "bar"]


async def test_a_dish_for_a_station_the_house_does_not_have_is_cooked_at_the_first_and_said(
    kitchen: Kitchen, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        await kitchen.fire(dish(1, stations=("wok",)), dish(2, stations=("bar", "wok", "smoker")), dish(3))
    grill, bar = sorted(await kitchen.tickets(), key=lambda ticket: len(ticket["lines"]), reverse=True)
    assert [(line["line_id"], line["meant_for"]) for line in grill["lines"]] == [(1, "wok"), (3, None)]
    assert [(line["line_id"], line["meant_for"]) for line in bar["lines"]] == [(2, "wok, smoker")]
    assert "Tagliata is to be cooked at wok, which is no station here" in caplog.text
