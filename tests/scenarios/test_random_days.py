"""Days nobody planned: random menus, prices, taxes and tenders; the books must equal a sum made apart from them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import select, update

from kiosk.checks import service as checks
from kiosk.checks.service import Wish
from kiosk.core import clock
from kiosk.core.db import Database, Tx
from kiosk.core.models import Venue
from kiosk.core.money import Rounding
from kiosk.menu.models import Item, Portion
from kiosk.payments import service as payments
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.payments.rules import Given, TenderKind
from kiosk.reports import figures
from menus import document as menus
from tests.support import journal
from tests.support.databases import Databases
from tests.support.house import House, founded

pytestmark = pytest.mark.slow

CURRENCIES = {"JPY": (1, 10, 100), "EUR": (0, 5, 10, 100), "BHD": (0, 5, 50, 1000)}
"""With 0, 2 and 3 decimals, and the steps in which cash may be paid."""
RATES = (0, 40_000, 62_500, 70_000, 100_000, 190_000, 255_000)


@dataclass
class Plan:
    """The rules of a random day."""

    currency: str
    cash_step: int
    included: bool
    per_line: bool
    rounding: Rounding
    rates: list[int]
    prices: dict[str, int]

    def menu(self) -> menus.MenuDocument:
        items = [
            menus.Item(code=code, name=code, tax_class=f"r{place % len(self.rates)}", portions=[_portion(price)])
            for place, (code, price) in enumerate(self.prices.items())
        ]
        return menus.MenuDocument(
            name="Random",
            currency=self.currency,
            tax_classes=[
                menus.TaxClass(code=f"r{place}", name=f"Rate {place}", eat_in_ppm=rate, take_away_ppm=rate)
                for place, rate in enumerate(self.rates)
            ],
            categories=[
                menus.Category(code=f"c{place}", name=f"Category {place}", stations=["grill"], items=items[place::3])
                for place in range(3)
            ],
        )

    def rate(self, code: str) -> int:
        return self.rates[list(self.prices).index(code) % len(self.rates)]


def _portion(price: int) -> menus.Portion:
    return menus.Portion(code="one", price=price)


def planned(chance: random.Random) -> Plan:
    currency = chance.choice(list(CURRENCIES))
    return Plan(
        currency,
        chance.choice(CURRENCIES[currency]),
        chance.random() < 0.5,
        chance.random() < 0.5,
        chance.choice(list(Rounding)),
        chance.sample(RATES, chance.randint(1, 3)),
        {f"item{number}": chance.choice([0, chance.randint(1, 99), chance.randint(1, 99_999)]) for number in range(9)},
    )


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """To a whole unit, by the rule of the venue; written apart from the kiosk's own."""
    if rounding is Rounding.HALF_EVEN:
        return round(exact)
    return int(exact + Fraction(1, 2))


@dataclass
class Apart:
    """The same day summed apart: turnover, tax by rate, takings by tender, tips, pieces and change in the drawer."""

    turnover: int = 0
    tips: int = 0
    pieces: int = 0
    covers: int = 0
    rounding: int = 0
    tax: Counter[int] = field(default_factory=Counter)
    paid: Counter[str] = field(default_factory=Counter)
    by_item: Counter[str] = field(default_factory=Counter)

    def bill(self, plan: Plan, rung: list[tuple[str, int]]) -> int:
        """Add a party's lines; returns what it owes."""
        groups: dict[int, list[int]] = defaultdict(list)
        for code, quantity in rung:
            groups[plan.rate(code)].append(plan.prices[code] * quantity)
            self.pieces += quantity
            self.by_item[code] += quantity
        owed = 0
        for rate, amounts in groups.items():
            taxed = amounts if plan.per_line else [sum(amounts)]
            whole = 1_000_000 + rate if plan.included else 1_000_000
            tax = sum(rounded(Fraction(amount * rate, whole), plan.rounding) for amount in taxed)
            self.tax[rate] += tax
            owed += sum(amounts) + (0 if plan.included else tax)
        self.turnover += owed
        return owed


def coins(amount: int, step: int) -> int:
    """What coins can pay."""
    return amount if step <= 1 else int(Fraction(amount, step) + Fraction(1, 2)) * step


def tendered(chance: random.Random, plan: Plan, owed: int, apart: Apart) -> list[Given]:
    """A random way to pay exactly what is owed: cards and wallets to the unit, cash with change, tips on any."""
    given, left = [], owed
    for kind in chance.sample([TenderKind.CARD, TenderKind.WALLET, TenderKind.VOUCHER], chance.randint(0, 2)):
        amount = chance.randint(0, left)
        tip = chance.choice([0, 0, chance.randint(1, 500)])
        if amount + tip:
            given.append(Given(kind, amount + tip, tip, note="A 17" if kind is TenderKind.VOUCHER else ""))
            apart.paid[kind] += amount
            apart.tips += tip
            left -= amount
    if left:
        tip, change = chance.choice([0, 7]), chance.randint(0, 300)
        cash = coins(left, plan.cash_step) + change + tip
        if cash == 0:
            change = cash = 1
        given.append(Given(TenderKind.CASH, cash, tip))
        apart.paid[TenderKind.CASH] += left
        apart.rounding += coins(left, plan.cash_step) - left
        apart.tips += tip
    chance.shuffle(given)
    return given


