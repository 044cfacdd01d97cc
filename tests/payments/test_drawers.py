from typing import Any

import pytest
from sqlalchemy import select

from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database, Tx
from kiosk.core.money import Currency
from kiosk.payments import drawers, pieces
from kiosk.payments import till_errors as errors
from kiosk.payments.rules import DrawerState, MovementKind
from kiosk.payments.till_models import Drawer, Movement
from tests.support import journal
from tests.support.house import House, founded


async def movements(house: House) -> list[tuple[str, str, int, int]]:
    async with house.db.read() as read:
        found = await read.session.scalars(select(Movement).order_by(Movement.seq))
        return [(one.kind, one.account, one.amount, one.account_balance) for one in found]


async def drawer(house: House, drawer_id: int) -> Drawer:
    async with house.db.read() as read:
        return (await read.session.scalars(select(Drawer).where(Drawer.id == drawer_id))).one()


async def cash(house: House, drawer_id: int | None = None, **who: Any) -> Drawer:
    """The drawer that cash of somebody goes into now."""

    async def take(tx: Tx, *, by: Actor) -> Drawer:
        return await drawers.for_cash(tx, by, drawer_id)

    return await house.act(take, by=Actor(house.by.venue_id, who.pop("person", None), "Ana", Role.CASHIER, **who))


async def test_a_drawer_goes_from_its_float_to_the_safe_and_leaves_its_account_empty(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 30_000)
    await house.act(drawers.pay_in, mine, 5_000, "Change from the bank")
    await house.act(drawers.pay_out, mine, 1_850, "Taxi home", "expense")
    await house.act(drawers.drop, mine, 10_000, "Bag 318")
    counted = await house.act(drawers.count_drawer, mine, {"10000": 2, "2000": 1, "1000": 1, "100": 1, "50": 1})
    assert (counted.expected, counted.counted) == (23_150, 23_150)
    await house.act(drawers.close_drawer, mine)
    assert await movements(house) == [
        (MovementKind.FLOAT, "cash:1", 30_000, 30_000),
        (MovementKind.PAY_IN, "cash:1", 5_000, 35_000),
        (MovementKind.PAY_OUT, "cash:1", -1_850, 33_150),
        (MovementKind.DROP, "cash:1", -10_000, 23_150),
        (MovementKind.TO_SAFE, "cash:1", -23_150, 0),
    ]
    closed = await drawer(house, mine)
    assert (closed.state, closed.open_till) == (DrawerState.CLOSED, None)
    assert (await journal.acts(db))[-6:] == [
        *("drawer_opened", "pay_in", "pay_out", "drop", "drawer_counted", "drawer_closed"),
    ]


async def test_cash_without_a_drawer_opens_the_first_till_with_nothing_in_it(db: Database) -> None:
    house = await founded(db)
    first, again = await cash(house), await cash(house)
    assert (first.till, first.opening_float, first.id) == (1, 0, again.id)


async def test_cash_goes_into_the_drawer_of_the_device_then_of_the_person_then_of_the_lowest_till(db: Database) -> None:
    house = await founded(db)
    for till, device, person in ((3, 30, 300), (2, 20, 200), (4, 40, 400)):
        who = Actor(house.by.venue_id, None, "Ana", Role.CASHIER, device_id=device)
        opened = await house.act(drawers.open_drawer, till, 0, by=who)
        await house.act(_hold, opened, person)
    assert (await cash(house, device_id=40, person=300)).till == 4
    assert (await cash(house, device_id=99, person=300)).till == 3
    assert (await cash(house)).till == 2


async def _hold(tx: Tx, drawer_id: int, person_id: int, *, by: Actor) -> None:
    (await tx.session.get_one(Drawer, drawer_id)).holder_id = person_id


async def test_a_counted_drawer_takes_no_more_cash_and_nothing_by_hand(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 10_000)
    await house.act(drawers.count_drawer, mine, {"10000": 1})
    with pytest.raises(errors.DrawerCounted, match="Drawer 1 was counted by command line"):
        await cash(house)
    with pytest.raises(errors.DrawerCounted):
        await house.act(drawers.drop, mine, 100)
    with pytest.raises(errors.DrawerCounted):
        await house.act(drawers.count_drawer, mine, {})
    await house.act(drawers.close_drawer, mine)
    with pytest.raises(errors.DrawerShut, match=r"Drawer 1 is closed\. Open it with a float first"):
        await cash(house, mine)
    assert (await cash(house)).id != mine


