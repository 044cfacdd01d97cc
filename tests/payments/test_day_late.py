"""Days that are closed late, early, or one after the other."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from kiosk.checks import service as checks
from kiosk.core import clock
from kiosk.core.db import Database, Tx
from kiosk.payments import day, drawers, service
from kiosk.payments import till_errors as errors
from kiosk.payments.book import open_book
from kiosk.payments.rules import Given, MovementKind
from kiosk.payments.till_models import Movement
from kiosk.payments.till_queries import book_day, standing
from kiosk.reports.daybook_view import show_daybook
from tests.support.house import House, founded

pytestmark = pytest.mark.slow

FRIDAY, SATURDAY, SUNDAY = date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 8)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> "Wall":
    return Wall(monkeypatch)


class Wall:
    """The clock on the wall, in UTC; the house is in Rome, an hour ahead, and its day ends at four."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def at(self, text: str) -> None:
        instant = datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=UTC)
        self._patch.setattr(clock, "now", lambda: instant)


async def sold(house: House, kind: str = "cash") -> int:
    """A check of 7.00, paid."""
    check_id = await house.act(checks.open_check, "Bar", 1)
    await house.ring(check_id)
    await house.send(check_id)
    return (await house.act(service.settle, check_id, 700, [Given(kind, 700)])).receipt_id


async def days_of(db: Database) -> list[tuple[str, date]]:
    async with db.read() as read:
        found = await read.session.execute(select(Movement.kind, Movement.business_day).order_by(Movement.seq))
        return [(kind, when) for kind, when in found]


async def test_the_count_of_the_morning_after_belongs_to_the_day_that_was_traded(db: Database, wall: Wall) -> None:
    wall.at("06 18:00")
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 1000)
    await sold(house)
    wall.at("07 09:00")
    assert (await house.look(standing)).day == FRIDAY
    await house.act(drawers.count_drawer, mine, {"1000": 1, "500": 1, "200": 1})
    closed = await house.act(day.close_day, FRIDAY, 1)
    assert {when for _, when in await days_of(db)} == {FRIDAY}
    drawer = closed.figures["drawers"][0]
    assert (drawer["expected"], drawer["counted"], drawer["state"]) == (1700, 1700, "closed")
    assert await house.look(book_day) == SATURDAY


async def test_a_drawer_that_went_on_into_the_next_day_is_counted_then(db: Database, wall: Wall) -> None:
    wall.at("06 18:00")
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 1000)
    await sold(house)
    wall.at("07 18:00")
    await sold(house)
    found = await house.look(standing)
    assert (found.day, found.waiting, found.blockers, found.drawers) == (FRIDAY, [SATURDAY], [], [])
    first = await house.act(day.close_day, FRIDAY, 1)
    drawer = first.figures["drawers"][0]
    assert (drawer["expected"], drawer["counted"], drawer["state"]) == (1700, None, "open")
    await house.act(drawers.count_drawer, mine, {"2000": 1, "200": 2})
    second = await house.act(day.close_day, SATURDAY, 2)
    drawer = second.figures["drawers"][0]
    assert (drawer["brought"], drawer["cash"], drawer["expected"], drawer["over_short"]) == (1700, 700, 2400, 0)
    assert [first.figures["turnover"], second.figures["turnover"]] == [700, 700]


async def test_days_are_closed_in_their_order(db: Database, wall: Wall) -> None:
    house: House | None = None
    for when in ("06 18:00", "07 18:00", "08 18:00"):
        wall.at(when)
        house = house or await founded(db)
        await sold(house, "card")
    assert house is not None
    with pytest.raises(errors.AnotherDayFirst, match="Friday 6 March 2026 is to be closed first, with Z 1"):
        await house.act(day.close_day, SATURDAY, 1)
    for number, business_day in enumerate((FRIDAY, SATURDAY, SUNDAY), 1):
        assert (await house.act(day.close_day, business_day, number)).figures["turnover"] == 700
    with pytest.raises(errors.AlreadyClosed, match="Saturday 7 March 2026 was closed already, with Z 2"):
        await house.act(day.close_day, SATURDAY, 4)