async def a_day(house: House, plan: Plan, chance: random.Random, parties: int) -> Apart:
    """Parties come, eat, change their minds and pay."""
    apart, portions = Apart(), await _portions(house.db)
    for _ in range(parties):
        covers = chance.randint(1, 6)
        check_id = await house.act(checks.open_check, "T", covers)
        rung = [(chance.choice(list(plan.prices)), chance.randint(1, 4)) for _ in range(chance.randint(1, 6))]
        line_ids = [await house.act(checks.ring, check_id, Wish(portions[code], quantity)) for code, quantity in rung]
        if chance.random() < 0.3:
            await house.act(checks.remove_line, await house.act(checks.ring, check_id, Wish(portions["item0"])))
        await house.send(check_id)
        if len(rung) > 1 and chance.random() < 0.3:
            await house.act(checks.void_line, line_ids.pop(), "sent back")
            rung.pop()
        owed = apart.bill(plan, rung)
        apart.covers += covers
        await house.act(payments.settle, check_id, owed, tendered(chance, plan, owed, apart))
    return apart


async def _portions(db: Database) -> dict[str, int]:
    async with db.read() as read:
        found = select(Item.code, Portion.id).join(Portion, Portion.item_id == Item.id)
        return {code: portion_id for code, portion_id in await read.session.execute(found)}


async def opened(db: Database, plan: Plan) -> House:
    house = await founded(db, currency=plan.currency, document=plan.menu())
    rules = {"prices_include_tax": plan.included, "tax_per_line": plan.per_line, "rounding": plan.rounding}
    await db.run(lambda tx: tx.change(update(Venue).values(**rules, cash_step=plan.cash_step)))
    return house


async def books_equal(db: Database, apart: Apart, days: set[Any]) -> None:
    """The figures, the ledger's own tables and the sum made apart say the same."""
    async with db.read() as read:
        day = await figures.range_figures(read, min(days), max(days))
    day.check()
    told = dict(zip(day.summary["key"], day.summary["value"], strict=True))
    expected = {
        "turnover": apart.turnover,
        "tax": sum(apart.tax.values()),
        "net": apart.turnover - sum(apart.tax.values()),
        "tips": apart.tips,
        "pieces": apart.pieces,
        "covers": apart.covers,
        "cash_rounding": apart.rounding,
    }
    assert {key: told[key] for key in expected} == expected
    assert {rate: tax for rate, tax in zip(day.taxes["rate_ppm"], day.taxes["tax"], strict=True)} == apart.tax
    assert sum(day.payments["amount"]) == apart.turnover
    assert Counter(dict(zip(day.items["item"], day.items["pieces"], strict=True))) == apart.by_item
    await ledger_equals(db, apart)


async def ledger_equals(db: Database, apart: Apart) -> None:
    """By line, by rate and by tender each receipt comes to its total; what was given is all accounted for."""
    async with db.read() as read:
        receipts = (await read.session.scalars(select(Receipt))).all()
        lines = (await read.session.scalars(select(ReceiptLine))).all()
        taxes = (await read.session.scalars(select(ReceiptTax))).all()
        tenders = (await read.session.scalars(select(Tender))).all()
    for receipt in receipts:
        mine = [[row for row in table if row.receipt_id == receipt.id] for table in (lines, taxes, tenders)]
        assert sum(line.amount for line in mine[0]) == receipt.total == sum(tax.gross for tax in mine[1])
        assert sum(line.tax for line in mine[0]) == receipt.tax == sum(tax.tax for tax in mine[1])
        assert sum(tender.amount for tender in mine[2]) == receipt.total == receipt.net + receipt.tax
        kept = sum(tender.given - tender.change_due - tender.tip for tender in mine[2])
        assert kept == receipt.total + receipt.cash_rounding
    assert all(line.net + line.tax == line.amount for line in lines)
    paid = Counter[str]()
    for tender in tenders:
        paid[tender.kind] += tender.amount
    assert +paid == +apart.paid


async def play(url: str, seed: int, parties: int) -> None:
    chance = random.Random(seed)
    plan, db = planned(chance), Database(url)
    try:
        house = await opened(db, plan)
        first = await db.run(_today)
        apart = await a_day(house, plan, chance, parties)
        await books_equal(db, apart, {first, await db.run(_today)})
        assert await journal.is_whole(db)
    finally:
        await db.close()


async def _today(tx: Tx) -> Any:
    venue = await tx.venue()
    return clock.business_day(tx.at, timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)


SEEDS = [
    *range(3),
    *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(100, 106)),
    *(pytest.param(seed, marks=pytest.mark.million) for seed in range(106, 206)),
]


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_books_of_a_random_day_equal_a_sum_made_apart(
    databases: Databases, engine_name: str, seed: int
) -> None:
    await play(databases.fresh(engine_name), seed, parties=6)
