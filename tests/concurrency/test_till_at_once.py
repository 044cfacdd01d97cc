"""Many hands at the till at once: one count, one Z, and no coin between two days."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from typing import Any

from sqlalchemy import func, select

from kiosk.checks import service as checks
from kiosk.core.db import Database
from kiosk.core.errors import KioskError
from kiosk.payments import day, drawers, service
from kiosk.payments.models import Receipt
from kiosk.payments.rules import DrawerState, Given
from kiosk.payments.till_models import Drawer, MoneyHead, Movement, ZReport
from kiosk.payments.till_queries import standing
from tests.support import journal
from tests.support.house import House, founded

HANDS = 8


async def at_once(*work: Awaitable[Any]) -> Counter[str]:
    """Do everything at once; how often what came of it, refusals by their name. Anything else is raised."""
    answers = await asyncio.gather(*work, return_exceptions=True)
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, KioskError):
            raise answer
    return Counter(type(answer).__name__ if isinstance(answer, KioskError) else "done" for answer in answers)


async def sent(house: House) -> int:
    """A check of 7.00."""
    check_id = await house.act(checks.open_check, "Bar", 1)
    await house.ring(check_id)
    await house.send(check_id)
    return check_id


async def one(db: Database, statement: Any) -> Any:
    async with db.read() as read:
        return (await read.session.execute(statement)).scalar_one()


async def test_of_many_who_count_a_drawer_one_counts_it(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 10_000)
    came = await at_once(*(house.act(drawers.count_drawer, mine, {"5000": n % 3}) for n in range(HANDS)))
    assert came == {"done": 1, "DrawerCounted": HANDS - 1}
    assert len(await one(db, select(Drawer.counts))) == 1


async def test_of_many_first_tenders_in_cash_one_opens_the_drawer(db: Database) -> None:
    house = await founded(db)
    ids = [await sent(house) for _ in range(HANDS)]
    came = await at_once(*(house.act(service.settle, check_id, 700, [Given("cash", 1000)]) for check_id in ids))
    assert came == {"done": HANDS}
    assert await one(db, select(func.count()).select_from(Drawer)) == 1
    assert await one(db, select(MoneyHead.accounts)) == {"cash:1": HANDS * 700}


async def test_a_tender_is_in_the_drawer_before_its_count_or_refused_after_it(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 10_000)
    ids = [await sent(house) for _ in range(HANDS)]
    work: list[Awaitable[Any]] = [
        house.act(service.settle, check_id, 700, [Given("cash", 1000)], drawer_id=mine) for check_id in ids
    ]
    work.insert(HANDS // 2, house.act(drawers.count_drawer, mine, {"10000": 1}))
    came = await at_once(*work)
    paid = came["done"] - 1
    assert came["DrawerCounted"] == HANDS - paid
    async with db.read() as read:
        found = (await read.session.scalars(select(Drawer))).one()
    assert found.state is DrawerState.COUNTED
    assert found.expected == 10_000 + 700 * paid
    assert await one(db, select(MoneyHead.accounts)) == {"cash:1": found.expected}


async def test_of_many_who_close_the_day_one_writes_its_z(db: Database) -> None:
    house = await founded(db)
    await house.act(service.settle, await sent(house), 700, [Given("card", 700)])
    when = (await house.look(standing)).day
    came = await at_once(*(house.act(day.close_day, when, 1) for _ in range(HANDS)))
    assert came == {"done": 1, "AlreadyClosed": HANDS - 1}
    assert await one(db, select(func.count()).select_from(ZReport)) == 1
    assert await journal.is_whole(db)


async def test_a_tender_beside_the_close_is_in_the_z_or_in_the_next_day(db: Database) -> None:
    """Cards settle while the day is being closed: each receipt is in the Z with its tender, or on the day after."""
    house = await founded(db)
    await house.act(service.settle, await sent(house), 700, [Given("card", 700)])
    when = (await house.look(standing)).day
    ids = [await sent(house) for _ in range(HANDS)]
    for check_id in ids[: HANDS // 2]:
        await house.act(day.carry_over, check_id, "They stay")
    work: list[Awaitable[Any]] = [house.act(service.settle, check_id, 700, [Given("card", 700)]) for check_id in ids]
    closing = [house.act(day.close_day, when, 1) for _ in range(2)]
    await at_once(*work[: HANDS // 2], *closing, *work[HANDS // 2 :])
    while await one(db, select(func.count()).select_from(ZReport)) == 0:
        await house.act(day.close_day, when, 1)
    figures = await one(db, select(ZReport.figures))
    in_day = select(func.sum(Receipt.total)).where(Receipt.business_day == when)
    assert figures["turnover"] == int(await one(db, in_day))
    assert figures["difference"] == 0
    moved = int(await one(db, select(func.sum(Movement.amount))))
    assert moved == (HANDS + 1) * 700
    assert await journal.is_whole(db)


async def test_of_many_who_open_a_till_one_does(db: Database) -> None:
    house = await founded(db)
    came = await at_once(*(house.act(drawers.open_drawer, 3, 100 * n) for n in range(HANDS)))
    assert came == {"done": 1, "TillTaken": HANDS - 1}
    assert await one(db, select(func.count()).select_from(Movement)) == 1