async def test_who_closes_before_midnight_goes_on_on_the_next_day(db: Database, wall: Wall) -> None:
    wall.at("06 18:00")
    house = await founded(db)
    await sold(house, "card")
    wall.at("06 21:00")
    await house.act(day.close_day, FRIDAY, 1)
    late = await house.seat()
    await house.ring(late)
    await house.send(late)
    await sold(house, "card")
    found = await house.look(standing)
    assert (found.day, found.number, [one.id for one in found.blockers]) == (SATURDAY, 2, [late])
    wall.at("07 20:00")
    await house.act(service.settle, late, 700, [Given("card", 700)])
    assert (await house.act(day.close_day, SATURDAY, 2)).figures["turnover"] == 1400


async def test_the_day_ends_at_the_cut_over_to_the_microsecond(db: Database, wall: Wall) -> None:
    wall.at("07 02:59:59.999999")
    house = await founded(db)
    await sold(house, "card")
    wall.at("07 03:00")
    await sold(house, "card")
    assert [when for _, when in await days_of(db)] == [FRIDAY, SATURDAY]


async def test_each_act_is_counted_in_one_z_and_carried_checks_on_the_day_they_left(db: Database, wall: Wall) -> None:
    wall.at("06 18:00")
    house = await founded(db)
    check_id = await house.seat()
    lines = [await house.ring(check_id), await house.ring(check_id), await house.ring(check_id)]
    await house.send(check_id)
    await house.act(checks.void_line, lines[0], "Fell down")
    await sold(house, "card")
    wall.at("07 18:00")
    await house.act(checks.void_line, lines[1], "Fell down")
    await house.act(checks.comp_line, lines[2], "Waited long")
    await house.act(day.carry_over, check_id, "They stay")
    first = await house.act(day.close_day, FRIDAY, 1)
    assert first.figures["voids"] == {"count": 1, "amount": 700}
    assert [one["reason"] for one in first.figures["carried"]] == ["They stay"]
    await sold(house, "card")
    await house.act(day.carry_over, check_id, "Still there")
    second = await house.act(day.close_day, SATURDAY, 2)
    assert (second.figures["voids"]["count"], second.figures["comps"]["count"]) == (1, 1)
    assert [one["reason"] for one in second.figures["carried"]] == ["Still there"]


async def test_cash_from_before_there_were_drawers_goes_to_the_safe_first(db: Database) -> None:
    house = await founded(db)

    async def before(tx: Tx, *, by: object) -> None:
        book = await open_book(tx)
        book.move(MovementKind.SALE, "cash:1", 700, by=house.by)
        await book.close()

    await house.act(before)
    mine = await house.act(drawers.open_drawer, 1, 1000)
    counted = await house.act(drawers.count_drawer, mine, {"1000": 1})
    assert counted.expected == 1000


async def test_nothing_begun_is_nothing_to_close(db: Database) -> None:
    house = await founded(db)
    when = (await house.look(standing)).day
    with pytest.raises(errors.NothingToClose, match="there is nothing to close"):
        await house.act(day.close_day, when, 1)


async def test_a_clock_set_back_across_the_cut_over_does_not_turn_the_book_back(db: Database, wall: Wall) -> None:
    wall.at("07 03:30")
    house = await founded(db)
    await sold(house, "card")
    wall.at("07 02:30")
    assert await house.look(book_day) == SATURDAY
    await sold(house, "card")
    assert [when for _, when in await days_of(db)] == [SATURDAY, SATURDAY]
    book = await house.look(show_daybook, {"from": "2026-03-01", "to": "2026-03-31"})
    assert [row["balance"] for row in book["rows"]] == [700, 1400]
    assert book["sums"]["balance"] == 1400


async def test_a_clock_that_had_run_days_ahead_is_not_followed(db: Database, wall: Wall) -> None:
    wall.at("18 18:00")
    house = await founded(db)
    await sold(house, "card")
    wall.at("06 18:00")
    await sold(house, "card")
    assert [when for _, when in await days_of(db)] == [date(2026, 3, 18), FRIDAY]
    assert (await house.act(day.close_day, FRIDAY, 1)).figures["turnover"] == 700
