"""The forecast as screens read it: the band of today, seven days, the prep list, and every reason why there is none."""

from datetime import date
from typing import Any, cast

import pytest

from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database
from kiosk.reports.forecast_acts import news_of, prep_file
from kiosk.reports.forecast_rules import AHEAD, Errors, Forecast, How, Outlook
from kiosk.reports.forecast_view import NoForecastYet, prep_rows, show_forecast, today_of
from kiosk.reports.foresight import Foresight
from kiosk.reports.view import hours_beside

TODAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 22)
NO_DATABASE = cast(Database, None)


def outlook(*hours: tuple[int, int, int], how: How = How.LEARNED, own: Errors | None = None) -> Outlook:
    """The same on all days ahead: low, middle, high of each hour."""
    low, middle, high = ([[hour[place] for hour in hours]] * AHEAD for place in range(3))
    return Outlook(how, middle, low, high, own, Errors(95.2, 1.55) if own else None, 2730 if own else 0)


def made(how: How = How.LEARNED, holidays: dict[date, str] | None = None) -> Forecast:
    """Three hours of a trade of which the one at 3 brings next to nothing, and two items."""
    sales = outlook((5000, 9000, 14000), (2000, 4000, 7000), (0, 10, 90), how=how, own=Errors(70.05, 1.33))
    guests = outlook((4, 6, 9), (1, 3, 5), (0, 0, 1), how=how)
    pieces = outlook((0, 2, 4), (9, 12, 17), how=how, own=Errors(1.5, 0.6))
    items = [("Dolci", "Tiramisù"), ("Pizza", "=Diavola")]
    return Forecast(TOMORROW, "EUR", "covers", [12, 20, 3], guests, sales, items, pieces, 365, holidays)


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
