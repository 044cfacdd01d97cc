"""Days of money that nobody planned: everything a counter can do, at random, through the kiosk's own services."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select, update

from kiosk.checks import service as checks
from kiosk.checks.discounting import Off, discount
from kiosk.checks.rules import EVERYTHING, Wanted
from kiosk.checks.service import Wish
from kiosk.core.actor import Actor
from kiosk.core.db import Database, Tx
from kiosk.core.errors import KioskError
from kiosk.core.models import Venue
from kiosk.core.money import Currency, Rounding
from kiosk.menu.models import Portion
from kiosk.payments import day, drawers, rates
from kiosk.payments import service as payments
from kiosk.payments.pieces import denominations
from kiosk.payments.rules import DrawerState, Foreign, Given
from kiosk.payments.till_locks import not_closed
from kiosk.payments.till_queries import standing
from menus import document as menus
from tests.support.house import House, founded

HOUSES: dict[str, dict[str, Any]] = {
    "EUR": {"cash_step": 5, "service_ppm": 100_000, "service_tax_code": "r0"},
    "JPY": {"cash_step": 10, "prices_include_tax": False, "tax_per_line": True, "service_per_cover": 50},
    "BHD": {"cash_step": 25, "rounding": Rounding.HALF_EVEN},
}
RATES = (100_000, 220_000, 40_000)
DOLLARS = Given("cash", 9255, foreign=Foreign("USD", 10_000))
"""A note of 100.00 at 1.08."""


@dataclass
class Told:
    """What the kiosk answered on one day, added up apart from it."""

    turnover: int = 0
    tips: int = 0
    rounding: int = 0
    returns: int = 0
    paid: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)


@dataclass
class RandomDay:
    """A counter at work."""

    house: House
    chance: random.Random
    portions: list[int] = field(default_factory=list)
    open_checks: list[int] = field(default_factory=list)
    sold: list[int] = field(default_factory=list)
    told: Told = field(default_factory=Told)
    takes_dollars: bool = False

    async def work(self, acts: int) -> None:
        """So many acts; what is refused changes nothing."""
        gestures: list[tuple[Callable[[], Awaitable[None]], int]] = [
            *((self.come, 4), (self.off, 2), (self.settle, 9), (self.refund, 3), (self.correct, 2), (self.undo, 1)),
            *((self.pay_in, 1), (self.pay_out, 2), (self.drop, 1), (self.open_drawer, 1), (self.no_sale, 1)),
            *((self.hand_over, 1), (self.count_and_close, 1)),
        ]
        some, weights = zip(*gestures, strict=True)
        for gesture in (self.come, self.settle, *self.chance.choices(some, weights, k=acts)):
            try:
                await gesture()
            except KioskError as refusal:
                self.told.done[type(refusal).__name__] += 1
            else:
                self.told.done[gesture.__name__] += 1

    async def come(self) -> None:
        """A party comes and orders."""
        rung = [
            (self.chance.choice(self.portions), self.chance.randint(1, 3)) for _ in range(self.chance.randint(1, 4))
        ]
        covers = self.chance.randint(1, 5)

        async def order(tx: Tx, *, by: Actor) -> int:
            check_id = await checks.open_check(tx, f"T{len(self.open_checks)}", covers, by=by)
            for portion, quantity in rung:
                await checks.ring(tx, check_id, Wish(portion, quantity=quantity), by=by)
            await checks.send(tx, check_id, [1], by=by)
            return check_id

        self.open_checks.append(await self.house.act(order))

    async def off(self) -> None:
        off = Off("Friends", percent="12.5") if self.chance.random() < 0.5 else Off("Sorry", amount=30)
        await self.house.act(discount, self._check(), None, off)

    async def settle(self) -> None:
        """A share or all of a check, by one or two tenders, perhaps with a tip."""
        check_id = self._check()
        await self._settle(check_id, self._share())

    def _share(self) -> Wanted:
        kinds = [
            EVERYTHING,
            EVERYTHING,
            Wanted(even=self.chance.randint(2, 4)),
            Wanted(amount=self.chance.randint(1, 900)),
        ]
        return self.chance.choice(kinds)

    async def _settle(self, check_id: int, wanted: Wanted) -> None:
        async def pay(tx: Tx, *, by: Actor) -> Any:
            total = (await checks.lock_share(tx, check_id, wanted)).sums.total
            return await payments.settle(tx, check_id, total, self._tenders(total), wanted=wanted, by=by)

        settled = await self.house.act(pay)
        self.sold.append(settled.receipt_id)
        self.told.turnover += settled.total
        for one in settled.paid:
            self.told.tips += one.tip
            self.told.rounding += one.rounding
            self.told.paid[one.told.way.code] += one.amount
        if settled.closed:
            self.open_checks.remove(check_id)

    def _tenders(self, total: int) -> list[Given]:
        kind, tip = self.chance.choice(["cash", "card", "wallet", "voucher", "account"]), self.chance.choice([0, 0, 50])
        note = "A 17" if kind in {"voucher", "account"} else ""
        if kind == "cash" and self.takes_dollars and 0 < total <= DOLLARS.given - tip and self.chance.random() < 0.5:
            return [replace(DOLLARS, tip=tip)]
        if kind == "cash":
            return [Given(kind, total + 2000 + tip, tip)] if total else []
        part = total if self.chance.random() < 0.5 else self.chance.randint(0, total)
        first = [Given(kind, part + tip, tip if kind != "voucher" else 0, note)] if part else []
        if kind == "voucher" and first:
            first = [Given(kind, part, 0, note)]
        return [*first, *([Given("cash", total - part + 1000)] if part < total else [])]

    async def refund(self) -> None:
        lines = self.chance.choice([None, {0: None}, {0: self.chance.randint(1, 300)}])
        asked = payments.Asked(lines, with_tip=self.chance.random() < 0.3)
        done = await self.house.act(payments.refund, self._sold(), asked, "Cold")
        self._back(done)
        self.told.returns += done.total

    def _back(self, done: payments.Refunded) -> None:
        self.told.turnover += done.total

    async def undo(self) -> None:
        done = await self.house.act(payments.undo_payment, self._sold())
        self._back(done)
        self.told.returns += done.total

    async def correct(self) -> None:
        kind = self.chance.choice(["cash", "card", "wallet"])
        done = await self.house.act(payments.correct_tender, self._sold(), 0, kind, "Typed wrong")
        self.sold.append(done.receipt_id)

    async def open_drawer(self) -> None:
        await self.house.act(drawers.open_drawer, self.chance.randint(1, 3), self.chance.randint(0, 30_000))

    async def pay_in(self) -> None:
        await self.house.act(drawers.pay_in, await self._drawer(), self.chance.randint(1, 9000), "Change")

    async def pay_out(self) -> None:
        kind = self.chance.choice(["expense", "tips"])
        await self.house.act(drawers.pay_out, await self._drawer(), self.chance.randint(1, 4000), "Taxi", kind)

    async def drop(self) -> None:
        await self.house.act(drawers.drop, await self._drawer(), self.chance.randint(1, 9000), "Bag")

    async def no_sale(self) -> None:
        await self.house.act(drawers.no_sale, await self._drawer(), "Change for the bar")

    async def hand_over(self) -> None:
        await self.house.act(drawers.hand_over_drawer, await self._drawer())

    async def count_and_close(self) -> None:
        drawer_id = await self._drawer()
        await self.count(drawer_id)
        await self.house.act(drawers.close_drawer, drawer_id, "Hard to tell")

    async def count(self, drawer_id: int) -> None:
        """Count a drawer at random: what is found is what was counted, right or not."""
        currency = Currency((await self.house.look(lambda read: read.venue())).currency_code)
        pieces = {str(piece): self.chance.randint(0, 2) for piece in self.chance.sample(denominations(currency)[4:], 4)}
        await self.house.act(drawers.count_drawer, drawer_id, pieces)

    async def _drawer(self) -> int:
        found = [one.id for one in await self.house.look(not_closed) if one.state is DrawerState.OPEN]
        return self.chance.choice(found or [0])

    def _check(self) -> int:
        return self.chance.choice(self.open_checks or [0])

    def _sold(self) -> int:
        return self.chance.choice(self.sold[-6:] or [0])

    async def end(self) -> tuple[dict[str, Any], day.Closed, Told]:
        """Settle or carry over what is open, count every drawer, look at X, close. Returns X, Z and what was told."""
        for check_id in list(self.open_checks):
            if self.chance.random() < 0.5:
                await self.house.act(day.carry_over, check_id, "They stay")
            else:
                await self._settle(check_id, EVERYTHING)
        for drawer in await self.house.look(not_closed):
            if drawer.state is DrawerState.OPEN:
                await self.count(drawer.id)
            await self.house.act(drawers.explain_drawer, drawer.id, "Hard to tell")
        found = await self.house.look(standing)
        before = await self.house.look(day.x_report)
        closed = await self.house.act(day.close_day, found.day, found.number)
        told, self.told = self.told, Told()
        return before, closed, told

    async def today(self) -> date:
        return (await self.house.look(standing)).day


def menu(currency: str) -> menus.MenuDocument:
    """Nine dishes of three tax classes."""
    dishes = [
        menus.Item(
            code=f"d{n}",
            name=f"Dish {n}",
            tax_class=f"r{n % 3}",
            portions=[menus.Portion(code="one", price=price, cost=price * 3 // 10 if n % 4 else None)],
        )
        for n, price in enumerate((1, 99, 350, 700, 1150, 1234, 2200, 6_99, 24_00))
    ]
    classes = [
        menus.TaxClass(code=f"r{n}", name=f"Rate {n}", eat_in_ppm=rate, take_away_ppm=rate)
        for n, rate in enumerate(RATES)
    ]
    categories = [
        menus.Category(code=f"c{n}", name=f"Category {n}", stations=["grill"], course=1, items=dishes[n::3])
        for n in range(3)
    ]
    return menus.MenuDocument(name="Random", currency=currency, tax_classes=classes, categories=categories)


async def counter(db: Database, currency: str, seed: int) -> RandomDay:
    """A restaurant of that currency with its own rules, about to open."""
    house = await founded(db, currency=currency, document=menu(currency))

    async def choose(tx: Tx) -> None:
        await tx.change(update(Venue).values(**HOUSES[currency], over_short_allowed=0))

    await db.run(choose)
    if takes_dollars := currency == "EUR":
        await house.act(rates.set_rate, "USD", "1.08")
    async with db.read() as read:
        portions = list(await read.session.scalars(select(Portion.id).order_by(Portion.id)))
    return RandomDay(house, random.Random(seed), portions, takes_dollars=takes_dollars)
