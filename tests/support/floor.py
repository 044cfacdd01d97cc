"""A small floor for tests: four tables, what their tiles show, and what the screens were told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from kiosk.checks import service as checks
from kiosk.core import clock
from kiosk.core.actor import Actor
from kiosk.core.db import Database, Tx
from kiosk.core.events import Fact
from kiosk.core.models import Venue
from kiosk.floor import page, queries, service
from kiosk.floor.service import Wish
from kiosk.payments import service as payments
from kiosk.payments.rules import Given, TenderKind
from tests.support.house import House, founded
from tests.support.kept import kept

PORTIONS = {"Diavola": "Medium", "Chianti": "Glass"}


@dataclass
class Floor:
    """The house with its tables and everything it announced."""

    house: House
    facts: list[Fact] = field(default_factory=list)

    def id(self, label: str) -> int:
        return self.house.tables[label]

    async def view(self) -> dict[str, Any]:
        return await self.house.look(queries.show_floor)

    async def tile(self, label: str) -> dict[str, Any]:
        return next(table for table in (await self.view())["tables"] if table["label"] == label)

    async def state(self, label: str) -> str:
        return str((await self.tile(label))["state"])

    async def section(self) -> int:
        return int((await self.view())["sections"][0]["id"])

    async def rule(self, **rules: Any) -> None:
        """Another rule of the house."""

        async def change(tx: Tx) -> None:
            await tx.change(update(Venue).values(**rules))

        await self.house.db.run(change)

    async def party(self, label: str, *dishes: str, covers: int = 2) -> int:
        """Guests at a table with these dishes sent; returns their check."""
        check_id = await self.house.seat(label, covers)
        for dish in dishes:
            await self.house.ring(check_id, dish, PORTIONS.get(dish, ""))
        if dishes:
            await self.house.act(checks.send, check_id)
        return check_id

    async def pay(self, check_id: int) -> None:
        """Settle all of it by card."""
        total = (await self.house.check(check_id))["sums"]["total"]
        await self.house.act(payments.settle, check_id, total, [Given(TenderKind.CARD, total)])

    async def join(self, label: str, to: str) -> int:
        return await self.house.act(service.join, self.id(label), self.id(to))

    async def part(self, label: str) -> None:
        await self.house.act(service.part, self.id(label))

    async def transfer(self, check_id: int, label: str) -> None:
        await self.house.act(service.transfer, check_id, self.id(label))

    async def book(self, name: str, *, minutes: float = 60, table: str | None = None, covers: int = 2) -> int:
        """Guests expected in so many minutes."""
        table_id = self.id(table) if table else None
        return await self.house.act(service.book, Wish(name, covers), ahead(minutes), table_id=table_id)

    async def hold(self, label: str, *, minutes: float = 30) -> int:
        return await self.house.act(service.hold_table, self.id(label), "for a regular", ahead(minutes))

    async def lines(self, check_id: int) -> list[int]:
        """The ids of a check's lines."""
        return [line["id"] for line in (await self.house.check(check_id))["lines"]]

    async def news(self) -> dict[str, Any]:
        """What screens are told of everything announced since the last time."""
        facts: list[Fact] = [fact for fact in self.facts if isinstance(fact, page.FACTS)]
        self.facts.clear()
        async with self.house.db.read() as read:
            told = list(await page.tell(read, facts))
        return dict(told[0].data) if told else {}


def ahead(minutes: float) -> str:
    """So many minutes from now, as a tablet writes it."""
    return (clock.now() + timedelta(minutes=minutes)).isoformat()


async def laid_out(db: Database) -> Floor:
    """The small restaurant with tables 1 to 4."""

    async def lay_out() -> tuple[Actor, dict[str, int]]:
        house = await founded(db)
        section = (await house.look(queries.show_floor))["sections"][0]["id"]
        for label in ("3", "4"):
            house.tables[label] = await house.act(service.add_table, section, label, 4)
        return house.by, house.tables

    floor = Floor(House(db, *await kept(db, "floor", lay_out)))
    db.bus.listen(floor.facts.append)
    return floor
