"""The forecast as screens read it: the band of today, seven days, the prep list, and every reason why there is none."""

import sys
from datetime import date
from typing import Any, cast

import numpy as np
import pytest

from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database
from kiosk.reports.forecast import in_words
from kiosk.reports.forecast_acts import news_of, prep_file
from kiosk.reports.forecast_model import outlook as outlook_of
from kiosk.reports.forecast_model import ranges
from kiosk.reports.forecast_rules import Forecast, How, Past
from kiosk.reports.forecast_view import NoForecastYet, prep_rows, show_forecast, today_of
from kiosk.reports.forecaster import public_holidays
from kiosk.reports.foresight import Foresight
from kiosk.reports.view import hours_beside
from tests.reports.foretold import TODAY, TOMORROW, made
from tests.reports.making import BY, open_venue

NO_DATABASE = cast(Database, None)


def knowing(found: Forecast | None, **also: Any) -> Foresight:
    foresight = Foresight(NO_DATABASE)
    foresight.known = found
    for name, value in also.items():
        setattr(foresight, name, value)
    return foresight


def test_today_has_the_hours_that_are_worth_drawing_and_their_sum() -> None:
    today = today_of(made(), TODAY)
    assert today is not None
    assert today.hours == {12: (5000, 9000, 14000), 20: (2000, 4000, 7000)}
    assert today.expected == 13010
    assert today_of(made(), date(2026, 11, 20)) is None
    assert today_of(made(), date(2026, 11, 29)) is None
    assert today_of(None, TODAY) is None


def test_hours_of_today_are_drawn_before_anything_was_sold_in_them() -> None:
    sold = [(13, 1, 2, 1500)]
    rows = hours_beside(sold, [], TODAY, 240, today_of(made(), TODAY))
    drawn = [row for row in rows if row["high"] or row["turnover"]]
    assert [(row["hour"], row["turnover"], row["low"], row["usual"], row["high"]) for row in drawn] == [
        (12, 0, 5000, 9000, 14000),
        (13, 1500, 0, 0, 0),
        (20, 0, 2000, 4000, 7000),
    ]


def test_seven_days_are_told_with_their_holidays_and_how_far_off_it_was() -> None:
    told = show_forecast(knowing(made(holidays={date(2026, 11, 26): "Thanksgiving Day"})), TODAY)
    assert (told["state"], told["until"], told["hours"]) == ("ready", "2026-11-20", [12, 20])
    assert told["how"] == "Learned from 365 days."
    assert [day["day"] for day in told["days"]] == [f"2026-11-{day}" for day in range(22, 29)]
    assert [day["holiday"] for day in told["days"]] == ["", "", "", "", "Thanksgiving Day", "", ""]
    first = told["days"][0]
    assert (first["is_tomorrow"], first["sales"], first["guests"]) == (True, 13010, 9)
    assert first["by_hour"]["guests"] == [[4, 6, 9], [1, 3, 5]]
    assert told["prep"]["rows"][0] == {"category": "Pizza", "item": "=Diavola", "pieces": 12, "most": 17}
    sales, guests, pieces = told["errors"]
    assert sales["own"] == {"mae": 7005, "rmsle": 1330}
    assert sales["naive"] == {"mae": 9520, "rmsle": 1550}
    assert (guests["own"], pieces["own"]) == (None, {"mae": 150, "rmsle": 600})


def test_a_median_says_why_it_is_one() -> None:
    told = show_forecast(knowing(made(How.NO_EXTRA, {})), TODAY)
    assert not told["is_learned"]
    assert told["how"] == (
        "The median of the same weekday of the last 8 weeks: what learns is not installed here. Install it with "
        "pip install 'kiosk[forecast]' and start the kiosk again."
    )
    said = in_words(made(How.NO_EXTRA).sales, lambda off: f"{off:.2f}", "Sales an hour")
    assert said.startswith(
        "Sales an hour: The median of the weekday, 8 weeks, because kiosk[forecast] is not installed;"
    )
    short = show_forecast(knowing(made(How.SHORT)), TODAY)["how"]
    assert "this kiosk knows 365 days. Public holidays are not known here." in short


def test_without_a_forecast_the_state_says_what_to_wait_for() -> None:
    assert show_forecast(knowing(None), TODAY)["state"] == "making"
    early = show_forecast(knowing(None, early=6, trouble="Too early."), TODAY)
    assert (early["state"], early["known"], early["needed"]) == ("early", 6, 14)
    failed = show_forecast(knowing(None, trouble="The forecast could not be made."), TODAY)
    assert (failed["state"], failed["sentence"]) == ("failed", "The forecast could not be made.")


def test_screens_of_all_days_ahead_hear_of_a_forecast() -> None:
    assert news_of(knowing(made())).data == {"days": [f"2026-11-{day}" for day in range(21, 29)], "forecast": True}
    assert news_of(knowing(None)).data == {"days": [], "forecast": True}


def test_the_prep_list_names_its_day_in_every_row() -> None:
    assert prep_rows(knowing(made()))[1] == [
        ("2026-11-22", "Pizza", "=Diavola", "12", "17"),
        ("2026-11-22", "Dolci", "Tiramisù", "2", "4"),
    ]
    with pytest.raises(NoForecastYet, match="is being made"):
        prep_rows(knowing(None))


async def test_a_waiter_takes_no_prep_list_away() -> None:
    waiter = Actor(1001, 7, "Marco", Role.WAITER)
    answer = await prep_file(NO_DATABASE, knowing(made()), waiter)
    assert answer.status_code == 403


def test_the_range_is_where_eight_of_ten_figures_lay_and_a_shut_day_has_none() -> None:
    told = np.full((11, 1, 1), 100.0)
    actual = np.arange(75, 131, 5.0)[:11].reshape(11, 1, 1)
    low, high = ranges(np.array([[100.0], [400.0], [0.0]]), actual, told)
    assert [round(one) for one in low[:, 0]] == [80, 360, 0]
    assert [round(one) for one in high[:, 0]] == [120, 440, 0]


def test_where_the_past_is_short_the_range_is_what_the_weekday_brought() -> None:
    weeks = [[1000], [2000], [0], [3000], [4000], [5000], [6000]]
    found = outlook_of(Past(date(2026, 11, 2), [*weeks, *([day[0] * 2] for day in weeks)]))
    assert (found.how, found.ahead[:4]) == (How.SHORT, [[1500], [3000], [0], [4500]])
    assert (found.low[:4], found.high[:4]) == ([[1000], [2000], [0], [3000]], [[2000], [4000], [0], [6000]])


@pytest.mark.slow
def test_holidays_have_the_names_that_english_has_for_them() -> None:
    pytest.importorskip("holidays")
    known = public_holidays("IT", date(2026, 12, 1), date(2026, 12, 25))
    assert known == {date(2026, 12, 8): "Immaculate Conception", date(2026, 12, 25): "Christmas Day"}
    assert public_holidays("XX", TODAY, TOMORROW) is None


def test_without_the_extra_no_holiday_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert public_holidays("IT", TODAY, TOMORROW) is None


async def test_what_is_taken_away_is_text_to_a_spreadsheet(db: Database) -> None:
    await open_venue(db)
    answer = await prep_file(db, knowing(made()), BY)
    assert answer.headers["content-disposition"] == 'attachment; filename="al-ponte-prep-2026-11-22.csv"'
    assert bytes(answer.body).decode("utf-8-sig").splitlines() == [
        "day,category,item,pieces,rarely_over",
        "2026-11-22,Pizza,'=Diavola,12,17",
        "2026-11-22,Dolci,Tiramisù,2,4",
    ]
