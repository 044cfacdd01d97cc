"""How the day goes: beside four weeks to the same minute, tables, the kitchen, what was lost, spent and is open."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.checks import service as checks
from kiosk.checks.discounting import Off, discount
from kiosk.core import clock
from kiosk.core.db import Database
from kiosk.floor import service as floor
from kiosk.kitchen import service as kitchen
from kiosk.payments import drawers
from kiosk.payments import service as payments
from kiosk.payments.models import TenderKind
from kiosk.payments.rules import Given
from kiosk.reports.dashboard import Fold, show_now
from kiosk.reports.evening import Before, Window, average, band, bottom, weeks_before
from kiosk.reports.rolling import roll_missing
from kiosk.reports.view import show_day
from tests.reports.making import HEADING, brought_in, open_venue
from tests.support.house import House, founded

FRIDAY = date(2026, 4, 3)
HEAD = f"{HEADING},covers"
WHO = "command line"


class Watch:
    """The venue's clock, which goes when it is told to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def goes(self, **far: float) -> None:
        self.at += timedelta(**far)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Friday 3 April 2026, 20:00 in Rome; the clocks there were put forward the Sunday before."""
    watch = Watch(datetime(2026, 4, 3, 18, tzinfo=UTC))
    monkeypatch.setattr(clock, "now", lambda: watch.at)
    return watch


async def going_on(house: House) -> dict[str, Any]:
    return await house.look(show_now, "today")


async def test_four_weeks_are_told_up_to_the_same_minute_by_the_wall_clock(
    db: Database, tmp_path: Path, watch: Watch
) -> None:
    await open_venue(db)
    rows = (
        "1,2026-03-27 19:59,Diavola,1,10.00,2",
        "2,2026-03-27 20:01,Diavola,1,30.00,3",
        "3,2026-03-21 00:30,Diavola,1,7.00,1",
        "4,2026-03-20 12:00,Diavola,2,10.00,4",
        "5,2026-03-06 20:00,Diavola,1,5.50,1",
        "6,2026-02-27 19:00,Diavola,1,99.00,9",
    )
    await brought_in(db, tmp_path, *rows, heading=HEAD)
    expected = [
        Before(date(2026, 3, 27), {19: 1000, 20: 3000}, 1000, 2),
        Before(date(2026, 3, 20), {12: 2000, 0: 700}, 2000, 4),
        Before(date(2026, 3, 6), {20: 550}, 550, 1),
    ]
    async with db.read() as read:
        assert await weeks_before(read, FRIDAY, watch.at) == expected
    await roll_missing(db)
    async with db.read() as read:
        assert await weeks_before(read, FRIDAY, watch.at) == expected
        whole = await weeks_before(read, FRIDAY, None)
    assert [(one.turnover, one.covers) for one in whole] == [(4000, 5), (2700, 5), (550, 1)]
    assert average(expected) == {"weeks": 3, "turnover": 1183, "covers": 2}


async def test_the_screen_reads_today_beside_last_week_and_the_average(
    db: Database, tmp_path: Path, watch: Watch
) -> None:
    await open_venue(db)
    rows = (
        "1,2026-04-03 19:30,Diavola,1,12.00,2",
        "2,2026-03-27 19:00,Diavola,1,10.00,2",
        "3,2026-03-27 21:00,Diavola,1,8.00,1",
        "4,2026-03-20 19:00,Diavola,1,4.00,1",
    )
    await brought_in(db, tmp_path, *rows, heading=HEAD)
    async with db.read() as read:
        day = await show_day(read, "today")
    assert (day["day"], day["summary"]["turnover"], day["summary"]["per_guest"]) == ("2026-04-03", 1200, 600)
    assert day["before"] == {"day": "2026-03-27", "turnover": 1000, "covers": 2, "until": "20:00"}
    assert day["usual"] == {"weeks": 2, "turnover": 700, "covers": 2}
    told = [tuple(hour[name] for name in ("hour", "turnover", "before", "low", "high")) for hour in day["hours"]]
    assert told == [(19, 1200, 1000, 400, 1000), (20, 0, 0, 0, 0), (21, 0, 800, 0, 800)]


def test_the_band_holds_every_week_and_nothing_where_no_week_is_known() -> None:
    weeks = [Before(FRIDAY, {20: amount}) for amount in (500, 900, 700)]
    assert band(weeks, [20, 21]) == {
        20: {"low": 500, "usual": 700, "high": 900},
        21: {"low": 0, "usual": 0, "high": 0},
    }
    assert (band([], [20]), average([])) == ({}, None)


async def test_tables_and_stations_are_timed_from_seat_and_fire_to_leaving_and_done(db: Database, watch: Watch) -> None:
    house = await founded(db)
    first, second = await house.seat("1"), await house.seat("2")
    for check_id in (first, second):
        await house.ring(check_id, "Diavola", "Medium")
        await house.ring(check_id, "Chianti", "Glass")
        await house.send(check_id)
    tickets = {(one["check_id"], one["station_id"]): one["id"] for one in (await house.board())["tickets"]}
    grill, bar = sorted({station for _, station in tickets}, key=lambda one: tickets[first, one])
    watch.goes(minutes=2)
    await house.act(kitchen.bump, tickets[first, bar])
    watch.goes(minutes=8)
    await house.act(kitchen.bump, tickets[first, grill])
    watch.goes(minutes=10)
    await house.act(kitchen.bump, tickets[second, grill])
    times = {
        one["station"]: (one["tickets"], one["median_s"], one["p90_s"]) for one in (await going_on(house))["kitchen"]
    }
    assert times == {"Grill": (2, 900, 1140), "Bar": (1, 120, 120)}
    assert (await going_on(house))["table_turn"] == {"parties": 0, "median_s": None}
    watch.goes(minutes=40)
    await house.act(payments.settle, first, 1770, [Given(TenderKind.CARD, 1770)])
    await house.act(floor.clear_table, house.tables["1"])
    assert (await going_on(house))["table_turn"] == {"parties": 1, "median_s": 3600}
    async with db.read() as read:
        other = Window.of(FRIDAY - timedelta(days=1), await read.venue())
    assert (other.begin, other.end) == (datetime(2026, 4, 2, 2, tzinfo=UTC), datetime(2026, 4, 3, 2, tzinfo=UTC))
    assert (await house.look(show_now, "2026-04-02"))["kitchen"] == []


async def test_what_was_lost_and_spent_is_told_with_its_reasons(db: Database, watch: Watch) -> None:
    house = await founded(db)
    check_id = await house.seat()
    void, comp, _, _ = [await house.ring(check_id) for _ in range(4)]
    await house.send(check_id)
    await house.act(checks.void_line, void, "Dropped")
    await house.act(checks.comp_line, comp, "Waited")
    await house.act(discount, check_id, None, Off("Friends", percent="10", reason="Regulars"))
    drawer = await house.act(drawers.open_drawer, 1, 50_000)
    await house.act(drawers.pay_out, drawer, 14_800, "Fish market", "expense")
    watch.goes(minutes=5)
    await house.act(drawers.pay_out, drawer, 2_400, "Ice", "expense")
    await house.act(drawers.pay_out, drawer, 700, "Tips for the kitchen", "tips")
    sold = await house.act(payments.settle, check_id, 1260, [Given(TenderKind.CARD, 1260)])
    await house.act(payments.refund, sold.receipt_id, payments.Asked(None), "Cold")
    told = await going_on(house)
    assert told["lost"] == {
        "amount": 2800,
        "kinds": [
            {"kind": "refund", "times": 1, "amount": 1260},
            {"kind": "void", "times": 1, "amount": 700},
            {"kind": "comp", "times": 1, "amount": 700},
            {"kind": "discount", "times": 1, "amount": 140},
        ],
        "dearest": [
            {"kind": "refund", "reason": "Cold", "person": WHO, "times": 1, "amount": 1260},
            {"kind": "comp", "reason": "Waited", "person": WHO, "times": 1, "amount": 700},
            {"kind": "void", "reason": "Dropped", "person": WHO, "times": 1, "amount": 700},
            {"kind": "discount", "reason": "Regulars", "person": WHO, "times": 1, "amount": 140},
        ],
        "reasons": 4,
    }
    assert told["expenses"] == [
        {"at": "2026-04-03T18:00:00+00:00", "reason": "Fish market", "amount": -14_800},
        {"at": "2026-04-03T18:05:00+00:00", "reason": "Ice", "amount": -2_400},
    ]


async def test_open_checks_are_told_the_longest_open_first_and_only_today(db: Database, watch: Watch) -> None:
    house = await founded(db)
    first = await house.seat("1", 2)
    await house.ring(first)
    watch.goes(minutes=30)
    second = await house.seat("2", 3)
    await house.ring(second, "Diavola", "Medium")
    told = (await going_on(house))["open"]
    assert (told["checks"], told["covers"], told["due"]) == (2, 5, 1850)
    assert told["longest"] == [
        {"check_id": first, "name": "Table 1", "waiter": WHO, "since": "2026-04-03T18:00:00+00:00", "due": 700},
        {"check_id": second, "name": "Table 2", "waiter": WHO, "since": "2026-04-03T18:30:00+00:00", "due": 1150},
    ]
    assert (await house.look(show_now, "2026-04-02"))["open"] is None


def test_what_sold_least_leaves_out_what_is_no_dish() -> None:
    rows = [("Pizza", "Diavola", "", 9, 9000), ("Wine", "Chianti", "", 1, 600), ("Wine", "Grappa", "", 1, 400)]
    assert bottom([*rows, ("Service", "Service", "", 0, 100)], 2) == [rows[2], rows[1]]


async def test_screens_that_ask_together_are_answered_from_one_look() -> None:
    fold, looks, version = Fold(), [], {"v": 1}

    async def look() -> dict[str, Any]:
        looks.append(version["v"])
        await asyncio.sleep(0.01)
        return {"turnover": 700}

    async def ask(key: str = "today") -> dict[str, Any]:
        return await fold.told(key, lambda: dict(version), look)

    assert await asyncio.gather(*(ask() for _ in range(9))) == [{"v": 1, "turnover": 700}] * 9
    assert looks == [1]
    version["v"] = 2
    assert (await ask())["v"] == 2
    for number in range(20):
        await ask(str(number))
    assert (len(looks), len(fold._known)) == (22, 8)
