from datetime import date, timedelta
from typing import Any

import pytest

from kiosk.core.db import Database
from kiosk.payments import day, drawers
from kiosk.payments.till_queries import standing
from kiosk.reports import daybook
from kiosk.reports.daybook_view import show_daybook
from kiosk.reports.errors import FilterUnreadable, RangeBackwards
from tests.support.house import House, founded


async def book(house: House, **words: str) -> dict[str, Any]:
    return await house.look(show_daybook, {key.rstrip("_"): value for key, value in words.items()})


async def moved(house: House) -> int:
    """A drawer with a float of 100.00, an expense of 5.00, tips of 10.00 paid out, 20.00 paid in, 50.00 dropped."""
    mine = await house.act(drawers.open_drawer, 1, 10_000)
    await house.act(drawers.pay_out, mine, 500, "Taxi home", "expense")
    await house.act(drawers.pay_out, mine, 1000, "Kitchen", "tips")
    await house.act(drawers.pay_in, mine, 2000, "Change")
    await house.act(drawers.drop, mine, 5000, "Bag 318")
    return mine


async def test_the_six_sums_add_up_to_the_balance(db: Database) -> None:
    house = await founded(db)
    await moved(house)
    told = await book(house)
    assert told["sums"] == {
        **{"opening": 10_000, "sales": 0, "returns": 0, "expenses": -500, "safe": -4000, "balance": 5500},
    }
    assert [(row["number"], row["amount"], row["balance"]) for row in told["rows"]] == [
        ("M 1", 10_000, 10_000),
        ("M 2", -500, 9500),
        ("M 3", -1000, 8500),
        ("M 4", 2000, 10_500),
        ("M 5", -5000, 5500),
    ]
    assert (told["brought"], told["next"]) == ({"count": 0, "balance": 0}, None)
    assert told["accounts"] == [{"code": "cash:1", "name": "Drawer 1"}]


async def test_pages_follow_each_other_without_a_gap_and_know_what_came_before(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daybook, "PAGE", 2)
    house = await founded(db)
    await moved(house)
    newest = await book(house)
    assert [row["seq"] for row in newest["rows"]] == [4, 5]
    assert (newest["brought"], newest["next"]) == ({"count": 3, "balance": 8500}, 4)
    middle = await book(house, before=str(newest["next"]))
    assert ([row["seq"] for row in middle["rows"]], middle["next"]) == ([2, 3], 2)
    first = await book(house, before=str(middle["next"]))
    assert ([row["seq"] for row in first["rows"]], first["next"]) == ([1], None)
    assert [row["seq"] for row in (await book(house, after="3"))["rows"]] == [4, 5]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"kind": "pay_out"}, [2, 3]),
        ({"account": "cash:1"}, [1, 2, 3, 4, 5]),
        ({"account": "card"}, []),
        ({"kind": "drop", "account": "cash:1"}, [5]),
        ({"q": "taxi"}, [2]),
        ({"q": "50.00"}, [5]),
        ({"q": "M 3"}, [3]),
        ({"q": "100%"}, []),
        ({"kind": "pay_out", "q": "Kitchen"}, [3]),
    ],
)
async def test_filters_narrow_the_book_down(db: Database, words: dict[str, str], found: list[int]) -> None:
    house = await founded(db)
    await moved(house)
    assert [row["seq"] for row in (await book(house, **words))["rows"]] == found


async def test_closed_days_are_summed_from_their_z_and_the_open_one_live(db: Database) -> None:
    house = await founded(db)
    mine = await moved(house)
    first = (await house.look(standing)).day
    await house.act(drawers.count_drawer, mine, {"5000": 1, "500": 1})
    await house.act(day.close_day, first, 1)
    await house.act(drawers.open_drawer, 2, 700)
    both = await book(house, from_=first.isoformat(), to=(first + timedelta(days=1)).isoformat())
    assert both["sums"]["opening"] == 10_700
    assert both["sums"]["balance"] == 700
    closed = await book(house, from_=first.isoformat(), to=first.isoformat())
    assert (closed["sums"]["balance"], closed["sums"]["safe"]) == (0, -9500)
    later = await book(house, from_=(first + timedelta(days=1)).isoformat(), to=(first + timedelta(days=1)).isoformat())
    assert (later["sums"]["opening"], [row["account"] for row in later["rows"]]) == (700, ["cash:2"])


async def test_what_cannot_be_a_filter_is_refused_in_a_sentence(db: Database) -> None:
    house = await founded(db)
    with pytest.raises(FilterUnreadable, match="kind cannot be “gift”"):
        await book(house, kind="gift")
    with pytest.raises(FilterUnreadable, match=r"person cannot be “Ana”\. It is a whole number"):
        await book(house, person="Ana")
    with pytest.raises(RangeBackwards):
        await book(house, from_="2026-03-02", to="2026-03-01")


async def test_a_day_long_ago_has_nothing(db: Database) -> None:
    house = await founded(db)
    await moved(house)
    long_ago = date(2020, 1, 1).isoformat()
    told = await book(house, from_=long_ago, to=long_ago)
    assert (told["rows"], told["sums"]["balance"], told["brought"]) == ([], 0, {"count": 0, "balance": 0})
