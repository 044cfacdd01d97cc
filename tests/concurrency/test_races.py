"""Many tablets at the same check at the same instant, on both engines."""

import asyncio
from collections import Counter

from kiosk.checks import service as checks
from kiosk.core.db import Database
from kiosk.core.errors import KioskError
from kiosk.menu import service as menu
from kiosk.payments import service as payments
from kiosk.payments.rules import Given, TenderKind
from tests.support import journal
from tests.support.house import founded

CARD_700 = [Given(TenderKind.CARD, 700)]


async def test_two_tablets_ringing_one_check_lose_no_line(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()

    async def tablet() -> None:
        for _ in range(40):
            await house.ring(check_id)

    await asyncio.gather(tablet(), tablet())
    check = await house.check(check_id)
    assert (len(check["lines"]), check["sums"]["total"]) == (80, 56_000)


async def test_eight_tablets_sending_together_give_one_ticket(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(check_id)
    outcomes = await asyncio.gather(*(house.send(check_id) for _ in range(8)), return_exceptions=True)
    assert Counter(type(outcome).__name__ for outcome in outcomes) == {"int": 1, "NothingToSend": 7}
    assert len((await house.board())["tickets"]) == 1


async def test_a_table_seated_by_eight_tablets_has_one_check(db: Database) -> None:
    house = await founded(db)
    assert len(set(await asyncio.gather(*(house.seat() for _ in range(8))))) == 1


async def test_the_last_portion_is_sold_once(db: Database) -> None:
    house = await founded(db)
    await house.act(menu.eighty_six, await house.item("Tiramisù"), is_out=False, portions_left=1)
    parties = [await house.act(checks.open_check, f"T{n}", 1) for n in range(8)]
    for check_id in parties:
        await house.ring(check_id)
    outcomes = await asyncio.gather(*(house.send(check_id) for check_id in parties), return_exceptions=True)
    assert sum(outcome == 1 for outcome in outcomes) == 1
    assert all(isinstance(outcome, int | KioskError) for outcome in outcomes)
    assert len((await house.board())["tickets"]) == 1


async def test_fifty_tills_settling_one_check_have_one_winner(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(check_id)
    await house.send(check_id)
    tills = (house.act(payments.settle, check_id, 700, CARD_700) for _ in range(50))
    outcomes = await asyncio.gather(*tills, return_exceptions=True)
    assert Counter(type(outcome).__name__ for outcome in outcomes) == {"Settled": 1, "CheckClosed": 49}


async def test_receipt_numbers_have_no_gap_and_the_journal_no_broken_link(db: Database) -> None:
    house = await founded(db)
    parties = [await house.act(checks.open_check, f"T{n}", 1) for n in range(12)]
    for check_id in parties:
        await house.ring(check_id)
        await house.send(check_id)
    short = [Given(TenderKind.CARD, 1)]
    tills = [
        house.act(payments.settle, check_id, 700, tenders) for check_id in parties for tenders in (short, CARD_700)
    ]
    outcomes = await asyncio.gather(*tills, return_exceptions=True)
    numbers = sorted(int(outcome.number) for outcome in outcomes if isinstance(outcome, payments.Settled))
    assert numbers == list(range(1, 13))
    assert await journal.is_whole(db)
