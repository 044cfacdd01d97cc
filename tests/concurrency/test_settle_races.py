"""Many tills at the same check, or the same receipt, at the same instant: one wins, nothing is half done."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable
from typing import Any

import pytest

from kiosk.checks import discounting
from kiosk.checks import service as checks
from kiosk.checks.service import Wanted
from kiosk.core.db import Database
from kiosk.core.errors import KioskError
from kiosk.payments import drawers, service, till_locks
from kiosk.payments.book import cash_account
from kiosk.payments.models import Receipt, ReceiptLine, Tender
from kiosk.payments.rules import Given
from kiosk.payments.service import Asked
from kiosk.payments.till_models import Drawer, MoneyHead
from tests.support import journal
from tests.support.house import founded
from tests.support.paying import books_agree, eaten, rows, taken_away

pytestmark = pytest.mark.slow


async def at_once(*taps: Awaitable[Any]) -> list[Any]:
    """What each of them was told; anything but an answer or a refusal is a fault."""
    told = await asyncio.gather(*taps, return_exceptions=True)
    assert all(not isinstance(one, BaseException) or isinstance(one, KioskError) for one in told), told
    return list(told)


def counted(told: list[Any]) -> dict[str, int]:
    return dict(Counter(type(one).__name__ for one in told))


async def whole(db: Database) -> None:
    """The books agree, and the journal has every settlement once."""
    await books_agree(db)
    assert await journal.is_whole(db)
    sales = [one for one in await rows(db, Receipt) if one.kind == "sale" and not one.is_correction]
    assert (await journal.acts(db)).count("settled") == len(sales)


@pytest.mark.parametrize(
    ("wanted", "total", "refusal"),
    [
        (Wanted(), 1320, "CheckClosed"),
        (Wanted(even=3), 440, "BillChanged"),
        (Wanted(amount=1000), 1000, "ShareTooLarge"),
    ],
)
async def test_fifty_tills_settling_one_share_have_one_winner(
    db: Database, wanted: Wanted, total: int, refusal: str
) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    tills = (house.act(service.settle, check_id, total, [Given("card", total)], wanted=wanted) for _ in range(50))
    assert counted(await at_once(*tills)) == {"Settled": 1, refusal: 49}
    assert len(await rows(db, Receipt)) == len(await rows(db, Tender)) == 1
    assert (await house.check(check_id))["open"] == 1320 - total
    await whole(db)


async def test_fifty_tills_settling_one_line_have_one_winner(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    wine = (await house.check(check_id))["lines"][1]["id"]
    share = {"wanted": Wanted(parts={wine: 1})}
    tills = (house.act(service.settle, check_id, 620, [Given("cash", 1000)], **share) for _ in range(50))
    assert counted(await at_once(*tills)) == {"Settled": 1, "ShareGone": 49}
    await whole(db)


async def test_payers_of_one_table_settle_at_the_same_instant_and_the_last_closes_it(db: Database) -> None:
    house = await founded(db)
    check_id = await taken_away(house, dishes=6)
    lines = [line["id"] for line in (await house.check(check_id))["lines"]]
    tills = (
        house.act(service.settle, check_id, 700, [Given("card", 700)], wanted=Wanted(parts={line_id: 1}))
        for line_id in lines
    )
    settled = await at_once(*tills)
    assert counted(settled) == {"Settled": 6}
    assert sorted(one.rest for one in settled) == [0, 700, 1400, 2100, 2800, 3500]
    assert [one.closed for one in sorted(settled, key=lambda one: one.share_no)] == [False] * 5 + [True]
    assert sum(line.quantity for line in await rows(db, ReceiptLine)) == 6
    assert (await house.check(check_id))["state"] == "closed"
    await whole(db)


async def test_what_is_rung_voided_or_discounted_at_the_same_instant_is_before_or_after_the_payment(
    db: Database,
) -> None:
    house = await founded(db)
    chance = random.Random(50)
    for _ in range(6):
        check_id = await taken_away(house, dishes=3)
        lines = [line["id"] for line in (await house.check(check_id))["lines"]]
        taps = [
            house.act(service.settle, check_id, 700, [Given("card", 700)], wanted=Wanted(parts={lines[0]: 1})),
            house.act(service.settle, check_id, 2100, [Given("cash", 2100)]),
            house.ring(check_id),
            house.act(checks.void_line, lines[1], "cold"),
            house.act(discounting.discount, check_id, None, discounting.Off(name="Staff", amount=300)),
        ]
        chance.shuffle(taps)
        await at_once(*taps)
        check = await house.check(check_id)
        paid = [one for one in await rows(db, Receipt) if one.check_id == check_id]
        assert check["paid"] == sum(one.total for one in paid)
        assert check["state"] == "closed" or check["paid"] + check["open"] == check["sums"]["total"]
    await whole(db)


async def test_a_line_given_back_by_twenty_tills_goes_back_once(db: Database) -> None:
    house = await founded(db)
    receipt_id = (await house.act(service.settle, await eaten(house), 1320, [Given("card", 1320)])).receipt_id
    tills = (house.act(service.refund, receipt_id, Asked({0: None}), "cold") for _ in range(20))
    assert counted(await at_once(*tills)) == {"Refunded": 1, "LineLeft": 19}
    await whole(db)


async def test_many_small_refunds_at_once_never_come_to_more_than_was_paid(db: Database) -> None:
    house = await founded(db)
    tenders = [Given("card", 500), Given("cash", 820)]
    receipt_id = (await house.act(service.settle, await eaten(house), 1320, tenders)).receipt_id
    tills = (house.act(service.refund, receipt_id, Asked({place % 2: 150}), "cold") for place in range(24))
    told = counted(await at_once(*tills))
    assert told == {"Refunded": 8, "LineLeft": 16}
    assert sum(one.total for one in await rows(db, Receipt)) == 1320 - 8 * 150
    await whole(db)


async def test_undone_corrected_or_refunded_at_once_it_is_one_of_them(db: Database) -> None:
    house = await founded(db)
    for _ in range(4):
        check_id = await taken_away(house, dishes=2)
        share = {"wanted": Wanted(even=2)}
        receipt_id = (await house.act(service.settle, check_id, 700, [Given("cash", 700)], **share)).receipt_id
        told = await at_once(
            house.act(service.undo_payment, receipt_id),
            house.act(service.correct_tender, receipt_id, 0, "card", "it was a card"),
            house.act(service.refund, receipt_id, Asked(), "cold"),
            house.act(service.settle, check_id, 700, [Given("card", 700)]),
        )
        done = [type(one).__name__ for one in told if not isinstance(one, KioskError)]
        assert len([name for name in done if name != "Settled"]) == 1
    await whole(db)


async def test_cash_settled_while_its_drawer_is_counted_is_counted_or_refused(db: Database) -> None:
    house = await founded(db)
    drawer_id = await house.act(drawers.open_drawer, 1, 10_000)
    parties = [await taken_away(house) for _ in range(8)]
    pieces = {"5000": 2}
    taps: list[Awaitable[Any]] = [house.act(service.settle, one, 700, [Given("cash", 700)]) for one in parties]
    taps.insert(4, house.act(drawers.count_drawer, drawer_id, pieces))
    told = await at_once(*taps)
    settled = sum(type(one).__name__ == "Settled" for one in told)
    (drawer,) = await rows(db, Drawer)
    assert drawer.expected == 10_000 + 700 * settled
    assert counted(told) == {"Settled": settled, "Drawer": 1, **({"DrawerCounted": 8 - settled} if settled < 8 else {})}
    (head,) = await rows(db, MoneyHead)
    assert head.accounts[cash_account(1)] == drawer.expected
    await whole(db)


async def test_tills_without_a_drawer_open_one_together(db: Database) -> None:
    house = await founded(db)
    parties = [await taken_away(house) for _ in range(8)]
    taps = (house.act(service.settle, one, 700, [Given("cash", 1000)]) for one in parties)
    assert counted(await at_once(*taps)) == {"Settled": 8}
    assert len(await house.look(till_locks.not_closed)) == 1
    (head,) = await rows(db, MoneyHead)
    assert head.accounts == {cash_account(1): 5600}
    await whole(db)
