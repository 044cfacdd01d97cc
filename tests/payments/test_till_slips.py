"""What a drawer leaves on paper: a slip of every act, and the summary of the day beside its Z."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from kiosk.core import house_rules
from kiosk.core.actor import Actor, Approver, Role
from kiosk.core.db import Database
from kiosk.payments import day, drawers, service
from kiosk.payments.rules import Given
from kiosk.payments.till_queries import standing
from kiosk.printing import service as printing
from kiosk.printing.models import Printer, PrintJob
from kiosk.printing.words_sheet import said_figure, said_note
from tests.support.house import House, founded
from tests.support.paying import eaten


async def slips(house: House, role: str = "receipt") -> list[dict[str, Any]]:
    """The sheets that wait at the printers of a role, in order."""
    async with house.db.read() as read:
        printers = {one.id: one.prints for one in await read.session.scalars(select(Printer))}
        jobs = (await read.session.scalars(select(PrintJob).order_by(PrintJob.id))).all()
    return [one.document for one in jobs if one.kind == "sheet" and role in printers[one.printer_id]]


def told(sheet: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(row["label"], row["amount"] or row["word"]) for block in sheet["blocks"] for row in block]


async def test_every_act_on_a_drawer_is_on_paper(db: Database) -> None:
    house = await founded(db)
    sofia = Approver(7, "Sofia", Role.MANAGER)
    ana = Actor(house.by.venue_id, None, "Ana", Role.OWNER, approver=sofia)
    mine = await house.act(drawers.open_drawer, 1, 10_000, by=ana)
    await house.act(drawers.pay_in, mine, 5000, "Change from the bank", by=ana)
    await house.act(drawers.pay_out, mine, 1850, "Taxi home", "expense", by=ana)
    await house.act(drawers.pay_out, mine, 1000, "Kitchen", "tips", by=ana)
    await house.act(drawers.drop, mine, 10_000, "Bag 318", by=ana)
    await house.act(drawers.no_sale, mine, "Change for the bar", by=ana)
    await house.act(drawers.hand_over_drawer, mine, by=house.by)
    await house.act(drawers.count_drawer, mine, {"2000": 1, "100": 1, "50": 1})
    found = await slips(house)
    assert [one["title"] for one in found] == [
        *("Drawer opened", "Paid in", "Expense paid out", "Tips paid out", "To the safe", "Opened without a sale"),
        *("Drawer handed over", "Drawer counted"),
    ]
    assert told(found[0]) == [("Float", 10_000)]
    assert told(found[2]) == [("Amount", 1850), ("Taxi home", ""), ("Daybook", "M 3")]
    assert told(found[5]) == [("Change for the bar", ""), ("Daybook", "M 6")]
    assert told(found[6]) == [("Handed over by", "Ana"), ("Daybook", "M 7")]
    assert told(found[7]) == [
        *(("1 x 20.00", 2000), ("1 x 1.00", 100), ("1 x 0.50", 50)),
        *(("Counted", 2150), ("Expected", 2150), ("Exact", 0 or "")),
    ]
    assert unsaid(found) == {"Change from the bank", "Taxi home", "Kitchen", "Bag 318", "Change for the bar", "Ana"}
    assert found[2]["foot"][:2] == ["By Ana", "Approved by Sofia"]
    assert found[2]["notes"][0] == "Drawer 1, Ana"
    assert [one["foot"][-1].startswith("Signature") for one in found] == [
        *(False, False, True, True, True, False, True, True),
    ]


def unsaid(sheets: list[dict[str, Any]]) -> set[str]:
    """What stays on a German paper as it was written, but for figures."""
    found = set()
    for sheet in sheets:
        ours = [row[name] for block in sheet["blocks"] for row in block for name in ("label", "word")]
        found |= {one for one in (sheet["title"], *ours, *sheet["foot"]) if said_figure(one, "de") == one}
        found |= {one for one in sheet["notes"] if said_note(one, "de") == one}
    return {one for one in found if re.search(r"[^\W\d_]{2}", one)}


async def test_slips_come_where_slips_are_printed_else_where_receipts_are(db: Database) -> None:
    house = await founded(db)
    mine = await house.act(drawers.open_drawer, 1, 0)
    await house.act(printing.add_printer, code="office", name="Office", prints=["slip", "report"])
    await house.act(drawers.pay_in, mine, 100, "Change")
    await house.act(day.print_x)
    assert [one["title"] for one in await slips(house, "slip")] == ["Paid in", "X report"]
    assert [one["title"] for one in await slips(house)] == ["Drawer opened"]


async def test_the_summary_comes_with_the_z_and_adds_up_to_its_turnover(db: Database) -> None:
    house = await founded(db)
    await house.act(service.settle, await eaten(house), 1320, [Given("card", 1420, 100)])
    await house.act(service.settle, await eaten(house, "2"), 1320, [Given("card", 1320)])
    closed = await house.act(day.close_day, (await house.look(standing)).day, 1)
    z, summary = await slips(house)
    assert (z["title"], summary["title"]) == ("Z report 1", "Day summary 1")
    figures, categories, best, staff, hours = summary["blocks"]
    rows = {row["label"]: row["amount"] or row["word"] for row in figures}
    assert rows == {
        "Turnover": 2640,
        "Receipts": "2",
        "Guests": "4",
        "Per receipt": 1320,
        "Per guest": 660,
        "Tips": 100,
    }
    assert [(row["label"], row["amount"]) for row in categories[1:]] == [("2 Mains", 1400), ("2 Wine", 1240)]
    assert [row["label"] for row in best] == ["Sold most", "2 Tiramisù", "2 Chianti Glass"]
    assert [(row["label"], row["amount"]) for row in staff] == [
        *(("By person", None), ("command line, 2", 2640), ("  tips, apart", 100)),
    ]
    assert hours[0]["label"] == "By hour"
    assert {one for one in unsaid([z, summary]) if not re.fullmatch(r"[0-9a-f ]+", one)} == {
        *("command line, 2", "2 Mains", "2 Wine", "2 Tiramisù", "2 Chianti Glass"),
    }
    assert sum(row["amount"] for row in hours[1:]) == closed.figures["turnover"]


async def test_a_card_receipt_leaves_room_for_a_tip_where_the_house_wants_it(db: Database) -> None:
    house = await founded(db)

    async def paper(*tenders: Given) -> dict[str, Any]:
        check_id = await eaten(house)
        await house.act(service.settle, check_id, 1320, list(tenders))
        async with db.read() as read:
            jobs = (await read.session.scalars(select(PrintJob).order_by(PrintJob.id))).all()
        return next(dict(one.document) for one in reversed(jobs) if one.kind == "receipt")

    assert (await paper(Given("card", 1320)))["tip_line"] is False
    await house.act(house_rules.change_rule, "tip_line", "on")
    assert (await paper(Given("card", 1320)))["tip_line"] is True
    assert (await paper(Given("card", 1420, 100)))["tip_line"] is False
    assert (await paper(Given("cash", 1320)))["tip_line"] is False
    assert [line["rate_ppm"] for line in (await paper(Given("cash", 1320)))["lines"]] == [100_000, 220_000]
    await house.act(house_rules.change_rule, "digital_receipts", "on")
    rules = {name: value for name, value, _ in await house.look(house_rules.show_all_rules)}
    assert (rules["tip_line"], rules["digital_receipts"]) == ("on", "on")
