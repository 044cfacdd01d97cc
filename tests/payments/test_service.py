from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from kiosk.checks import errors as check_errors
from kiosk.checks import service as checks
from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database, Tx
from kiosk.core.errors import NeedsManager
from kiosk.core.models import Venue
from kiosk.payments import errors, queries, service
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender, TenderKind
from kiosk.payments.rules import Given
from kiosk.printing.models import PrintJob
from kiosk.reports.sales import import_sales
from tests.support import journal
from tests.support.house import House, founded

CASH, CARD, WALLET = TenderKind.CASH, TenderKind.CARD, TenderKind.WALLET


async def eaten(house: House) -> int:
    """A check of 7.00 food and 6.20 wine, sent."""
    check_id = await house.seat()
    await house.ring(check_id)
    await house.ring(check_id, "Chianti", "Glass")
    await house.send(check_id)
    return check_id


async def rows(db: Database, table: Any) -> list[Any]:
    async with db.read() as read:
        return list((await read.session.scalars(select(table))).all())


async def test_a_settled_check_gives_receipt_number_one_with_lines_taxes_and_tenders(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    settled = await house.act(service.settle, check_id, 1320, [Given(CASH, 2000)])
    assert (settled.number, settled.total, settled.change_due) == ("1", 1320, 680)
    receipt = (await rows(db, Receipt))[0]
    assert (receipt.total, receipt.net, receipt.tax, receipt.tip, receipt.label) == (1320, 1144, 176, 0, "1")
    assert sorted((line.item, line.amount, line.tax) for line in await rows(db, ReceiptLine)) == [
        ("Chianti", 620, 112),
        ("Tiramisù", 700, 64),
    ]
    assert sorted((row.rate_ppm, row.net, row.tax) for row in await rows(db, ReceiptTax)) == [
        (100_000, 636, 64),
        (220_000, 508, 112),
    ]
    tender = (await rows(db, Tender))[0]
    assert (tender.kind, tender.given, tender.change_due, tender.amount) == (CASH, 2000, 680, 1320)
    assert (await house.check(check_id))["state"] == "closed"
    assert (await journal.acts(db))[-1] == "settled"
    assert await journal.is_whole(db)


async def test_mixed_tenders_and_tips_pay_one_receipt(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    tenders = [Given(CARD, 1000, 200), Given(WALLET, 300), Given(CASH, 500)]
    settled = await house.act(service.settle, check_id, 1320, tenders)
    assert settled.change_due == 280
    assert [(one.kind, one.amount, one.tip) for one in settled.paid] == [
        (CARD, 800, 200),
        (WALLET, 300, 0),
        (CASH, 220, 0),
    ]
    assert sum(tender.amount for tender in await rows(db, Tender)) == 1320
    assert (await rows(db, Receipt))[0].tip == 200


async def test_a_house_that_rounds_cash_keeps_the_rounding_as_its_own_figure(db: Database) -> None:
    house = await founded(db)

    async def set_up(tx: Tx) -> None:
        await tx.change(update(Venue).values(cash_step=50))

    await db.run(set_up)
    settled = await house.act(service.settle, await eaten(house), 1320, [Given(CASH, 1500)])
    assert (settled.total, settled.change_due) == (1320, 200)
    assert (await rows(db, Receipt))[0].cash_rounding == -20


async def test_while_short_nothing_is_settled_and_no_number_is_drawn(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    with pytest.raises(errors.StillShort, match=r"Still short 3\.20"):
        await house.act(service.settle, check_id, 1320, [Given(CASH, 1000)])
    assert await rows(db, Receipt) == []
    assert (await house.act(service.settle, check_id, 1320, [Given(CARD, 1320)])).number == "1"


async def test_a_check_that_changed_since_the_cashier_looked_is_not_settled(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    with pytest.raises(errors.BillChanged, match=r"now comes to 13\.20"):
        await house.act(service.settle, check_id, 700, [Given(CARD, 700)])


async def test_what_the_kitchen_was_not_told_is_not_settled(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    await house.ring(check_id)
    with pytest.raises(check_errors.UnsentLines):
        await house.act(service.settle, check_id, 2020, [Given(CARD, 2020)])


async def test_a_settled_check_is_settled_once(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    await house.act(service.settle, check_id, 1320, [Given(CARD, 1320)])
    with pytest.raises(check_errors.CheckClosed, match="already closed"):
        await house.act(service.settle, check_id, 1320, [Given(CARD, 1320)])
    assert len(await rows(db, Receipt)) == 1


async def test_an_empty_check_has_nothing_to_settle(db: Database) -> None:
    house = await founded(db)
    with pytest.raises(check_errors.NothingToBill):
        await house.act(service.settle, await house.seat(), 0, [])


async def test_a_voided_line_is_not_paid_for(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    line_id = (await house.check(check_id))["lines"][0]["id"]
    await house.act(checks.void_line, line_id, "cold")
    settled = await house.act(service.settle, check_id, 620, [Given(CARD, 620)])
    assert settled.total == 620
    assert [line.item for line in await rows(db, ReceiptLine)] == ["Chianti"]


async def test_a_waiter_takes_no_money(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    waiter = Actor(house.by.venue_id, None, "Waiter", Role.WAITER)
    with pytest.raises(NeedsManager):
        await house.act(service.settle, check_id, 1320, [Given(CARD, 1320)], by=waiter)
    assert await rows(db, Receipt) == []


async def test_a_receipt_is_on_paper_once_and_its_copies_say_so(db: Database) -> None:
    house = await founded(db)
    settled = await house.act(service.settle, await eaten(house), 1320, [Given(CARD, 1320)])
    receipt = await house.look(queries.show_receipt, settled.receipt_id)
    assert receipt.paper["number"] == "1"
    await house.act(service.reprint, settled.receipt_id)
    await house.act(service.reprint, settled.receipt_id)
    from kiosk.printing.models import PrintJob

    jobs = await rows(db, PrintJob)
    assert sorted(job.cause for job in jobs) == ["receipt 1", "receipt 1 copy 2", "receipt 1 copy 3"]


async def test_a_receipt_that_never_was_is_a_sentence(db: Database) -> None:
    house = await founded(db)
    with pytest.raises(errors.ReceiptGone):
        await house.look(queries.show_receipt, 5)


async def test_an_imported_receipt_has_no_paper_to_print_again(db: Database, tmp_path: Path) -> None:
    house = await founded(db)
    history = tmp_path / "sales.csv"
    history.write_text("receipt,closed_at,item,quantity,unit_price\nA17,2015-11-27 12:00,Diavola,1,11.50\n")
    await import_sales(db, history, by=house.by)
    (old,) = await rows(db, Receipt)
    with pytest.raises(errors.NoPaper, match="A17"):
        await house.act(service.reprint, old.id)
    assert await rows(db, PrintJob) == []
