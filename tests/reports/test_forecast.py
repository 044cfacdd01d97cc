"""The next seven days out of the past: learned, or the weekday's median, and always beside how far off it was."""

import asyncio
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from kiosk.core import clock
from kiosk.core.db import Database
from kiosk.core.events import Fact
from kiosk.reports import forecast_cli
from kiosk.reports.errors import ReportRefused
from kiosk.reports.events import ForecastMade, SalesImported
from kiosk.reports.forecast import TooEarly, forecast
from kiosk.reports.forecast_model import outlook
from kiosk.reports.forecast_rules import ONE, Answered, Asked, Forecast, How, Past, Question
from kiosk.reports.forecaster import Forecaster, foreseen
from kiosk.reports.foresight import Foresight
from kiosk.reports.rolling import roll_missing
from tests.reports.making import brought_in, open_venue
from tests.support import patience

pytestmark = pytest.mark.slow

FIRST = date(2026, 1, 5)
HEAD = "receipt,closed_at,item,quantity,unit_price,category,covers"
APP = typer.Typer()
APP.command()(forecast_cli.forecast)


class AtOnce(Forecaster):
    """The same answers without a process."""

    async def outlooks(self, asked: Asked) -> Answered:
        return foreseen(asked)


class Lost(Forecaster):
    """Its process ends whenever it is asked."""

    times = 0

    async def outlooks(self, asked: Asked) -> Answered:
        self.times += 1
        raise ReportRefused("The forecast could not be made. Try again in a minute.")


def rows(days: int) -> Iterator[str]:
    """A trade that knows its weekdays: a pizza for every guest at 13, twice as many at 20; Mondays shut."""
    for number in range(days):
        day = FIRST + ONE * number
        for hour, times in ((13, 1), (20, 2)) if day.weekday() else ():
            guests = day.weekday() * times
            item = "Diavola" if hour == 13 else "Marinara"
            yield f"{number}-{hour},{day} {hour}:30,{item},{guests},10.00,Pizza,{guests}"


async def told(db: Database, folder: Path, days: int, monkeypatch: pytest.MonkeyPatch, **also: Any) -> Forecast:
    await open_venue(db)
    await brought_in(db, folder, *rows(days), heading=HEAD)
    on_the_day(FIRST + ONE * days, monkeypatch)
    async with db.read() as read:
        return await forecast(read, AtOnce(), **also)


