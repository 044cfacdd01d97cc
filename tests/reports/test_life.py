"""What the journal tells of a check and of each of its lines, in sentences."""

from __future__ import annotations

import ast
import re
from dataclasses import replace

import pytest

from kiosk.checks import service as checks
from kiosk.checks.errors import CheckGone
from kiosk.core.actor import Actor, Approver, Role
from kiosk.core.db import Database
from kiosk.payments import service as payments
from kiosk.payments.rules import Given, TenderKind
from kiosk.reports.life import Life, LineLife, show_life
from kiosk.reports.life_telling import OF_LINES_ONLY
from kiosk.reports.life_words import CHECK, LINE
from tests.support.house import House, founded
from tests.support.live import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
async def house(db: Database) -> House:
    return await founded(db)


async def life(house: House, check_id: int) -> Life:
    return await house.look(show_life, check_id)


def said(told: Life | LineLife) -> list[str]:
    """The sentences of a story, with clock times as --:--."""
    return [re.sub(r"\d\d:\d\d", "--:--", event.text) for event in told.told]


def approved(house: House) -> Actor:
    return replace(house.by, approver=Approver(6, "Sofia", Role.MANAGER))


async def test_a_line_from_the_first_ring_to_the_receipt(house: House) -> None:
    check_id = await house.seat("1", covers=2)
    line_id = await house.ring(check_id, "Diavola", "Large", quantity=2, seat_no=1, note="well done")
    await house.act(checks.change_line, line_id, quantity=3)
    await house.act(checks.change_line, line_id, quantity=1, note="")
    await house.send(check_id)
    await house.act(checks.serve, check_id, [line_id])
    await house.act(checks.ask_bill, check_id)
    await house.act(payments.settle, check_id, 1500, [Given(TenderKind.CASH, 2000)])
    found = await life(house, check_id)
    assert found.title == "check 1 (1)"
    (line,) = found.lines
    assert (line.title, line.amount, line.ended, line.is_grave) == ("1 × Diavola, Large", 1500, "Paid, receipt 1", True)
    assert said(line) == [
        "The kiosk rang 2 for 30.00 for seat 1.",
        "The command line changed it: quantity 3, before 2.",
        "The command line took it from 3 down to 1.",
        "The command line changed it: note none, before “well done”.",
        "The command line sent it to the kitchen.",
        "The command line brought it to the table.",
        "The command line took 15.00 for it on receipt 1.",
    ]
    assert said(found) == [
        "The command line asked for the bill, 15.00.",
        "The command line took 15.00 on receipt 1: cash 20.00, 5.00 back.",
    ]


async def test_what_was_put_right_after_the_bill_says_so_and_who_approved_it(house: House) -> None:
    check_id = await house.seat()
    voided, comped = [await house.ring(check_id) for _ in range(2)]
    removed = await house.ring(check_id, "Chianti", "Glass")
    await house.act(checks.remove_line, removed)
    await house.send(check_id)
    await house.act(checks.ask_bill, check_id)
    await house.act(checks.void_line, voided, "never came", by=approved(house))
    await house.act(checks.comp_line, comped, "birthday", by=approved(house))
    lines = {line.id: line for line in (await life(house, check_id)).lines}
    assert said(lines[voided])[-1] == (
        "The command line voided it, 7.00, approved by Sofia, after the bill was asked for at --:--. "
        "Reason: “never came”."
    )
    assert said(lines[comped])[-1] == (
        "The command line gave it on the house, 7.00, approved by Sofia, after the bill was asked for at --:--. "
        "Reason: “birthday”."
    )
    assert said(lines[removed]) == [
        "The kiosk rang 1 for 6.20.",
        "The command line removed it, 6.20, before it was sent.",
    ]
    assert [lines[one].ended for one in (voided, comped, removed)] == ["Voided", "On the house", "Removed"]
    assert all(line.is_grave for line in lines.values())


async def test_a_line_keeps_its_story_on_every_check_it_was_on(house: House) -> None:
    first, second = await house.seat("1"), await house.seat("2")
    third = await house.act(checks.open_check, "Bar", 1, dining=checks.Dining.EAT_IN)
    line_id = await house.ring(first)
    await house.act(checks.move_lines, [line_id], second)
    await house.send(second)
    await house.act(checks.move_lines, [line_id], third)
    story = [
        "The kiosk rang 1 for 7.00.",
        "The command line moved it to check 2 (2).",
        "The command line sent it to the kitchen.",
        "The command line moved it to check 3 (Bar).",
    ]
    for check_id, ended in ((first, "On check 3 (Bar)"), (second, "On check 3 (Bar)"), (third, "With the kitchen")):
        (line,) = (await life(house, check_id)).lines
        assert (said(line), line.ended) == (story, ended)
    assert said(await life(house, third)) == ["The command line brought 1 line from check 2 (2)."]