async def test_one_counts_once_again_and_no_more(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 10_000)
    with pytest.raises(errors.NotCounted):
        await house.act(drawers.recount_drawer, mine, {})
    await house.act(drawers.count_drawer, mine, {"5000": 1})
    again = await house.act(drawers.recount_drawer, mine, {"5000": 2})
    assert (again.counted, again.expected, [count["sum"] for count in again.counts]) == (10_000, 10_000, [5000, 10_000])
    with pytest.raises(errors.CountedTwice):
        await house.act(drawers.recount_drawer, mine, {})


async def test_past_what_the_house_allows_a_drawer_asks_for_a_reason(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 10_000)
    await house.act(drawers.count_drawer, mine, {"5000": 1, "2000": 2, "200": 2, "50": 1, "20": 2})
    with pytest.raises(errors.ReasonNeeded, match=r"Drawer 1 is short 5\.10, more than goes without a word"):
        await house.act(drawers.close_drawer, mine)
    await house.act(drawers.close_drawer, mine, "A note was torn")
    assert (await movements(house))[1:] == [
        (MovementKind.OVER_SHORT, "cash:1", -510, 9490),
        (MovementKind.TO_SAFE, "cash:1", -9490, 0),
    ]


async def test_a_difference_within_what_is_allowed_needs_no_word(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 10_000)
    await house.act(drawers.count_drawer, mine, {"10000": 1, "500": 1})
    assert (await house.act(drawers.close_drawer, mine)).counted == 10_500


async def test_a_drawer_never_gives_more_than_it_holds(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 1000)
    with pytest.raises(errors.HoldsLess, match=r"Drawer 1 does not hold 10\.01"):
        await house.act(drawers.pay_out, mine, 1001, "Taxi", "expense")
    await house.act(drawers.drop, mine, 1000)
    assert (await movements(house))[-1][-1] == 0


async def test_what_moves_no_money_is_in_the_book_with_nothing(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 1000)
    await house.act(drawers.no_sale, mine, "Change for the bar")
    await house.act(drawers.hand_over_drawer, mine)
    assert [row[0] for row in await movements(house)][1:] == [MovementKind.NO_SALE, MovementKind.HAND_OVER]
    assert {row[-1] for row in await movements(house)} == {1000}


async def test_one_till_has_one_drawer_at_a_time(db: Database) -> None:
    house = await founded(db)
    await house.act(drawers.open_drawer, 1, 0)
    with pytest.raises(errors.TillTaken, match="Drawer 1 is open already, command line has it"):
        await house.act(drawers.open_drawer, 1, 0)
    with pytest.raises(errors.TillUnreadable):
        await house.act(drawers.open_drawer, 0, 0)


@pytest.mark.parametrize("counted", [{"300": 1}, {"50": -1}, {"50": 100_001}, {"fifty": 1}, {"050": 1}])
async def test_only_coins_and_notes_are_counted(db: Database, counted: dict[str, int]) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 0)
    with pytest.raises(errors.StrangePieces, match="is not among the coins and notes of EUR"):
        await house.act(drawers.count_drawer, mine, counted)
    assert (await drawer(house, mine)).state is DrawerState.OPEN


async def test_money_by_hand_has_an_amount_and_a_word(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 0)
    with pytest.raises(errors.AmountMissing):
        await house.act(drawers.pay_in, mine, 0, "Change")
    with pytest.raises(errors.SayWhy):
        await house.act(drawers.pay_in, mine, 100, "  ")
    with pytest.raises(errors.DrawerGone):
        await house.act(drawers.pay_in, 1, 100, "Change")


def test_every_currency_has_its_coins_and_notes() -> None:
    assert pieces.denominations(Currency("EUR"))[-10:] == [1000, 500, 200, 100, 50, 20, 10, 5, 2, 1]
    assert pieces.denominations(Currency("JPY"))[0] == 10_000
    assert pieces.denominations(Currency("BHD"))[-1] == 5
    assert pieces.denominations(Currency("XOF")) == [
        *(100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    ]
