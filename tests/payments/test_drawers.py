import pytest
from sqlalchemy import select

from kiosk.core.db import Database
from kiosk.payments import drawers
from kiosk.payments import till_errors as errors
from kiosk.payments.rules import DrawerState, MovementKind
from kiosk.payments.till_models import Drawer, Movement
from tests.support.house import House, founded


async def movements(house: House) -> list[tuple[str, str, int, int]]:
    async with house.db.read() as read:
        found = await read.session.scalars(select(Movement).order_by(Movement.seq))
        return [(one.kind, one.account, one.amount, one.account_balance) for one in found]


async def drawer(house: House, drawer_id: int) -> Drawer:
    async with house.db.read() as read:
        return (await read.session.scalars(select(Drawer).where(Drawer.id == drawer_id))).one()


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


async def test_cash_without_a_drawer_opens_the_first_till_with_nothing_in_it(db: Database) -> None:
    house = await founded(db)

    async def take(tx, *, by):  # type: ignore[no-untyped-def]
        return await drawers.for_cash(tx, by, None)

    first = await house.act(take)
    again = await house.act(take)
    assert (first.till, first.opening_float, first.id) == (1, 0, again.id)


async def test_a_counted_drawer_takes_no_more_cash(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 10_000)
    await house.act(drawers.count_drawer, mine, {"10000": 1})

    async def take(tx, *, by):  # type: ignore[no-untyped-def]
        return await drawers.for_cash(tx, by, None)

    with pytest.raises(errors.DrawerCounted, match="Drawer 1 was counted by command line"):
        await house.act(take)
