"""What tests of the counter need: a party that has eaten, and the rows that were written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from kiosk.checks import service as checks
from kiosk.core.db import Database
from kiosk.payments.models import Receipt, Tender
from kiosk.payments.till_models import MoneyHead, Movement
from tests.support.house import House


async def eaten(house: House, label: str = "1") -> int:
    """A check of 7.00 food and 6.20 wine for two, sent: 13.20, of which 1.76 tax."""
    check_id = await house.seat(label)
    await house.ring(check_id)
    await house.ring(check_id, "Chianti", "Glass")
    await house.send(check_id)
    return check_id


async def taken_away(house: House, dishes: int = 1) -> int:
    """A check without a table, with dishes of 7.00, sent."""
    check_id = await house.act(checks.open_check, "To go", 1)
    for _ in range(dishes):
        await house.ring(check_id)
    await house.send(check_id)
    return check_id


async def rows(db: Database, table: Any) -> list[Any]:
    """All rows of a table in the order of its key."""
    async with db.read() as read:
        return list((await read.session.scalars(select(table).order_by(*table.__table__.primary_key))).all())


async def books_agree(db: Database) -> None:
    """Turnover is tenders less tips; every tender is in the book, whose balances are its movements' sums.

    Receipt numbers have no gap.
    """
    async with db.read() as read:
        ours = select(Receipt).where(Receipt.series == "")
        receipts = (await read.session.scalars(ours)).all()
        turnover = sum(one.total for one in receipts)
        kept = select(func.sum(Tender.given - Tender.change_due - Tender.tip - Tender.rounding))
        tenders = int((await read.session.execute(kept)).scalar() or 0)
        movements = (await read.session.scalars(select(Movement).order_by(Movement.seq))).all()
        head = (await read.session.scalars(select(MoneyHead))).one()
        stays = int((await read.session.execute(select(func.sum(Tender.given - Tender.change_due)))).scalar() or 0)
    assert turnover == tenders
    assert sorted(int(one.number) for one in receipts) == list(range(1, len(receipts) + 1))
    assert [one.seq for one in movements] == list(range(1, len(movements) + 1))
    assert sum(one.amount for one in movements if one.receipt_id) == stays
    assert head.balance == sum(one.amount for one in movements) == sum(head.accounts.values())
    assert head.receipt_no == len(receipts)
