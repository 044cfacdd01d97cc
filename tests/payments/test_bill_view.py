"""The bill as the counter's screen reads it, over the wire: shares, tenders keyed, tips, what is paid."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.db import Database
from tests.support import counter
from tests.support.counter import Counter, Tablet, sentence
from tests.support.paying import eaten
from tests.support.rules import set_rules

pytestmark = pytest.mark.slow


@pytest.fixture
async def house(db: Database, tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter.opened(db, tmp_path) as opened:
        yield opened


async def bill(tablet: Tablet, check_id: int, plan: Any = None) -> dict[str, Any]:
    asked = "" if plan is None else f"?plan={json.dumps(plan)}"
    answer = await tablet.view(f"bill/{check_id}{asked}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_a_bill_without_a_plan_is_everything_by_one_payer(house: Counter) -> None:
    ana, check_id = await house.tablet("Ana"), await eaten(house.house)
    shown = await bill(ana, check_id)
    assert shown["open"]["total"] == 1320
    assert [(line["open"], line["less"], line["gross"]) for line in shown["open"]["lines"]] == [
        (700, 0, 700),
        (620, 0, 620),
    ]
    assert (shown["paying"]["total"], shown["paying"]["due"], shown["paying"]["cash_due"]) == (1320, 1320, 1320)
    assert {"amount": 1320, "short": 0, "change": 0} in shown["paying"]["cash_keys"]
    assert [tender["code"] for tender in shown["tenders"]] == ["cash", "card", "wallet", "voucher", "account"]
    assert (shown["paid"], shown["payers"], shown["drawer"]) == ([], [], None)


async def test_three_payers_see_what_each_pays_and_the_last_takes_the_rest(house: Counter) -> None:
    ana, check_id = await house.tablet("Ana"), await eaten(house.house)
    plan = {"payers": ["A", "B", "C"], "share": {"A": {"even": 3}, "B": {"even": 2}, "C": None}, "paying": "A"}
    shown = await bill(ana, check_id, plan)
    assert [(payer["key"], payer["total"]) for payer in shown["payers"]] == [("A", 440), ("B", 440), ("C", 440)]
    assert shown["payers"][0]["lines"][0] == {"line_id": shown["open"]["lines"][0]["id"], "of": 3, "gross": 233}
    assert (shown["paying"]["key"], shown["paying"]["due"]) == ("A", 440)
    paid = await ana.act(
        "settle", check_id=check_id, share={"even": 3}, total=440, tenders=[{"kind": "cash", "given": 500}]
    )
    told = paid.json()["result"]
    assert (told["rest"], told["closed"], told["share_no"], told["change_due"]) == (880, False, 1, 60)
    after = await bill(ana, check_id, {"payers": ["B", "C"], "share": {"B": {"even": 2}}, "paying": "B"})
    assert [payer["total"] for payer in after["payers"]] == [440, 440]
    (receipt,) = after["paid"]
    assert (receipt["number"], receipt["total"], receipt["refunded"], receipt["by"]) == ("1", 440, False, "Ana")
    assert receipt["tenders"] == [{"kind": "cash", "name": "Cash", "given": 500, "change_due": 60, "tip": 0}]
    assert after["drawer"]["till"] == 1


async def test_keyed_tenders_and_a_tip_are_counted_and_cash_is_whole_coins(house: Counter) -> None:
    ana, check_id = await house.tablet("Ana"), await eaten(house.house)
    url = house.house.db.url.render_as_string(hide_password=False)
    await set_rules(url, cash_step=5, tip_ppm=[125_000])
    plan = {"tenders": [{"kind": "card", "given": 507, "tip": 7}], "tip": 101}
    paying = (await bill(ana, check_id, plan))["paying"]
    assert (paying["paid"], paying["due"], paying["cash_due"], paying["cash_tip"]) == (500, 921, 920, 100)
    assert paying["cash_keys"][0] == {"amount": 500, "short": 420, "change": 0}
    assert paying["tips"] == [
        {"amount": 165, "percent": "12.5", "round_up": False},
        {"amount": 80, "percent": None, "round_up": True},
    ]
    plan = {"tenders": [{"kind": "card", "given": 1000}, {"kind": "cash", "given": 500}]}
    paying = (await bill(ana, check_id, plan))["paying"]
    assert (paying["paid"], paying["due"], paying["change"], paying["cash_keys"]) == (1320, 0, 180, [])


async def test_a_tender_that_cannot_be_is_told_and_does_not_count(house: Counter) -> None:
    ana, check_id = await house.tablet("Ana"), await eaten(house.house)
    paying = (await bill(ana, check_id, {"tenders": [{"kind": "card", "given": 2000}]}))["paying"]
    assert (paying["paid"], paying["due"]) == (0, 1320)
    assert paying["refusal"] == "The Card takes at most 13.20 here. Change is given on cash only."


async def test_a_share_that_cannot_be_has_its_reason(house: Counter) -> None:
    ana, check_id = await house.tablet("Ana"), await eaten(house.house)
    plan = {
        "payers": ["A", "B"],
        "share": {"A": {"amount": 2000}, "B": {"lines": [{"line_id": 5, "of": 1}]}},
        "paying": "A",
    }
    shown = await bill(ana, check_id, plan)
    assert [payer["total"] for payer in shown["payers"]] == [0, 0]
    assert shown["payers"][0]["error"].startswith("A share is more than nothing")
    assert shown["payers"][1]["error"].startswith("Nothing of this share is open")
    assert shown["paying"] is None


@pytest.mark.parametrize(
    "plan", ["{", "[]", '{"x": 1}', '{"payers": [1]}', '{"share": {"A": {"even": 0}}}', '{"tip": 1.5}']
)
async def test_a_plan_that_cannot_be_read_is_a_sentence(house: Counter, plan: str) -> None:
    ana, check_id = await house.tablet("Ana"), await eaten(house.house)
    answer = await ana.view(f"bill/{check_id}?plan={plan}")
    assert (answer.status_code, answer.json()["code"]) == (422, "plan_unreadable")


async def test_a_share_in_two_ways_is_refused(house: Counter) -> None:
    ana, check_id = await house.tablet("Ana"), await eaten(house.house)
    answer = await ana.act("settle", check_id=check_id, share={"even": 2, "amount": 5}, total=5, tenders=[])
    assert sentence(answer) == (422, "unreadable")


async def test_a_settled_check_has_nothing_open(house: Counter) -> None:
    ana, check_id = await house.tablet("Ana"), await eaten(house.house)
    await ana.act("settle", check_id=check_id, total=1320, tenders=[{"kind": "card", "given": 1320}])
    shown = await bill(ana, check_id, {"payers": ["A"], "paying": "A"})
    assert shown["open"] == {"lines": [], "service": 0, "total": 0}
    assert shown["check"]["state"] == "closed"


async def test_the_cashier_needs_a_manager_to_give_money_back(house: Counter) -> None:
    ana, check_id = await house.tablet("Ana"), await eaten(house.house)
    settled = await ana.act(
        "settle", check_id=check_id, share={"even": 2}, total=660, tenders=[{"kind": "card", "given": 660}]
    )
    receipt_id = settled.json()["result"]["receipt_id"]
    assert sentence(await ana.act("undo_payment", receipt_id=receipt_id)) == (403, "needs_manager")
    approval = {"person_id": house.ids["Sofia"], "pin": "6666"}
    done = await ana.post("undo_payment", args={"receipt_id": receipt_id}, approval=approval)
    assert done.json()["result"]["back"] == [{"kind": "card", "given": 660}]
    (receipt,) = (await bill(ana, check_id))["paid"]
    assert (receipt["refunded"], receipt["returned"]) == (True, 660)


async def test_a_receipt_is_found_by_number_table_and_amount_and_given_back_by_line(house: Counter) -> None:
    sofia = await house.tablet("Sofia")
    for label in ("1", "2"):
        check_id = await eaten(house.house, label)
        await sofia.act("settle", check_id=check_id, total=1320, tenders=[{"kind": "card", "given": 1420, "tip": 100}])
    found = (await sofia.view("receipts")).json()
    assert ([row["number"] for row in found["receipts"]], found["next"]) == (["2", "1"], None)
    for words, numbers in {"1": ["1"], "13.20": ["2", "1"], "14,20": ["2", "1"], "Table 2": ["2"], "xyz": []}.items():
        rows = (await sofia.view(f"receipts?q={words}")).json()["receipts"]
        assert [row["number"] for row in rows] == numbers, words
    one = found["receipts"][0]
    assert (one["label"], one["total"], one["tip"], one["tenders"]) == ("2", 1320, 100, ["Card"])
    day = (await sofia.view(f"receipts?day={one['day']}&before={one['id']}")).json()["receipts"]
    assert [row["number"] for row in day] == ["1"]
    assert sentence(await sofia.view("receipts?day=yesterday")) == (422, "refused")
    assert (await sofia.view("receipts?q=1e999999")).json()["receipts"] == []
    assert len((await sofia.view(f"receipts?before={'9' * 19}")).json()["receipts"]) == 2
    back = {"receipt_id": one["id"], "lines": [{"position": 1, "amount": None}], "reason": "corked"}
    assert (await sofia.act("refund", **back)).json()["result"]["total"] == -620
    shown = (await sofia.view(f"receipt/{one['id']}")).json()
    assert [(line["name"], line["amount"], line["left"]) for line in shown["lines"]] == [
        ("Tiramisù", 700, 700),
        ("Chianti", 620, 0),
    ]
    assert (shown["left"], shown["may_refund"], shown["may_correct"]) == ({"total": 700, "tip": 100}, True, False)
    assert [(later["number"], later["total"], later["reason"]) for later in shown["later"]] == [("3", -620, "corked")]
    assert shown["tenders"][0]["left"] == 700
    refund = (await sofia.view(f"receipt/{shown['later'][0]['id']}")).json()
    assert (refund["of_number"], refund["may_refund"]) == ("2", False)
    assert "REFUND" in [line.strip() for line in refund["paper"]]


async def test_a_wrong_tender_is_corrected_from_the_screen(house: Counter) -> None:
    sofia, check_id = await house.tablet("Sofia"), await eaten(house.house)
    settled = await sofia.act("settle", check_id=check_id, total=1320, tenders=[{"kind": "card", "given": 1320}])
    receipt_id = settled.json()["result"]["receipt_id"]
    args = {"receipt_id": receipt_id, "position": 0, "kind": "cash", "reason": "paid cash"}
    done = (await sofia.act("correct_tender", **args)).json()["result"]
    assert (done["refund_number"], done["number"]) == ("2", "3")
    shown = (await sofia.view(f"receipt/{receipt_id}")).json()
    assert [(later["number"], later["kind"], later["is_correction"]) for later in shown["later"]] == [
        ("2", "refund", True),
        ("3", "sale", True),
    ]


async def test_a_waiter_sees_bills_and_no_receipts(house: Counter) -> None:
    marco, check_id = await house.tablet("Marco"), await eaten(house.house)
    assert (await marco.view(f"bill/{check_id}")).status_code == 200
    assert sentence(await marco.view("receipts")) == (403, "needs_manager")


async def test_a_free_bill_takes_a_tip_in_cash(house: Counter) -> None:
    sofia, check_id = await house.tablet("Sofia"), await eaten(house.house)
    for line in (await house.house.check(check_id))["lines"]:
        await sofia.act("comp_line", line_id=line["id"], reason="birthday")
    free = (await bill(sofia, check_id, {"payers": ["A"], "paying": "A"}))["paying"]
    assert (free["total"], free["due"], free["cash_due"], free["cash_keys"]) == (0, 0, 0, [])
    tipped = (await bill(sofia, check_id, {"payers": ["A"], "paying": "A", "tip": 500}))["paying"]
    assert (tipped["total"], tipped["due"], tipped["cash_due"], tipped["cash_tip"]) == (0, 500, 500, 500)
    tenders = [{"kind": "cash", "given": 500, "tip": 500}]
    done = (await sofia.act("settle", check_id=check_id, total=0, tenders=tenders)).json()["result"]
    assert (done["total"], done["change_due"], done["closed"]) == (0, 0, True)
    assert done["paid"] == [{"kind": "cash", "given": 500, "amount": 0, "tip": 500, "change_due": 0}]
