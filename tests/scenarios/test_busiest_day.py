"""The busiest day of the pizza place, 2015-11-27, through the real gestures: seat, ring, send, bump, settle."""

from __future__ import annotations

import csv
import gzip
import os
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from kiosk.checks import queries as check_queries
from kiosk.checks import service as checks
from kiosk.core import clock
from kiosk.core.db import Database
from kiosk.kitchen import service as kitchen
from kiosk.payments import service as payments
from kiosk.payments.rules import Given, TenderKind
from kiosk.reports import figures
from menus.document import Category, Item, MenuDocument, Portion, TaxClass
from tests.support.house import House, founded

PIZZA = Path(__file__).parents[2].parent / "shared" / "data" / "pizza"
DAY = "2015-11-27"
Order = list[tuple[str, int]]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not PIZZA.exists() and "CI" not in os.environ, reason="the pizza place's files are not beside this checkout"
    ),
]


def _rows(name: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    path = PIZZA / name
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(text.decode(encoding).splitlines()))


def _menu() -> MenuDocument:
    sizes: dict[str, list[Portion]] = defaultdict(list)
    for row in _rows("pizzas.csv"):
        price = int(Decimal(row["price"]).scaleb(2))
        portion = Portion(code=row["pizza_id"], name=row["size"], price=price, default=row["size"] == "M")
        sizes[row["pizza_type_id"]].append(portion)
    categories: dict[str, list[Item]] = defaultdict(list)
    for row in _rows("pizza_types.csv", "cp1252"):
        item = Item(code=row["pizza_type_id"], name=row["name"], portions=sizes[row["pizza_type_id"]])
        categories[row["category"]].append(item)
    return MenuDocument(
        name="Pizza Place",
        currency="USD",
        tax_classes=[TaxClass(code="none", name="None", eat_in_ppm=0, take_away_ppm=0)],
        categories=[
            Category(code=name, name=name, stations=["grill"], items=items) for name, items in categories.items()
        ],
    )


def _orders() -> list[Order]:
    ids = {row["order_id"] for row in _rows("orders.csv") if row["date"] == DAY}
    orders: dict[str, Order] = defaultdict(list)
    for row in _rows("order_details.csv.gz"):
        if row["order_id"] in ids:
            orders[row["order_id"]].append((row["pizza_id"], int(row["quantity"])))
    return list(orders.values())


async def _portions(house: House) -> dict[str, int]:
    from sqlalchemy import select

    from kiosk.menu import models

    async with house.db.read() as read:
        return {
            code: portion_id
            for code, portion_id in await read.session.execute(select(models.Portion.code, models.Portion.id))
        }


async def _serve(house: House, table: str, order: Order, portions: dict[str, int], turn: int) -> None:
    check_id = await house.seat(table)
    for pizza, quantity in order:
        await house.act(checks.ring, check_id, checks.Wish(portions[pizza], quantity=quantity))
    await house.send(check_id)
    for ticket in (await house.board())["tickets"]:
        await house.act(kitchen.bump, ticket["id"])
    await house.act(checks.serve, check_id)
    await house.act(checks.ask_bill, check_id)
    total = (await house.look(check_queries.show_check, check_id))["sums"]["total"]
    tender = (
        Given(TenderKind.CASH, total + 500),
        Given(TenderKind.CARD, total),
        Given(TenderKind.CARD, total + 100, 100),
    )
    await house.act(payments.settle, check_id, total, [tender[turn % 3]])


async def test_the_report_of_a_replayed_day_equals_its_file(db: Database) -> None:
    house = await founded(db, currency="USD", document=_menu())
    portions = await _portions(house)
    orders = _orders()
    for turn, order in enumerate(orders):
        await _serve(house, "12"[turn % 2], order, portions, turn)
    today = clock.business_day(clock.now(), timezone="Europe/Rome", cutover_minutes=240)
    async with db.read() as read:
        day = await figures.day_figures(read, today)
    told = dict(zip(day.summary["key"], day.summary["value"], strict=True))
    assert (told["checks"], told["pieces"], told["turnover"]) == (115, 264, 442_245)
    sold = Counter[str]()
    for order in orders:
        for pizza, quantity in order:
            sold[pizza] += quantity
    assert int(day.items["pieces"].sum()) == sum(sold.values())
    assert int(day.payments["amount"].sum()) == 442_245
    assert told["tips"] == 100 * (115 // 3)