def on_the_day(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


async def test_a_short_past_is_told_by_the_median_of_the_weekday(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await told(db, tmp_path, 21, monkeypatch)
    assert found.days[0] == date(2026, 1, 27)
    assert (found.hours, found.guests_are) == ([13, 20], "covers")
    assert found.guests.days == [[1, 2], [2, 4], [3, 6], [4, 8], [5, 10], [6, 12], [0, 0]]
    assert found.sales.days[0] == [1000, 2000]
    assert found.sales.how is How.SHORT
    assert found.sales.own is None
    assert "too short" in forecast_cli.sentences(found)[0]


async def test_young_days_and_rolled_days_tell_the_same(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    young = await told(db, tmp_path, 70, monkeypatch, with_items=True)
    await roll_missing(db)
    async with db.read() as read:
        old = await forecast(read, AtOnce(), with_items=True)
    assert old == young
    assert old.sales.own is not None
    assert old.prep() == [("Pizza", "Marinara", 2, 2), ("Pizza", "Diavola", 1, 1)]


async def test_a_handful_of_days_is_too_early(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooEarly, match="at least 14 days"):
        await told(db, tmp_path, 6, monkeypatch)


async def test_receipts_stand_for_guests_that_nobody_counted(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *(row.rsplit(",", 1)[0] + "," for row in rows(21)), heading=HEAD)
    on_the_day(FIRST + 21 * ONE, monkeypatch)
    async with db.read() as read:
        found = await forecast(read, AtOnce())
    assert found.guests_are == "receipts"
    assert found.guests.days[0] == [1, 1]


async def test_a_forecast_is_kept_until_a_history_comes(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_venue(db)
    on_the_day(FIRST + ONE * 21, monkeypatch)
    told: list[Fact] = []
    db.bus.listen(told.append)
    foresight = Foresight(db, AtOnce(), settle_s=0)
    foresight.start()
    try:
        assert foresight.look() is None
        await patience.until(lambda: foresight.early == 0, "the sentence that it is too early")
        await brought_in(db, tmp_path, *rows(21), heading=HEAD)
        await roll_missing(db)
        db.bus.publish([SalesImported()])
        await patience.until(lambda: foresight.known, "a forecast")
        kept = foresight.look()
        assert kept is not None
        assert kept.first == date(2026, 1, 27)
        assert (foresight.early, foresight.trouble) == (None, "")
        assert told.count(ForecastMade()) == 2
        await foresight.renew()
        assert foresight.look() is kept
    finally:
        await foresight.stop()


async def test_a_forecast_that_fails_says_so_and_screens_do_not_hurry_the_next(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *rows(21), heading=HEAD)
    on_the_day(FIRST + ONE * 21, monkeypatch)
    await roll_missing(db)
    maker = Lost()
    foresight = Foresight(db, maker, settle_s=0)
    foresight.start()
    try:
        foresight.look()
        await patience.until(lambda: foresight.trouble, "the sentence that it failed")
        assert foresight.trouble == "The forecast could not be made. Try again in a minute."
        for _ in range(3):
            foresight.look()
        await asyncio.sleep(0.02)
        assert maker.times == 1
    finally:
        await foresight.stop()


def growing(weeks: int) -> Past:
    """Two hours of a trade that grows by a fiftieth a week."""
    days = [round(1000 * (4 + day % 7) * 1.02 ** (day / 7)) for day in range(weeks * 7)]
    return Past(FIRST, [[day, 2 * day] for day in days])


def test_without_the_extra_the_median_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    found = outlook(growing(20))
    assert found.how is How.NO_EXTRA
    assert found.own is not None


def test_a_long_past_is_learned_and_its_trend_followed() -> None:
    pytest.importorskip("sklearn")
    found = outlook(growing(30))
    assert found.is_learned
    assert found.own is not None
    assert found.naive is not None
    assert len(found.days) == 7
    assert found.days[0][0] == pytest.approx(9082, rel=0.01)
    assert found.own.mae < 0.7 * found.naive.mae


def test_where_nothing_was_sold_of_late_there_is_nothing_to_prepare() -> None:
    found = outlook(Past(FIRST, [[] for _ in range(100)]), weeks_shared=8, tomorrow_only=True)
    assert (found.ahead, found.low, found.high) == ([[]] * 8, [[]] * 8, [[]] * 8)
    assert found.own is None


def test_what_is_expected_lies_in_its_range_before_it_was_ever_tried() -> None:
    busy = [[6 if day % 7 else 9, 4] for day in range(59)] + [[10_000, 10_000]]
    found = outlook(Past(FIRST, busy))
    assert found.own is None
    cells = [cell for days in zip(found.low, found.ahead, found.high, strict=True) for cell in zip(*days, strict=True)]
    assert all(0 <= low <= middle <= high for low, middle, high in cells)


def test_a_season_that_began_within_what_is_read_of_dishes_is_learned() -> None:
    found = outlook(
        Past(FIRST, [[0]] * 84 + [[20 + day % 7] for day in range(154)]), weeks_shared=8, tomorrow_only=True
    )
    assert 15 < found.days[0][0] < 30


def test_a_day_of_a_million_is_not_expected_again() -> None:
    days = [[40 + day % 7, 60] for day in range(140)]
    days[66] = [500_000, 500_000]
    assert max(cell for day in outlook(Past(FIRST, days)).ahead for cell in day) < 300


def test_of_a_dish_first_sold_yesterday_no_hundreds_are_to_be_prepared() -> None:
    days = [[20 + day % 7, 0] for day in range(58)] + [[20, 5]]
    found = outlook(Past(FIRST, days), weeks_shared=8, tomorrow_only=True)
    assert found.tried == 2
    assert max(most for _, most in found.high) < 30


def test_a_banquet_given_back_on_a_day_of_rest_is_not_expected_again() -> None:
    days = [[100, 200] if day % 7 else [0, 0] for day in range(140)]
    days[70], days[133] = [5, -20_000], [40, 90]
    found = outlook(Past(FIRST, days))
    assert max(cell for day in found.high for cell in day) < 1_000


async def test_the_process_of_its_own_answers_the_same() -> None:
    maker = Forecaster()
    try:
        asked = Asked([Question(growing(6))], "IT")
        assert await maker.outlooks(asked) == foreseen(asked)
    finally:
        await maker.close()


def test_it_is_printed_and_told_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    guests, sales = outlook(growing(20)), outlook(growing(20))
    items = [("Pizza", "=Diavola"), ("Pizza", "[b]ianca")]
    found = Forecast(date(2026, 5, 26), "EUR", "covers", [13, 20], guests, sales, items, guests)

    async def known(_with_items: bool) -> Forecast:
        return found

    monkeypatch.setattr(forecast_cli, "_with_database", known)
    printed = CliRunner().invoke(APP, ["--items"]).stdout
    assert "To prepare for Tuesday 2026-05-26" in printed
    assert "[b]ianca" in printed
    assert "as a week before" in printed
    assert "13 " in CliRunner().invoke(APP, []).stdout
    content = json.loads(CliRunner().invoke(APP, ["--items", "--format", "json"]).stdout)
    assert content["days"][0]["day"] == "2026-05-26"
    assert content["errors"]["sales"]["seasonal_naive"]["mae"] > 0
    assert content["items"][0]["item"] in {"=Diavola", "[b]ianca"}
