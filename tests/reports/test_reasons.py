"""A range by course, modifier, reason and person: literal figures, before and after its days are rolled up."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, update

from kiosk.checks import service as checks
from kiosk.checks.discounting import Off, discount
from kiosk.core.actor import Role
from kiosk.core.db import Database
from kiosk.core.errors import Refused
from kiosk.payments import service as payments
from kiosk.payments.rules import Given, TenderKind
from kiosk.reports import deeds_behind
from kiosk.reports.models import Rollup
from kiosk.reports.payroll import payroll
from kiosk.reports.report_view import show_behind, show_report
from kiosk.reports.rolling import Difference, differences, roll_missing
from kiosk.reports.rules import Dimension
from kiosk.reports.takings import business_today, told_by
from kiosk.staff.models import Person
from kiosk.staff.pay import Rate, set_pay
from tests.reports.making import a_day_later
from tests.support.house import House, founded

pytestmark = pytest.mark.slow

WHO = "command line"
ODD = '"عيد" \\ 100 %_/ off'


async def evening(db: Database) -> tuple[House, date]:
    """Two tables of a Diavola with extras, a Tagliata and wine; one voided, one on the house, one given back."""
    house = await founded(db)
    burrata, chilli, rare = [await house.modifier(name) for name in ("Burrata", "Chilli", "Rare")]
    first, second = await house.seat("1"), await house.seat("2", 4)
    await house.ring(first, "Diavola", "Medium", modifier_ids=[burrata, chilli], quantity=2)
    await house.ring(first, "Chianti", "Glass")
    gone = await house.ring(first, "Tagliata", "200 g", modifier_ids=[rare])
    await house.ring(second, "Diavola", "Large", modifier_ids=[chilli])
    free = await house.ring(second, "Tiramisù")
    for check_id in (first, second):
        await house.send(check_id, [0, 2])
    await house.act(checks.void_line, gone, "Dropped")
    await house.act(checks.comp_line, free, ODD)
    await house.act(discount, first, None, Off("Friends", percent="10", reason="Regulars"))
    await paid(house, first, 3348)
    sold = await paid(house, second, 1550)
    await house.act(payments.refund, sold.receipt_id, payments.Asked(None), "Cold")
    return house, await house.look(business_today)


async def paid(house: House, check_id: int, total: int) -> Any:
    return await house.act(payments.settle, check_id, total, [Given(TenderKind.CARD, total)])


EXPECTED: dict[Dimension, list[Any]] = {
    Dimension.COURSE: [("Drinks", 1, 1, 558), ("Course 2", 2, 2, 2790)],
    Dimension.MODIFIER: [("", "Burrata", 350, 2, 700), ("", "Chilli", 50, 2, 100)],
    Dimension.VOID: [("Dropped", 1, 0, 2200)],
    Dimension.COMP: [(ODD, 1, 700)],
    Dimension.DISCOUNT: [("Regulars", 1, 372)],
    Dimension.REFUND: [("Cold", 1, 1550)],
    Dimension.STAFF: [(WHO, 2, 6, 3348, 558, 2200, 700, 372, 0)],
}


async def told(db: Database, day: date) -> dict[Dimension, list[Any]]:
    async with db.read() as read:
        return {each: (await told_by(read, day, day, each))[1] for each in EXPECTED}


async def test_courses_modifiers_reasons_and_people_are_told(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    _, day = await evening(db)
    assert await told(db, day) == EXPECTED
    a_day_later(monkeypatch)
    assert await roll_missing(db) == 1
    assert await told(db, day) == EXPECTED
    async with db.read() as read:
        assert await differences(read, day, day) == []


@pytest.mark.parametrize(("dimension", "figure"), [("modifier", "pieces"), ("deed", "amount"), ("course", "amount")])
async def test_what_was_bent_afterwards_is_named(
    db: Database, monkeypatch: pytest.MonkeyPatch, dimension: str, figure: str
) -> None:
    _, day = await evening(db)
    a_day_later(monkeypatch)
    await roll_missing(db)
    mine = (Rollup.dimension == dimension, Rollup.place == 1)
    bent = update(Rollup).where(*mine).values({figure: getattr(Rollup, figure) + 1})
    assert await db.run(lambda tx: tx.change(bent)) == 1
    async with db.read() as read:
        assert await differences(read, day, day) == [Difference(day, dimension)]


RECEIPTS: dict[Dimension, list[int]] = {
    Dimension.COURSE: [1, 3],
    Dimension.MODIFIER: [1, 3],
    Dimension.STAFF: [3],
}
"""How many receipts every row opens."""


async def opened(db: Database, day: date, dimension: Dimension) -> list[int]:
    asked = {"from": day.isoformat(), "to": day.isoformat(), "by": dimension}
    async with db.read() as read:
        rows = (await show_report(read, asked))["rows"]
        pages = [await show_behind(read, asked | {"key": json.dumps(row["key"])}) for row in rows]
    assert all(page["of"] == "receipts" for page in pages)
    return [len(page["rows"]) for page in pages]


async def test_courses_and_modifiers_open_their_receipts(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    _, day = await evening(db)
    assert {dimension: await opened(db, day, dimension) for dimension in RECEIPTS} == RECEIPTS
    a_day_later(monkeypatch)
    assert await roll_missing(db) == 1
    assert {dimension: await opened(db, day, dimension) for dimension in RECEIPTS} == RECEIPTS


async def behind(db: Database, by: str, key: dict[str, str], **words: str) -> list[dict[str, Any]]:
    async with db.read() as read:
        found = await show_behind(read, {"by": by, "key": json.dumps(key), **words})
    assert found["of"] == "deeds"
    return list(found["rows"])


async def test_what_was_taken_off_opens_its_entries_in_the_journal(db: Database) -> None:
    await evening(db)
    (void,) = await behind(db, "void_reason", {"reason": "Dropped"})
    assert (void["line"], void["portion"], void["amount"], void["label"]) == ("Tagliata", "200 g", 2200, "1")
    assert (void["person"], void["after_bill"], void["is_taken_back"]) == (WHO, False, False)
    (refund,) = await behind(db, "deed", {"kind": "refund", "reason": "Cold", "person": WHO})
    assert (refund["label"], refund["amount"], refund["receipt"]) == ("2", 1550, "3")
    (comp,) = await behind(db, "staff", {"staff": WHO}, figure="comps")
    assert (comp["reason"], comp["line"], comp["amount"]) == (ODD, "Tiramisù", 700)
    assert [one["kind"] for one in await behind(db, "deed", {})] == ["refund", "discount", "comp", "void"]
    assert await behind(db, "comp_reason", {"reason": ODD}) == [comp]
    assert await behind(db, "void_reason", {"reason": "Dropped"}, figure="after_bill") == []
    assert await behind(db, "deed", {"kind": "void", "reason": "Drop_ed"}) == []


async def test_what_discounts_come_to_is_what_its_receipts_took_off(db: Database) -> None:
    await evening(db)
    async with db.read() as read:
        found = await show_behind(read, {"by": "day", "key": "{}", "figure": "discounts"})
        report = await show_report(read, {"by": "day"})
    assert [(one["number"], one["discount"]) for one in found["rows"]] == [("3", -700), ("2", 700), ("1", 372)]
    assert report["summary"]["discounts"] == 372


async def test_entries_are_told_a_page_at_a_time(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deeds_behind, "PAGE", 2)
    monkeypatch.setattr(deeds_behind, "AT_ONCE", 1)
    await evening(db)
    async with db.read() as read:
        first = await show_behind(read, {"by": "deed", "key": "{}"})
        rest = await show_behind(read, {"by": "deed", "key": "{}", "before": str(first["next"])})
    assert [one["kind"] for one in first["rows"] + rest["rows"]] == ["refund", "discount", "comp", "void"]
    assert rest["next"] is None


async def test_a_key_of_no_deed_is_answered(db: Database) -> None:
    await evening(db)
    with pytest.raises(Refused, match="The key cannot be"):
        await behind(db, "deed", {"moon": "full"})


async def test_what_was_given_back_counts_against_a_commission(db: Database) -> None:
    house, today = await evening(db)
    person = {"id": 1, "venue_id": house.by.venue_id, "name": WHO, "role": Role.WAITER, "pin_hash": "x"}
    await db.run(lambda tx: tx.change(insert(Person).values(**person, added_at=tx.at)))
    await house.act(set_pay, 1, Rate(today, None, 100_000))
    earned = {one.person: one.commission for one in await house.look(payroll, today, today) if one.commission}
    assert earned == {WHO: 2_99}, "a tenth of 25.36 and 4.57; the 15.50 came and went"
