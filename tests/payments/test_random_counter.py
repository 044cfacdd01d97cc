"""Anything that can be done at the counter, at random: the books agree to the coin, whatever was done."""

import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import update

from kiosk.checks import discounting
from kiosk.checks import service as checks
from kiosk.checks.queries import show_bill
from kiosk.checks.rules import share as share_of
from kiosk.checks.service import Wanted
from kiosk.core.db import Database
from kiosk.core.errors import KioskError
from kiosk.core.models import Venue
from kiosk.core.money import round_to
from kiosk.payments import receipts, service
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.payments.rules import Given
from kiosk.payments.service import Asked
from tests.support import journal
from tests.support.house import House, founded
from tests.support.paying import books_agree, rows

pytestmark = pytest.mark.slow

DISHES = (("Tiramisù", ""), ("Chianti", "Glass"), ("Chianti", "Bottle"), ("Diavola", "Large"))
HOUSES: tuple[dict[str, Any], ...] = (
    {},
    {"cash_step": 5, "service_ppm": 125_000, "service_tax_code": "drinks"},
    {"cash_step": 10, "prices_include_tax": False, "service_per_cover": 250, "service_tax_code": "food"},
    {"tax_per_line": True, "cash_step": 100},
)


@dataclass
class Evening:
    """Some parties, what was paid by them, and what was refused."""

    house: House
    chance: random.Random
    step: int
    parties: list[int] = field(default_factory=list)
    receipts: list[int] = field(default_factory=list)
    refused: int = 0

    async def party(self) -> None:
        check_id = await self.house.act(checks.open_check, "To go", self.chance.randint(1, 5))
        for _ in range(self.chance.randint(1, 4)):
            await self.house.ring(check_id, *self.chance.choice(DISHES), quantity=self.chance.randint(1, 2))
        await self.house.send(check_id)
        if self.chance.random() < 0.4:
            off = self.chance.choice([discounting.Off("Staff", percent="12.5"), discounting.Off("Voucher", amount=333)])
            await self.house.act(discounting.discount, check_id, None, off)
        if self.chance.random() < 0.2:
            line_id = (await self.house.check(check_id))["lines"][0]["id"]
            await self.house.act(checks.comp_line, line_id, "birthday")
        self.parties.append(check_id)

    async def pay(self, check_id: int, *, everything: bool = False) -> None:
        _, bill = await self.house.look(show_bill, check_id)
        wanted = Wanted() if everything else self._wanted(bill)
        share, _ = share_of(bill, wanted)
        paid = await self.house.act(service.settle, check_id, share.total, self._tenders(share.total), wanted=wanted)
        self.receipts.append(paid.receipt_id)

    def _wanted(self, bill: Any) -> Wanted:
        kind = self.chance.choice(["even", "amount", "parts", "rest"])
        if kind == "even":
            return Wanted(even=self.chance.randint(2, 4))
        if kind == "amount" and bill.total:
            return Wanted(amount=self.chance.randint(1, bill.total))
        if kind == "parts" and bill.by_line:
            some = self.chance.sample(bill.by_line, self.chance.randint(1, len(bill.by_line)))
            return Wanted(parts={row.key: self.chance.choice([1, 1, 2, 3]) for row in some})
        return Wanted()

    def _tenders(self, total: int) -> list[Given]:
        tenders, rest = [], total
        while rest and self.chance.random() < 0.5:
            part, tip = self.chance.randint(1, rest), self.chance.choice([0, 0, 150])
            tenders.append(Given(self.chance.choice(["card", "wallet"]), part + tip, tip))
            rest -= part
        if rest and self.chance.random() < 0.2:
            return [*tenders, Given("voucher", rest, note="V-1")]
        if rest and round_to(rest, self.step):
            tenders.append(Given("cash", round_to(rest, self.step) + 100 * self.chance.randint(0, 9)))
        elif rest:
            tenders.append(Given("card", rest))
        return tenders

    async def give_back(self) -> None:
        receipt_id = self.chance.choice(self.receipts)
        act = self.chance.choice(["undo", "line", "whole", "correct"])
        if act == "undo":
            await self.house.act(service.undo_payment, receipt_id)
        elif act == "line":
            left = (await self.house.look(receipts.show_issued, receipt_id)).left()
            line = self.chance.choice(left.lines)
            amount = self.chance.choice([None, self.chance.randint(1, max(line.gross, 1))])
            await self.house.act(service.refund, receipt_id, Asked({line.position: amount}), "cold")
        elif act == "whole":
            await self.house.act(service.refund, receipt_id, Asked(with_tip=self.chance.random() < 0.5), "cold")
        else:
            kind = self.chance.choice(["cash", "card", "wallet"])
            done = await self.house.act(service.correct_tender, receipt_id, 0, kind, "wrong key")
            self.receipts.append(done.receipt_id)

    async def something(self) -> None:
        try:
            if not self.parties or self.chance.random() < 0.25:
                await self.party()
            elif self.receipts and self.chance.random() < 0.35:
                await self.give_back()
            else:
                await self.pay(self.chance.choice(self.parties[-3:]))
        except KioskError:
            self.refused += 1


@pytest.mark.parametrize("no", range(len(HOUSES)))
@pytest.mark.parametrize("acts", [25, pytest.param(1500, marks=pytest.mark.million)])
async def test_the_books_agree_whatever_was_done(db: Database, no: int, acts: int) -> None:
    house = await founded(db)
    if HOUSES[no]:
        await db.run(lambda tx: tx.change(update(Venue).values(**HOUSES[no])))
    evening = Evening(house, random.Random(100 * acts + no), HOUSES[no].get("cash_step", 0))
    for _ in range(acts):
        await evening.something()
    for check_id in evening.parties:
        if (await house.check(check_id))["state"] == "open":
            await evening.pay(check_id, everything=True)
    assert evening.receipts
    await books_agree(db)
    await receipts_are_whole(db)
    for check_id in evening.parties:
        assert (await house.check(check_id))["state"] == "closed"
    assert await journal.is_whole(db)


async def receipts_are_whole(db: Database) -> None:
    """Lines, tax table, tenders and head of every receipt come to the same."""
    async with db.read() as read:
        venue = await read.venue()
    lines, taxes, tenders = await rows(db, ReceiptLine), await rows(db, ReceiptTax), await rows(db, Tender)
    for one in await rows(db, Receipt):
        table = [row for row in taxes if row.receipt_id == one.id]
        assert (one.net, one.tax) == (sum(row.net for row in table), sum(row.tax for row in table))
        assert one.total == one.net + one.tax == sum(row.gross for row in table)
        added = 0 if venue.prices_include_tax else one.tax
        assert one.total == one.gross_lines - one.discount + one.service_charge + added
        mine = [row for row in tenders if row.receipt_id == one.id]
        assert one.total == sum(row.amount for row in mine)
        assert (one.tip, one.cash_rounding) == (sum(row.tip for row in mine), sum(row.rounding for row in mine))
        assert all(row.given == row.amount + row.tip + row.rounding + row.change_due for row in mine)
        dishes = [row for row in lines if row.receipt_id == one.id]
        service_gross = one.total - sum(row.amount for row in dishes)
        assert service_gross == one.service_charge or not venue.prices_include_tax
        assert abs(service_gross) >= abs(one.service_charge)
