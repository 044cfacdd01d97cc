"""One tap is one payment: the same key answers with the same receipt, whatever else it says is refused."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.core.db import Database
from kiosk.payments.models import Receipt
from tests.support import counter
from tests.support.counter import Counter, sentence
from tests.support.paying import books_agree, eaten, rows


@pytest.fixture
async def house(db: Database, tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter.opened(db, tmp_path) as opened:
        yield opened


async def test_a_tap_sent_twenty_times_is_one_receipt_and_twenty_times_the_same_answer(house: Counter) -> None:
    ana, check_id, key = await house.tablet("Ana"), await eaten(house.house), uuid4()
    pay = {"check_id": check_id, "share": {"even": 2}, "total": 660, "tenders": [{"kind": "cash", "given": 1000}]}
    answers = await asyncio.gather(*(ana.act("settle", key=key, **pay) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert len(await rows(house.house.db, Receipt)) == 1
    assert (await ana.act("settle", key=key, **pay)).text == answers[0].text
    await books_agree(house.house.db)


@pytest.mark.parametrize(
    "other",
    [
        {"total": 661},
        {"tenders": [{"kind": "cash", "given": 2000}]},
        {"tenders": [{"kind": "card", "given": 660}]},
        {"share": {"amount": 660}},
    ],
)
async def test_the_same_key_with_another_amount_tender_or_share_is_refused(
    house: Counter, other: dict[str, object]
) -> None:
    ana, check_id, key = await house.tablet("Ana"), await eaten(house.house), uuid4()
    pay = {"check_id": check_id, "share": {"even": 2}, "total": 660, "tenders": [{"kind": "cash", "given": 1000}]}
    assert (await ana.act("settle", key=key, **pay)).status_code == 200
    assert sentence(await ana.act("settle", key=key, **{**pay, **other})) == (422, "key_reused")
    assert len(await rows(house.house.db, Receipt)) == 1


async def test_a_refund_sent_twice_gives_back_once(house: Counter) -> None:
    sofia, check_id, key = await house.tablet("Sofia"), await eaten(house.house), uuid4()
    paid = await sofia.act("settle", check_id=check_id, total=1320, tenders=[{"kind": "card", "given": 1320}])
    back = {
        "receipt_id": paid.json()["result"]["receipt_id"],
        "reason": "cold",
        "lines": [{"position": 0, "amount": 100}],
    }
    answers = await asyncio.gather(*(sofia.act("refund", key=key, **back) for _ in range(5)))
    assert len({answer.text for answer in answers}) == 1
    assert [one.total for one in await rows(house.house.db, Receipt)] == [1320, -100]


@pytest.mark.parametrize(
    "tender",
    [
        {"kind": "card", "given": 0},
        {"kind": "card", "given": -5},
        {"kind": "card", "given": 13.2},
        {"kind": "card", "given": "1320"},
        {"kind": "card", "given": 10**13},
        {"kind": "card", "given": 1320, "card_number": "4111111111111111"},
        {"kind": "card"},
        {"kind": "x" * 100, "given": 1320},
    ],
)
async def test_a_tender_nobody_can_mean_is_refused_and_nothing_is_paid(
    house: Counter, tender: dict[str, object]
) -> None:
    ana, check_id = await house.tablet("Ana"), await eaten(house.house)
    answer = await ana.act("settle", check_id=check_id, total=1320, tenders=[tender])
    assert sentence(answer) == (422, "unreadable")
    assert await rows(house.house.db, Receipt) == []
