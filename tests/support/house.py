"""A small restaurant for tests: two tables, two stations, a menu of a few dishes, people when they are asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import select

from kiosk import sample
from kiosk.checks import queries as check_queries
from kiosk.checks import service as checks
from kiosk.checks.service import Wish
from kiosk.core.actor import Actor, command_line
from kiosk.core.db import Database, Tx
from kiosk.floor import service as floor
from kiosk.kitchen import queries as kitchen_queries
from kiosk.kitchen import service as kitchen
from kiosk.menu import service as menu
from kiosk.menu.models import Item, Modifier, Portion
from kiosk.printing import service as printing
from menus.document import MenuDocument
from menus.entries import Desk
from menus.yaml_file import read_yaml
from tests.support.kept import kept

T = TypeVar("T")

MENU = """
name: Small
currency: EUR
tax_classes:
  - {code: food, name: Food, eat_in: "10", take_away: "5"}
  - {code: drinks, name: Drinks, eat_in: "22", take_away: "22"}
modifier_groups:
  - code: doneness
    name: Doneness
    min: 1
    max: 1
    modifiers: [{code: rare, name: Rare}, {code: medium, name: Medium}]
  - code: extras
    name: Extras
    min: 0
    max: 2
    modifiers: [{code: burrata, name: Burrata, price: "3.50"}, {code: chilli, name: Chilli, price: "0.50"}]
categories:
  - name: Mains
    stations: [grill]
    course: 2
    items:
      - {name: Tagliata, modifier_groups: [doneness], portions: [{name: 200 g, price: "22.00"}]}
      - name: Diavola
        modifier_groups: [extras]
        portions:
          - {name: Medium, price: "11.50", default: true}
          - {name: Large, price: "15.00"}
      - {name: Tiramisù, portions: [{price: "7.00"}]}
  - name: Wine
    stations: [bar]
    course: 0
    items:
      - name: Chianti
        tax_class: drinks
        portions: [{name: Glass, price: "6.20", default: true}, {name: Bottle, price: "24.00"}]
"""


@dataclass
class House:
    """The restaurant and short words for what happens in it; `by` is the kiosk's own command line."""

    db: Database
    by: Actor
    tables: dict[str, int] = field(default_factory=dict)

    async def act(self, gesture: Callable[..., Awaitable[T]], *args: Any, **words: Any) -> T:
        """One gesture, one transaction."""
        words.setdefault("by", self.by)

        async def run(tx: Tx) -> T:
            return await gesture(tx, *args, **words)

        return await self.db.run(run)

    async def look(self, query: Callable[..., Awaitable[T]], *args: Any) -> T:
        async with self.db.read() as read:
            return await query(read, *args)

    async def portion(self, item: str, portion: str = "") -> int:
        """The id of a portion by the names of its item and itself."""
        found = select(Portion.id).join(Item).where(Item.name == item, Portion.name == portion)
        async with self.db.read() as read:
            return (await read.session.scalars(found)).one()

    async def modifier(self, name: str) -> int:
        async with self.db.read() as read:
            return (await read.session.scalars(select(Modifier.id).where(Modifier.name == name))).one()

    async def item(self, name: str) -> int:
        async with self.db.read() as read:
            return (await read.session.scalars(select(Item.id).where(Item.name == name))).one()

    async def seat(self, label: str = "1", covers: int = 2) -> int:
        return await self.act(floor.seat, self.tables[label], covers)

    async def ring(self, check_id: int, item: str = "Tiramisù", portion: str = "", **words: Any) -> int:
        return await self.act(checks.ring, check_id, Wish(await self.portion(item, portion), **words))

    async def send(self, check_id: int, courses: list[int] | None = None) -> int:
        """Sends by the house's rule, or exactly these courses; returns how many lines were fired."""
        return (await self.act(checks.send, check_id, courses)).fired

    async def check(self, check_id: int) -> dict[str, Any]:
        return await self.look(check_queries.show_check, check_id)

    async def board(self) -> dict[str, Any]:
        return await self.look(kitchen_queries.show_board)


def small_menu() -> MenuDocument:
    """The menu, for whoever wants to change it."""
    return _small_menu().model_copy(deep=True)


@cache
def _small_menu() -> MenuDocument:
    return read_yaml(MENU, Desk("small.yaml"))


async def founded(db: Database, *, currency: str = "EUR", document: MenuDocument | None = None) -> House:
    """A restaurant in an empty migrated database."""

    async def found() -> tuple[Actor, dict[str, int]]:
        return await _founded(db, currency, document or _small_menu())

    by, tables = await (found() if document else kept(db, ("house", currency), found))
    return House(db, by, tables)


async def _founded(db: Database, currency: str, document: MenuDocument) -> tuple[Actor, dict[str, int]]:
    """Who may do anything there, and the ids of its tables by label."""

    async def found(tx: Tx) -> tuple[Actor, dict[str, int]]:
        by = command_line(await sample.found_venue(tx, "Small", currency=currency, timezone="Europe/Rome"))
        section = await floor.add_section(tx, "Sala", by=by)
        tables = {
            label: await floor.add_table(tx, section, label, seats, by=by) for label, seats in (("1", 2), ("2", 4))
        }
        for code in ("grill", "bar"):
            await kitchen.add_station(tx, code, code.title(), by=by)
        await printing.add_printer(tx, code="counter", name="Counter", prints=["receipt"], by=by)
        await menu.load_menu(tx, document, by=by)
        return by, tables

    return await db.run(found)
