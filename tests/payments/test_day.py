from datetime import date

import pytest
from sqlalchemy import select

from kiosk.core.db import Database, Tx
from kiosk.payments import day, drawers, service
from kiosk.payments import till_errors as errors
from kiosk.payments.rules import Given, TenderKind
from kiosk.payments.till_models import ZReport
from kiosk.payments.till_queries import standing, z_report
from kiosk.printing.models import PrintJob
from tests.support.house import House, founded

CASH, CARD = TenderKind.CASH, TenderKind.CARD


async def eaten(house: House, label: str = "1") -> int:
    """A check of 7.00 food and 6.20 wine, sent."""
    check_id = await house.seat(label)
    await house.ring(check_id)
    await house.ring(check_id, "Chianti", "Glass")
    await house.send(check_id)
    return check_id


async def today(house: House) -> date:
    return (await house.look(standing)).day


async def test_a_day_closes_once_with_its_figures_and_its_paper(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 10_000)
    await house.act(service.settle, await eaten(house), 1320, [Given(CASH, 2000)])
    await house.act(service.settle, await eaten(house, "2"), 1320, [Given(CARD, 1520, 200)])
    before = await house.look(day.x_report)
    assert (before["turnover"], before["net"], before["tax"], before["tips"]) == (2640, 2288, 352, 200)
    assert [(one["code"], one["count"], one["amount"]) for one in before["tenders"]] == [
        ("cash", 1, 1320),
        ("card", 1, 1320),
    ]
    await house.act(drawers.count_drawer, mine, {"10000": 1, "1000": 1, "200": 1, "100": 1, "20": 1})
    when = await today(house)
    closed = await house.act(day.close_day, when, 1)
    assert (closed.number, closed.figures["turnover"], closed.figures["difference"]) == (1, 2640, 0)
    drawer = closed.figures["drawers"][0]
    assert (drawer["float"], drawer["cash"], drawer["expected"], drawer["counted"]) == (10_000, 1320, 11_320, 11_320)
    async with db.read() as read:
        assert (await read.session.scalars(select(ZReport.number))).all() == [1]
        assert "Z 1" in (await read.session.scalars(select(PrintJob.cause))).all()
    with pytest.raises(errors.AlreadyClosed):
        await house.act(day.close_day, when, 1)


async def test_an_open_check_and_a_drawer_not_counted_hold_up_the_close_by_name(db: Database) -> None:
    house = await founded(db)
    await house.act(drawers.open_drawer, 1, 10_000)
    await eaten(house)
    when = await today(house)
    with pytest.raises(errors.DayNotClear, match=r"Table 1 is not paid, 13\.20.*Drawer 1 is not counted"):
        await house.act(day.close_day, when, 1)


async def test_after_the_close_the_day_goes_on_as_the_next(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 0)
    await house.act(drawers.count_drawer, mine, {})
    when = await today(house)
    await house.act(day.close_day, when, 1)
    settled = await house.act(service.settle, await eaten(house), 1320, [Given(CARD, 1320)])
    assert settled.number == "1"
    found = await house.look(standing)
    assert (found.day - when).days == 1
    assert found.number == 2
    # Closed again before it has begun, it would push every day that follows ahead of the clock.
    with pytest.raises(errors.DayAhead, match="can be closed once it has begun"):
        await house.act(day.close_day, found.day, 2)


async def test_a_check_carried_over_is_named_on_the_z(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    await house.act(service.settle, await eaten(house, "2"), 1320, [Given(CARD, 1320)])

    async def close_drawers(tx: Tx, *, by):  # type: ignore[no-untyped-def]
        for one in (await standing(tx)).drawers:
            await drawers.count_drawer(tx, one.id, {}, by=by)

    await house.act(close_drawers)
    await house.act(day.carry_over, check_id, "Guests stay the night")
    closed = await house.act(day.close_day, await today(house), 1)
    assert [(one["label"], one["total"], one["by"]) for one in closed.figures["carried"]] == [
        ("Table 1", 1320, "command line")
    ]
    assert any("Table 1" in row["label"] for block in closed.paper["blocks"] for row in block)


@pytest.mark.parametrize("number", [0, -1, 10**30])
async def test_a_z_that_never_was_is_refused_whatever_its_number(db: Database, number: int) -> None:
    house = await founded(db)
    with pytest.raises(errors.NoSuchZ, match=f"There is no Z {number}"):
        await house.look(z_report, number)
