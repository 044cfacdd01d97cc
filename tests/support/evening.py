"""A party of several courses: a menu with drinks, three courses, a set menu and an open price, and words for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from kiosk.checks import service
from kiosk.checks.service import Part, Wish
from kiosk.core.actor import Actor
from kiosk.core.db import Database
from kiosk.core.models import Venue
from kiosk.kitchen import service as kitchen
from menus.document import MenuDocument
from menus.entries import Desk
from menus.yaml_file import read_yaml
from tests.support.house import House, founded
from tests.support.kept import kept

MENU = """
name: Evening
currency: EUR
tax_classes:
  - {code: food, name: Food, eat_in: "10", take_away: "5"}
  - {code: drinks, name: Drinks, eat_in: "22", take_away: "22"}
modifier_groups:
  - code: extras
    name: Extras
    min: 0
    max: 2
    modifiers: [{code: burrata, name: Burrata, price: "3.50"}, {code: chilli, name: Chilli, price: "0.50"}]
categories:
  - name: Drinks
    stations: [bar]
    course: 0
    items:
      - {name: Water, tax_class: drinks, portions: [{price: "3.00"}]}
      - {name: Wine, tax_class: drinks, portions: [{price: "6.00"}]}
  - name: Starters
    stations: [grill]
    course: 1
    items:
      - {name: Soup, portions: [{price: "8.00"}]}
      - {name: Salad, portions: [{price: "9.00"}], modifier_groups: [extras]}
  - name: Mains
    stations: [grill]
    course: 2
    items:
      - {name: Steak, portions: [{price: "20.00"}]}
      - {name: Pasta, portions: [{price: "12.00"}], modifier_groups: [extras]}
      - {name: Special, open_price: true, portions: [{price: "0.00"}]}
  - name: Desserts
    stations: [grill]
    course: 3
    items:
      - {name: Cake, portions: [{price: "7.00"}]}
  - name: Menus
    items:
      - name: Lunch
        portions: [{price: "20.00"}]
        combo:
          - name: First
            choices: [{item: Soup}, {item: Salad, price: "1.00"}]
          - name: Second
            choices: [{item: Steak, price: "4.00"}, {item: Pasta}]
          - name: Drink
            choices: [{item: Water}, {item: Wine}]
"""


def evening_menu() -> MenuDocument:
    return read_yaml(MENU, Desk("evening.yaml"))


@dataclass
class Evening:
    """The restaurant with its check open at table 1."""

    house: House
    check_id: int

    async def ring(self, *names: str, **words: Any) -> list[int]:
        """A line for each of these items."""
        return [await self.house.ring(self.check_id, name, **words) for name in names]

    async def act(self, gesture: Any, *args: Any, **words: Any) -> Any:
        return await self.house.act(gesture, *args, **words)

    async def send(self, courses: list[int] | None = None) -> service.Sent:
        return await self.house.act(service.send, self.check_id, courses)

    async def fire(self, course: int) -> service.Sent:
        return await self.house.act(service.fire_course, self.check_id, course)

    async def take_back(self, fire_no: int) -> int:
        return await self.house.act(service.take_back, self.check_id, fire_no)

    async def lunch(self, *names: str, quantity: int = 1, **words: Any) -> list[int]:
        """A set menu with these dishes, the steps in their order."""
        steps = ("first", "second", "drink")
        parts = [Part(step, await self.house.portion(name)) for step, name in zip(steps, names, strict=True)]
        wish = Wish(await self.house.portion("Lunch"), quantity=quantity, **words)
        return await self.house.act(service.ring_combo, self.check_id, wish, parts)

    async def check(self, check_id: int | None = None) -> dict[str, Any]:
        return await self.house.check(check_id or self.check_id)

    async def line(self, line_id: int) -> dict[str, Any]:
        lines = (await self.check())["lines"]
        return next(line for line in lines if line["id"] == line_id)

    async def states(self, check_id: int | None = None) -> dict[str, str]:
        """How far each item is."""
        return {line["name"]: line["state"] for line in (await self.check(check_id))["lines"]}

    async def cooked(self) -> Counter[str]:
        """The dishes on all tickets, struck ones too."""
        board = await self.house.board()
        tickets = [*board["tickets"], *board["bumped"]]
        return Counter(line["name"] for ticket in tickets for line in ticket["lines"])

    async def bump_all(self) -> None:
        for ticket in (await self.house.board())["tickets"]:
            await self.house.act(kitchen.bump, ticket["id"])

    async def other(self, label: str = "2") -> int:
        """The check of another table."""
        return await self.house.seat(label)

    async def rule(self, **values: Any) -> None:
        """Another rule of the house."""
        await self.house.db.run(lambda tx: tx.change(update(Venue).values(**values)))


async def evening(db: Database) -> Evening:
    """The restaurant in an empty migrated database, two guests at table 1."""

    async def found() -> tuple[Actor, dict[str, int]]:
        house = await founded(db, document=evening_menu())
        return house.by, house.tables

    house = House(db, *await kept(db, "evening", found))
    return Evening(house, await house.seat())