async def test_merged_checks_tell_of_each_other(house: House) -> None:
    first, second = await house.seat("1"), await house.seat("2")
    mine, yours = await house.ring(first), await house.ring(second)
    await house.act(checks.merge, first, second)
    together = await life(house, second)
    assert [line.id for line in together.lines] == [mine, yours]
    assert said(together.lines[0])[-1] == "The command line put it on check 2 (2)."
    await house.act(checks.unmerge, first)
    assert said((await life(house, first)).lines[0])[-2:] == [
        "The command line put it on check 2 (2).",
        "The command line took it back from check 2 (2).",
    ]
    assert said(await life(house, second)) == [
        "The command line brought 1 line from check 1 (1).",
        "The command line gave back 1 line to check 1 (1).",
    ]


async def test_discounts_service_and_money_are_told_with_what_they_did_to_the_check(house: House) -> None:
    check_id = await house.seat()
    line_id = await house.ring(check_id, "Tagliata", "200 g", modifier_ids=[await house.modifier("Rare")])
    await house.send(check_id)
    given = await house.act(checks.discount, check_id, line_id, checks.Off("Regular", percent="10"))
    await house.act(checks.undiscount, given)
    await house.act(checks.discount, check_id, None, checks.Off("Voucher", amount=200, reason="late"))
    await house.act(checks.set_service, check_id, "5")
    found = await life(house, check_id)
    assert said(found.lines[0])[-2:] == [
        "The command line took 10 % off, “Regular”. The check came to 22.00 before, 19.80 after.",
        "The command line charged the 10 % of “Regular” after all. The check came to 19.80 before, 22.00 after.",
    ]
    assert said(found) == [
        "The command line took 2.00 off, “Voucher”. Reason: “late”. The check came to 22.00 before, 20.00 after.",
        "The command line set the service charge to 5 %, before the house's. "
        "The check came to 20.00 before, 21.00 after.",
    ]


async def test_money_that_went_back_and_receipts_printed_again_are_told(house: House) -> None:
    check_id = await house.seat()
    line_id = await house.ring(check_id)
    await house.ring(check_id, "Chianti", "Glass")
    await house.send(check_id)
    only = checks.Wanted(parts={line_id: 1})
    receipt = await house.act(payments.settle, check_id, 700, [Given(TenderKind.CARD, 800, 100)], wanted=only)
    await house.act(payments.reprint, receipt.receipt_id)
    await house.act(payments.refund, receipt.receipt_id, payments.Asked(), "hair in it", by=approved(house))
    found = await life(house, check_id)
    assert said(found) == [
        "The command line took 7.00 on receipt 1: card 8.00 with 1.00 tip; 6.20 stayed open.",
        "The command line printed receipt 1 again, copy 2.",
        "The command line gave 7.00 back by card on receipt 2, a refund of receipt 1, approved by Sofia. "
        "Reason: “hair in it”.",
    ]
    assert [line.ended for line in found.lines] == ["Given back, receipt 2", "With the kitchen"]
    assert said(found.lines[0])[-1] == (
        "The command line gave 7.00 back for it on receipt 2, approved by Sofia. Reason: “hair in it”."
    )


async def test_a_wrong_tender_put_right_is_told_as_the_pair_it_is(house: House) -> None:
    check_id = await house.seat()
    await house.ring(check_id)
    await house.send(check_id)
    receipt = await house.act(payments.settle, check_id, 700, [Given(TenderKind.CASH, 700)])
    await house.act(payments.correct_tender, receipt.receipt_id, 0, "card", "typed wrong")
    assert said(await life(house, check_id))[-1] == (
        "The command line corrected how receipt 1 was paid, which said cash 7.00: receipt 2 gives it back and 3 takes "
        "card 7.00. Reason: “typed wrong”."
    )


async def test_a_check_of_a_hundred_lines_is_told_in_a_handful_of_reads(house: House) -> None:
    check_id = await house.seat()
    portion = await house.portion("Tiramisù")
    for _ in range(100):
        await house.act(checks.ring, check_id, checks.Wish(portion))
    await house.send(check_id)
    found = await life(house, check_id)
    assert len(found.lines) == 100
    assert {tuple(said(line)) for line in found.lines} == {
        ("The kiosk rang 1 for 7.00.", "The command line sent it to the kitchen."),
    }


async def test_a_check_that_never_was_is_refused(house: House) -> None:
    with pytest.raises(CheckGone):
        await life(house, 4711)


def test_every_act_about_a_check_or_a_receipt_has_words() -> None:
    """An act without words is told by its name, which is no sentence."""
    silent = []
    for path in sorted((ROOT / "kiosk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Act":
                silent += [f"{path.name}: {act}" for act in _named(node) if act not in {*CHECK, *LINE, *OF_LINES_ONLY}]
    assert silent == []


def _named(act: ast.Call) -> list[str]:
    """The names of an act about a check or a receipt, as they are written in the source."""
    if len(act.args) < 2 or (isinstance(act.args[1], ast.Constant) and act.args[1].value not in {"check", "receipt"}):
        return []
    written = [one for one in ast.walk(act.args[0]) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return [str(one.value) for one in written]
