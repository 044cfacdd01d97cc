"""What goods cost: kept when rung, counted once however the check is paid, and what is left of the sales."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import pytest

from kiosk.checks import service as checks
from kiosk.checks.models import CheckLine
from kiosk.checks.service import Part, Wanted, Wish
from kiosk.core.actor import Actor
from kiosk.core.db import Database
from kiosk.menu import service as menu
from kiosk.payments import drawers, service
from kiosk.payments.models import Receipt, ReceiptLine
from kiosk.payments.rules import Given, TenderKind
from kiosk.payments.service import Asked
from kiosk.reports import profit as left
from kiosk.reports import queries
from kiosk.reports.dashboard import show_now
from kiosk.reports.profit import Profit
from kiosk.reports.profit_rules import margin
from kiosk.reports.report_view import show_report
from kiosk.reports.rolling import differences, roll
from kiosk.reports.rollups import spanned
from kiosk.reports.takings import business_today, takings
from menus.document import MenuDocument
from menus.entries import Desk
from menus.yaml_file import read_yaml
from tests.support import journal
from tests.support.house import MENU, House, founded
from tests.support.paying import eaten, rows

pytestmark = pytest.mark.slow

CARD = TenderKind.CARD
TIRAMISU, GLASS = '{name: Tiramisù, portions: [{price: "7.00"}]}', '{name: Glass, price: "6.20", default: true}'


@cache
def costed_menu(tiramisu: str = "2.10") -> MenuDocument:
    """The small menu, of whose dishes the tiramisù and the glass of Chianti say what they cost."""
    told = MENU.replace(TIRAMISU, f'{{name: Tiramisù, portions: [{{price: "7.00", cost: "{tiramisu}"}}]}}')
    told = told.replace(GLASS, '{name: Glass, price: "6.20", cost: "1.55", default: true}')
    return read_yaml(told, Desk("costed.yaml"))


@pytest.fixture
async def house(db: Database) -> House:
    return await founded(db, document=costed_menu())


async def paid(house: House, check_id: int, total: int = 1320, **words: Any) -> Any:
    return await house.act(service.settle, check_id, total, [Given(CARD, total)], **words)


async def costs(house: House) -> list[tuple[str, int, int | None]]:
    """Item, pieces and cost of every line of a receipt, in the order of issue."""
    receipts = {one.id: place for place, one in enumerate(await rows(house.db, Receipt))}
    lines = sorted(await rows(house.db, ReceiptLine), key=lambda line: (receipts[line.receipt_id], line.position))
    return [(line.item, line.quantity, line.cost) for line in lines]


async def today(house: House) -> date:
    return await house.look(business_today)


async def profit(house: House) -> Profit:
    day = await today(house)
    async with house.db.read() as read:
        venue = await read.venue()
        return await left.profit(read, await spanned(read, venue.id, day, day))


async def test_a_line_keeps_what_the_goods_cost_when_it_was_rung(house: House) -> None:
    check_id = await house.seat()
    line_id = await house.ring(check_id, quantity=2)
    await house.act(menu.load_menu, costed_menu("2.60"))
    await house.ring(check_id)
    await house.ring(check_id, "Diavola", "Medium")
    assert [line.cost for line in await rows(house.db, CheckLine)] == [420, 260, None]
    await house.act(checks.change_line, line_id, quantity=3)
    assert (await rows(house.db, CheckLine))[0].cost == 630


async def test_the_dishes_of_a_set_menu_cost_what_they_cost_alone(db: Database) -> None:
    combo = '{name: Lunch, portions: [{price: "10.00"}], combo: [{name: One, choices: [{item: Tiramisù}]}]}'
    told = MENU.replace(TIRAMISU, '{name: Tiramisù, portions: [{price: "7.00", cost: "2.10"}]}\n      - ' + combo)
    house = await founded(db, document=read_yaml(told, Desk("combo.yaml")))
    check_id = await house.seat()
    wish, parts = Wish(await house.portion("Lunch"), 2), [Part("one", await house.portion("Tiramisù"))]
    await house.act(checks.ring_combo, check_id, wish, parts)
    assert [(line.amount, line.cost) for line in await rows(db, CheckLine)] == [(2000, 420)]


async def test_shared_lines_cost_once_where_their_pieces_are_counted(house: House) -> None:
    check_id = await eaten(house)
    await paid(house, check_id, 440, wanted=Wanted(even=3))
    await paid(house, check_id, 440, wanted=Wanted(even=2))
    await paid(house, check_id, 440)
    assert [(pieces, cost) for item, pieces, cost in await costs(house) if item == "Tiramisù"] == [(0, 0)] * 2 + [
        (1, 210)
    ]
    assert sum(cost or 0 for _, _, cost in await costs(house)) == 365


async def test_a_payment_undone_and_paid_again_costs_once(house: House) -> None:
    check_id = await eaten(house)
    wine = (await house.check(check_id))["lines"][1]["id"]
    first = await paid(house, check_id, 620, wanted=Wanted(parts={wine: 1}))
    await house.act(service.undo_payment, first.receipt_id)
    await paid(house, check_id)
    assert await costs(house) == [("Chianti", 1, 155), ("Chianti", -1, -155), ("Tiramisù", 1, 210), ("Chianti", 1, 155)]


async def test_a_wrong_tender_put_right_costs_nothing_more(house: House) -> None:
    settled = await paid(house, await eaten(house))
    await house.act(service.correct_tender, settled.receipt_id, 0, "cash", "guest paid cash")
    assert sum(cost or 0 for _, _, cost in await costs(house)) == 365


async def test_a_refund_gives_no_goods_back(house: House) -> None:
    check_id = await eaten(house)
    await house.ring(check_id, "Diavola", "Medium")
    await house.send(check_id)
    settled = await paid(house, check_id, 2470)
    await house.act(service.refund, settled.receipt_id, Asked(), "cold")
    refunded = (await costs(house))[3:]
    assert refunded == [("Tiramisù", -1, 0), ("Chianti", -1, 0), ("Diavola", -1, None)]
    found = await profit(house)
    assert (found.net, found.goods, found.costed, found.profit) == (0, 365, 0, -365)


async def test_what_is_on_the_house_costs_and_what_is_voided_does_not(house: House) -> None:
    check_id = await eaten(house)
    tiramisu, wine = [line["id"] for line in (await house.check(check_id))["lines"]]
    await house.ring(check_id)
    await house.send(check_id)
    await house.act(checks.comp_line, tiramisu, "birthday")
    await house.act(checks.void_line, wine, "corked")
    await paid(house, check_id, 700)
    found = await profit(house)
    assert (found.net, found.goods, found.profit, found.known_ppm) == (636, 420, 216, 1_000_000)


async def test_of_a_bill_that_is_on_the_house_every_cost_is_known(house: House) -> None:
    check_id = await eaten(house)
    for line in (await house.check(check_id))["lines"]:
        await house.act(checks.comp_line, line["id"], "birthday")
    await house.act(service.settle, check_id, 0, [])
    found = await profit(house)
    assert (found.net, found.goods, found.profit, found.known_ppm) == (0, 365, -365, 1_000_000)


async def test_the_profit_is_the_net_less_goods_and_expenses_and_says_how_much_is_known(house: House) -> None:
    drawer_id = await house.act(drawers.open_drawer, 1, 10_000)
    await house.act(drawers.pay_out, drawer_id, 150, "Ice", "expense")
    check_id = await eaten(house)
    await house.ring(check_id, "Diavola", "Medium")
    await house.send(check_id)
    await paid(house, check_id, 2470)
    found = await profit(house)
    assert (found.net, found.goods, found.wages, found.expenses) == (2190, 365, None, 150)
    assert (found.profit, found.part_ppm, found.costed, found.known_ppm) == (1675, 765_000, 1144, 522_000)


async def test_where_no_cost_is_known_there_is_no_profit_to_tell(db: Database) -> None:
    house = await founded(db)
    await paid(house, await eaten(house))
    day = await today(house)
    assert not (await profit(house)).is_known
    assert (await house.look(show_now, "today"))["profit"] is None
    keys = {row[0] for row in (await house.look(takings, day, day)).parts["summary"]}
    assert not keys & {"goods", "profit", "costed"}


async def test_the_days_profit_has_its_place_before_anything_is_sold_and_tells_itself_then(house: House) -> None:
    before = (await house.look(show_now, "today"))["profit"]
    assert (before["is_known"], before["profit"]) == (False, 0)
    await paid(house, await eaten(house))
    after = (await house.look(show_now, "today"))["profit"]
    assert (after["is_known"], after["net"], after["goods"], after["profit"]) == (True, 1144, 365, 779)
    assert (await house.look(show_now, "2020-01-01"))["profit"] is None


async def test_items_and_categories_tell_cost_and_margin(house: House) -> None:
    check_id = await eaten(house)
    await house.ring(check_id, "Diavola", "Medium")
    await house.send(check_id)
    await paid(house, check_id, 2470)
    day = await today(house)
    async with house.db.read() as read:
        span = await spanned(read, house.by.venue_id, day, day)
        items, categories = await queries.items(read, span), await queries.categories(read, span)
    assert [(row[1], *row[5:]) for row in items] == [
        ("Diavola", None, None, None),
        ("Tiramisù", 210, 426, 670_000),
        ("Chianti", 155, 353, 695_000),
    ]
    assert [(row[0], *row[4:]) for row in categories] == [
        ("Mains", 210, 426, 670_000),
        ("Wine", 155, 353, 695_000),
    ]


async def test_days_without_costs_stand_beside_days_with_them(house: House) -> None:
    await paid(house, await eaten(house))
    told = await house.look(show_report, {"from": "today", "to": "today", "by": "category", "beside": "before"})
    assert [one["name"] for one in told["columns"]][4:] == ["cost", "margin", "margin_ppm"]
    assert [one["cells"]["margin_ppm"] for one in told["rows"]] == [670_000, 695_000]
    assert (told["together"]["cost"], told["together"]["margin"], told["together"]["margin_ppm"]) == (365, 779, 681_000)
    assert (told["summary"]["profit"], told["summary"]["known_ppm"]) == (779, 1_000_000)
    assert "profit" not in told["summary_before"]


async def test_what_is_rolled_up_costs_what_the_receipts_cost(house: House) -> None:
    settled = await paid(house, await eaten(house))
    await house.act(service.refund, settled.receipt_id, Asked(), "cold")
    day, young = await today(house), await profit(house)

    async def rolled(tx: Any, *, by: Actor) -> None:
        await roll(tx, day, day)

    await house.act(rolled)
    assert await house.look(differences, day, day) == []
    assert await profit(house) == young


async def test_no_waiter_and_no_guest_is_told_what_anything_costs(house: House) -> None:
    check_id = await eaten(house)
    shown: list[Any] = [await house.look(menu.show_menu), await house.check(check_id), await house.board()]
    await paid(house, check_id)
    (receipt,) = await rows(house.db, Receipt)
    shown += [receipt.paper, await journal.bodies(house.db)]
    assert "cost" not in json.dumps(shown, default=str)


def test_margins_are_of_net_sales_whose_cost_is_known() -> None:
    assert margin(0, 0) == (None, None, None)
    assert margin(210, 636) == (210, 426, 670_000)
    assert margin(210, -100) == (210, -310, None)
