"""Who took what off the bills and why, out of the journal: the same before and after it is rolled up."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from kiosk.checks import service as checks
from kiosk.checks.discounting import Off, discount, undiscount
from kiosk.core import clock
from kiosk.core.db import Database
from kiosk.core.models import Venue
from kiosk.payments import day as day_of_money
from kiosk.payments import drawers
from kiosk.payments import service as payments
from kiosk.payments.models import TenderKind
from kiosk.payments.rules import Given
from kiosk.payments.till_queries import standing
from kiosk.reports.deeds import Deed, show_deeds
from kiosk.reports.deeds_behind import DeedsWanted, deeds_behind
from kiosk.reports.rolling import differences, roll_missing
from kiosk.reports.rollups import spanned
from kiosk.reports.takings import business_today
from tests.reports.making import a_day_later
from tests.support.house import House, founded

WHO = "command line"


async def told(db: Database, day: date) -> list[Deed]:
    async with db.read() as read:
        venue = await read.venue()
        return await show_deeds(read, await spanned(read, venue.id, day, day))


async def test_what_was_taken_off_is_told_by_reason_and_person(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await founded(db)
    check_id = await house.seat()
    first, _, third = [await house.ring(check_id) for _ in range(3)]
    await house.act(checks.remove_line, third)
    await house.send(check_id)
    await house.act(checks.ask_bill, check_id)
    await house.act(checks.void_line, first, "Dropped")
    discount_id = await house.act(discount, check_id, None, Off("Friends", percent="10", reason="Regulars"))
    await house.act(undiscount, discount_id)
    await house.act(discount, check_id, None, Off("Friends", percent="10"))
    drawer = await house.act(drawers.open_drawer, 1, 5000)
    await house.act(drawers.no_sale, drawer, "Coins")
    sold = await house.act(payments.settle, check_id, 630, [Given(TenderKind.CARD, 630)])
    await house.act(payments.refund, sold.receipt_id, payments.Asked(None), "Cold")
    day = await house.look(business_today)
    expected = [
        Deed("removal", "", WHO, 1, 0, 700),
        Deed("void", "Dropped", WHO, 1, 1, 700),
        Deed("refund", "Cold", WHO, 1, 0, 630),
        Deed("discount", "Friends", WHO, 1, 0, 70),
        Deed("no sale", "Coins", WHO, 1, 0, 0),
    ]
    assert await told(db, day) == expected
    a_day_later(monkeypatch)
    async with db.read() as read:
        assert await differences(read, day, day) == []
    await roll_missing(db)
    assert await told(db, day) == expected


async def test_a_comp_taken_back_is_none_on_the_x_either(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    first, second = [await house.ring(check_id) for _ in range(2)]
    await house.send(check_id)
    await house.act(checks.comp_line, first, "Friend")
    await house.act(checks.uncomp_line, first)
    await house.act(checks.comp_line, second, "Owner")
    assert (await house.look(day_of_money.x_report))["comps"] == {"count": 1, "amount": 700}
    assert await told(db, await house.look(business_today)) == [Deed("comp", "Owner", WHO, 1, 0, 700)]


async def test_what_is_done_after_an_early_close_is_of_the_next_day_as_on_its_z(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await founded(db)
    closed_day, sold = await _closed_early(house)
    day = await house.look(business_today)
    check_id = await house.seat()
    first, _ = [await house.ring(check_id) for _ in range(2)]
    await house.send(check_id)
    await house.act(checks.void_line, first, "Dropped")
    await house.act(payments.refund, sold, payments.Asked(None), "Cold")
    expected = [Deed("refund", "Cold", WHO, 1, 0, 700), Deed("void", "Dropped", WHO, 1, 0, 700)]
    assert (await house.look(day_of_money.x_report))["voids"] == {"count": 1, "amount": 700}
    assert (await told(db, closed_day), await told(db, day)) == ([], expected)
    behind = await house.look(deeds_behind, DeedsWanted((day, day), {"kind": "void"}))
    assert [(row["day"], row["reason"]) for row in behind["rows"]] == [(day.isoformat(), "Dropped")]
    assert (await house.look(deeds_behind, DeedsWanted((closed_day, closed_day), {"kind": "void"})))["rows"] == []
    a_day_later(monkeypatch)
    a_day_later(monkeypatch)
    await roll_missing(db)
    assert (await told(db, closed_day), await told(db, day)) == ([], expected)
    async with db.read() as read:
        assert await differences(read, closed_day, day) == []


async def _closed_early(house: House) -> tuple[date, int]:
    """A day with one sale that is closed before the clock ends it, and the receipt."""
    check_id = await house.seat()
    await house.ring(check_id)
    await house.send(check_id)
    sold = await house.act(payments.settle, check_id, 700, [Given(TenderKind.CARD, 700)])
    found = await house.look(standing)
    await house.act(day_of_money.close_day, found.day, found.number)
    return found.day, sold.receipt_id


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 3, 29, 1, 10, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 1, 10, tzinfo=UTC), date(2026, 10, 24)),
    ],
)
async def test_no_act_falls_between_two_days_when_the_clock_is_changed_at_the_cut_over(
    db: Database, monkeypatch: pytest.MonkeyPatch, now: datetime, day: date
) -> None:
    house = await founded(db)
    await db.run(lambda tx: tx.change(update(Venue).values(cutover_minutes=150)))
    monkeypatch.setattr(clock, "now", lambda: now)
    check_id = await house.seat()
    line = await house.ring(check_id)
    await house.send(check_id)
    await house.act(checks.void_line, line, "Dropped")
    assert await told(db, day) == [Deed("void", "Dropped", WHO, 1, 0, 700)]
