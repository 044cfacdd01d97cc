"""What is on the house: the receipt, its taxes, its paper and the day's figures."""

import pytest
from sqlalchemy import select, update

from kiosk.checks import errors as check_errors
from kiosk.checks import service as checks
from kiosk.core import clock
from kiosk.core.db import Database
from kiosk.core.models import Venue
from kiosk.payments import paper, queries, service
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax
from kiosk.payments.refund_errors import NothingLeft
from kiosk.payments.rules import Given, TenderKind
from kiosk.reports import figures
from tests.support.house import House, founded

CARD = TenderKind.CARD


async def half_on_the_house(house: House) -> int:
    """A check of 6.20 wine that is paid and 7.00 food that is not."""
    check_id = await house.seat()
    line_id = await house.ring(check_id)
    await house.ring(check_id, "Chianti", "Glass")
    await house.send(check_id)
    await house.act(checks.comp_line, line_id, "birthday")
    return check_id


async def told(db: Database) -> dict[str, int]:
    """The figures of the day."""
    async with db.read() as read:
        day = clock.business_day(clock.now(), timezone="Europe/Rome", cutover_minutes=240)
        found = await figures.range_figures(read, day, day)
    found.check()
    return dict(zip(found.summary["key"], found.summary["value"], strict=True))


async def test_a_receipt_names_what_is_on_the_house_and_takes_it_off(db: Database) -> None:
    house = await founded(db)
    settled = await house.act(service.settle, await half_on_the_house(house), 620, [Given(CARD, 620)])
    async with db.read() as read:
        receipt = (await read.session.scalars(select(Receipt))).one()
        lines = (await read.session.scalars(select(ReceiptLine))).all()
        taxes = (await read.session.scalars(select(ReceiptTax))).all()
    assert (receipt.gross_lines, receipt.discount, receipt.total) == (1320, 700, 620)
    assert (receipt.net, receipt.tax) == (508, 112)
    assert sorted((line.item, line.quantity, line.amount, line.net, line.tax) for line in lines) == [
        ("Chianti", 1, 620, 508, 112),
        ("Tiramisù", 1, 0, 0, 0),
    ]
    assert sorted((row.rate_ppm, row.gross, row.tax) for row in taxes) == [(100_000, 0, 0), (220_000, 620, 112)]
    printed = [
        " ".join(line.split())
        for line in paper.preview(await house.look(queries.show_receipt, settled.receipt_id))["paper"]
    ]
    assert any("Tiramisù" in line and line.endswith("0.00 A") for line in printed)
    assert "On the house" in printed
    figures_told = await told(db)
    assert (figures_told["turnover"], figures_told["discounts"], figures_told["tax"]) == (620, 700, 112)


async def test_prices_without_tax_are_taxed_after_what_is_on_the_house(db: Database) -> None:
    house = await founded(db)
    await db.run(lambda tx: tx.change(update(Venue).values(prices_include_tax=False)))
    await house.act(service.settle, await half_on_the_house(house), 756, [Given(CARD, 756)])
    async with db.read() as read:
        receipt = (await read.session.scalars(select(Receipt))).one()
    assert (receipt.gross_lines, receipt.discount, receipt.net, receipt.tax) == (1320, 700, 620, 136)
    assert (await told(db))["turnover"] == 756


async def test_a_party_that_owes_nothing_is_closed_with_a_receipt_of_nothing(db: Database) -> None:
    house = await founded(db)
    check_id = await half_on_the_house(house)
    wine = (await house.check(check_id))["lines"][1]["id"]
    await house.act(checks.comp_line, wine, "birthday")
    settled = await house.act(service.settle, check_id, 0, [])
    assert (settled.number, settled.total) == ("1", 0)
    assert (await house.check(check_id))["state"] == "closed"
    assert (await told(db))["turnover"] == 0


async def test_a_check_with_held_lines_is_not_settled(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(check_id)
    await house.send(check_id, [])
    with pytest.raises(check_errors.HeldLines, match="1 line is held"):
        await house.act(service.settle, check_id, 700, [Given(CARD, 700)])


async def test_a_part_of_what_is_on_the_house_is_given_back_with_its_share(db: Database) -> None:
    house = await founded(db)
    check_id = await half_on_the_house(house)
    line_id = (await house.check(check_id))["lines"][0]["id"]
    half = checks.Wanted(parts={line_id: 2})
    paid = await house.act(service.settle, check_id, 0, [], wanted=half)
    undone = await house.act(service.undo_payment, paid.receipt_id)
    async with db.read() as read:
        receipts = (await read.session.scalars(select(Receipt).order_by(Receipt.id))).all()
        lines = (await read.session.scalars(select(ReceiptLine).order_by(ReceiptLine.receipt_id))).all()
    assert [(one.id, one.gross_lines, one.discount) for one in receipts] == [
        (paid.receipt_id, 350, 350),
        (undone.receipt_id, -350, -350),
    ]
    assert [(line.line_id, line.part, line.less, line.amount) for line in lines] == [
        (line_id, "1/2", 350, 0),
        (line_id, "1/2", -350, 0),
    ]
    with pytest.raises(NothingLeft):
        await house.act(service.refund, paid.receipt_id, service.Asked(), "Once more")
    await house.act(checks.uncomp_line, line_id)
