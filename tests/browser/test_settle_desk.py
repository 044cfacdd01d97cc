"""The settle desk on a kiosk as the house runs it: one kiosk for all of them, a table of its own for each."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.support.people import PINS
from tests.support.rules import set_rules
from tests.support.tablets import Tablets

FOCACCIA, BURRATA, GNOCCHI, TIRAMISU = 450, 1150, 1300, 680
COUNT = "addEventListener('click', event => event.isTrusted && (window.taps = (window.taps ?? 0) + 1), true)"
WATCH_CONFIRM = """() => {
  let began = 0;
  new MutationObserver(() => {
    const shown = document.querySelector(".sd-confirm");
    if (shown && !began) began = performance.now();
    if (!shown && began) window.confirmed ??= performance.now() - began;
  }).observe(document.body, { childList: true, subtree: true });
}"""


@pytest.fixture
async def house(house: Tablets) -> Tablets:
    await set_rules(house.database_url, undo_s=0, hold_courses=False)
    return house


async def eaten(house: Tablets, label: str, **dishes: Any) -> int:
    """A check with these dishes, `Focaccia=20` or `Burrata_pugliese=[1, 2]` for seats, sent and asked for."""
    check_id = await house.seat(label, 3)
    for name, told in dishes.items():
        item = {"Tiramisu": "Tiramisù della casa"}.get(name, name.replace("_", " "))
        if isinstance(told, int):
            await house.ring(check_id, item, quantity=told)
        for seat in told if isinstance(told, list) else []:
            await house.ring(check_id, item, seat_no=seat)
    await house.act("Elena", "send", check_id=check_id)
    await house.act("Elena", "ask_bill", check_id=check_id)
    return check_id


async def desk(house: Tablets, name: str, check_id: int) -> Page:
    page = await house.page(name, f"/#/settle/{check_id}")
    await page.locator(".sd-pay").wait_for()
    return page


async def bill(house: Tablets, check_id: int) -> dict[str, Any]:
    return await house.view("Sofia", f"bill/{check_id}")


def split(page: Page, name: str) -> Locator:
    return page.get_by_role("radiogroup", name="Split").get_by_role("radio", name=name, exact=True)


def cash(page: Page, text: str) -> Locator:
    return page.locator(".sd-cash .k-key2", has_text=text)


def card(page: Page, amount: str) -> Locator:
    return page.get_by_role("button", name=f"Card {amount}", exact=True)


def line(page: Page, name: str) -> Locator:
    return page.locator(".sd-line", has_text=name)


async def approve(page: Page) -> None:
    """Sofia types her PIN into the sheet that came by itself."""
    sheet = page.get_by_role("dialog", name="Approval")
    await sheet.get_by_role("button", name="Sofia").tap()
    for digit in PINS["Sofia"]:
        await sheet.locator(".k-pad").get_by_text(digit, exact=True).tap()
    await sheet.get_by_role("button", name="Approve this one").tap()


async def test_ninety_in_three_is_paid_in_six_taps_from_the_floor(house: Tablets) -> None:
    check_id = await eaten(house, "1", Focaccia=20)
    ana = await house.page("Ana")
    await ana.evaluate(COUNT)
    await ana.locator("[data-table='1']").get_by_role("button", name="Settle").tap()
    await split(ana, "÷3").tap()
    await cash(ana, "change 20").tap()
    confirmed = ana.locator(".sd-confirm")
    await expect(confirmed).to_contain_text("PAID30.00CHANGE20.00")
    assert await confirmed.evaluate("box => getComputedStyle(box).pointerEvents") == "none"
    await card(ana, "30.00").tap()
    await cash(ana, "short 20").tap()
    await card(ana, "20.00").tap()
    await expect(ana.locator(".sd-done__due")).to_contain_text("PAID30.00")
    assert await ana.evaluate("window.taps") == 6
    paid = (await bill(house, check_id))["paid"]
    assert [(one["total"], [(t["kind"], t["given"], t["change_due"]) for t in one["tenders"]]) for one in paid] == [
        (3000, [("cash", 5000, 2000)]),
        (3000, [("card", 3000, 0)]),
        (3000, [("card", 2000, 0), ("cash", 1000, 0)]),
    ]
    await expect(ana.locator("[data-table='1']")).to_contain_text("Available")


async def test_a_payment_is_told_big_for_three_seconds_and_a_double_tap_settles_once(house: Tablets) -> None:
    check_id = await eaten(house, "1", Focaccia=2)
    ana = await desk(house, "Ana", check_id)
    await ana.evaluate(WATCH_CONFIRM)
    await split(ana, "÷2").tap()
    await expect(card(ana, "4.50")).to_be_enabled()
    await card(ana, "4.50").dblclick()
    await expect(ana.locator(".sd-confirm")).to_contain_text("PAID4.50")
    await expect(ana.locator(".sd-confirm")).to_have_count(0)
    assert await ana.evaluate("window.confirmed") > 2500
    assert [one["total"] for one in (await bill(house, check_id))["paid"]] == [450]
    await expect(ana.get_by_label("Paid by A")).to_contain_text("Card 4.50")


async def test_dishes_go_to_payers_by_tap_and_by_drag_and_every_step_is_undone(house: Tablets) -> None:
    check_id = await eaten(house, "2", Burrata_pugliese=[1], Gnocchi_al_pesto=[2], Focaccia=2)
    ana = await desk(house, "Ana", check_id)
    await split(ana, "By dish").tap()
    await expect(ana.locator(".sd-pay")).to_have_text("lockPay: A has no dish yet")
    await line(ana, "Burrata").tap()
    await line(ana, "Focaccia").tap()
    await expect(ana.locator(".sd-payer .k-payer__amt")).to_have_text("20.50")
    await ana.locator(".sd-wait[data-payer='B']").tap()
    await line(ana, "Focaccia").tap()
    await expect(line(ana, "Focaccia")).to_contain_text("AB1/2")
    await expect(ana.locator(".sd-payer")).to_contain_text("1/2 of Focaccia")
    await line(ana, "Gnocchi").drag_to(ana.locator("[data-payer='A']"))
    await expect(ana.locator(".sd-payer .k-payer__amt")).to_have_text("29.00")
    undo = ana.get_by_label("Undo the last step")
    await undo.tap()
    await expect(line(ana, "Gnocchi").locator(".k-p")).to_have_count(0)
    await undo.tap()
    await expect(line(ana, "Focaccia").locator(".k-p")).to_have_text(["A"])
    await ana.locator(".sd-wait[data-payer='A']").tap()
    await cash(ana, "exact").tap()
    await expect(line(ana, "Burrata").locator(".k-i").first).to_have_text("lock")
    await ana.get_by_role("button", name="All that nobody has").tap()
    await card(ana, "13.00").tap()
    await expect(ana.locator(".sd-done__due")).to_contain_text("PAID13.00")
    assert [one["total"] for one in (await bill(house, check_id))["paid"]] == [BURRATA + 2 * FOCACCIA, GNOCCHI]


async def test_seats_and_amounts_divide_to_the_last_cent(house: Tablets) -> None:
    check_id = await eaten(house, "3", Burrata_pugliese=[1], Gnocchi_al_pesto=[2], Tiramisu=[3], Focaccia=1)
    ana = await desk(house, "Ana", check_id)
    await split(ana, "By seat").tap()
    await expect(ana.locator(".sd-payer")).to_contain_text("Seat 1 and 1/3 of Focaccia")
    await expect(ana.locator(".sd-wait__a")).to_have_text(["14.50", "8.30"])
    await card(ana, "13.00").tap()
    await ana.get_by_label("Other parts, or by amount").tap()
    await ana.get_by_role("button", name="Amount type it").tap()
    for digit in ("1", "0", "00"):
        await ana.locator(".ti-amount .k-pad").get_by_text(digit, exact=True).tap()
    await ana.get_by_role("button", name="B pays 10.00").tap()
    await card(ana, "10.00").tap()
    await card(ana, "12.80").tap()
    await expect(ana.locator(".sd-done__due")).to_contain_text("PAID12.80")
    paid = [one["total"] for one in (await bill(house, check_id))["paid"]]
    assert paid == [1300, 1000, 1280]
    assert sum(paid) == BURRATA + GNOCCHI + TIRAMISU + FOCACCIA


async def test_a_plan_outlives_a_reload_and_an_order_meanwhile_which_is_told_before_money_moves(house: Tablets) -> None:
    check_id = await eaten(house, "4", Focaccia=4)
    ana = await desk(house, "Ana", check_id)
    await split(ana, "÷2").tap()
    await cash(ana, "short 4").tap()
    await ana.get_by_label("Remove Cash 5.00").wait_for()
    await ana.reload()
    await expect(card(ana, "4.00")).to_be_enabled()
    await house.ring(check_id, "Focaccia")
    await expect(ana.locator(".sd-note")).to_contain_text(
        ["Open was 18.00, now it is 22.50. Nothing was paid here.", "1 line was never sent."]
    )
    await expect(ana.locator(".sd-payer")).to_contain_text("Cash")
    await expect(ana.locator(".sd-payer")).to_contain_text("Half of 22.50")
    await house.act("Elena", "send", check_id=check_id)
    await card(ana, "6.25").tap()
    await expect(ana.get_by_label("Paid by A")).to_contain_text("Paid 11.25")
    await expect(ana.locator(".sd-payer")).to_contain_text("What is left")
    await expect(card(ana, "11.25")).to_be_enabled()
    await expect(split(ana, "÷2")).to_have_attribute("aria-checked", "true")
    assert (await bill(house, check_id))["open"]["total"] == 1125


async def test_what_another_till_takes_is_seen_and_one_of_two_wins_the_last_share(house: Tablets) -> None:
    check_id = await eaten(house, "5", Focaccia=2)
    ana, sofia = await desk(house, "Ana", check_id), await desk(house, "Sofia", check_id)
    for page in (ana, sofia):
        await split(page, "÷2").tap()
        await expect(card(page, "4.50")).to_be_enabled()
    await card(ana, "4.50").tap()
    await expect(sofia.locator(".sd-note")).to_contain_text("Ana took 4.50.")
    await expect(sofia.get_by_label("Paid by A")).to_contain_text("Paid 4.50")
    await expect(sofia.locator(".sd-payer")).to_contain_text("BPaying now")
    for page in (ana, sofia):
        await expect(card(page, "4.50")).to_be_enabled()
    await ana.evaluate("document.querySelector('.sd-kinds .k-btn').click()")
    await sofia.evaluate("document.querySelector('.sd-kinds .k-btn').click()")
    done, other = ana.locator(".sd-done__due"), sofia.locator(".sd-done__due")
    await expect(done.or_(ana.locator(".sd-state"))).to_be_visible()
    await expect(other.or_(sofia.locator(".sd-state"))).to_be_visible()
    assert [one["total"] for one in (await bill(house, check_id))["paid"]] == [450, 450]


async def test_a_payment_is_undone_with_a_managers_pin_and_its_payer_pays_again(house: Tablets) -> None:
    check_id = await eaten(house, "6", Focaccia=2)
    ana = await desk(house, "Ana", check_id)
    await split(ana, "÷2").tap()
    await cash(ana, "exact").tap()
    await ana.get_by_label("Undo payment of A").tap()
    await ana.get_by_role("button", name="Give back 4.50").tap()
    await expect(ana.get_by_role("dialog", name="Approval")).to_contain_text("Give money back")
    await expect(ana.locator(".sd-pay")).to_be_disabled()
    await expect(ana.locator(".sd-pay")).not_to_contain_text("Paying")
    await approve(ana)
    await expect(ana.locator(".sd-payer")).to_contain_text("APaying now")
    await expect(ana.locator(".sd-wait")).to_have_attribute("data-payer", "B")
    assert (await bill(house, check_id))["open"]["total"] == 900


async def test_a_discount_a_tip_and_a_voucher_with_its_number(house: Tablets) -> None:
    check_id = await eaten(house, "7", Focaccia=4)
    ana = await desk(house, "Ana", check_id)
    await ana.get_by_role("button", name="Discount", exact=True).tap()
    sheet = ana.get_by_role("dialog", name="Discount")
    await sheet.get_by_role("radio", name="50 %").tap()
    await sheet.get_by_role("button", name="Waited too long").tap()
    await sheet.get_by_role("button", name="Take 50 % off the check").tap()
    await approve(ana)
    await expect(ana.locator(".sd-sums")).to_contain_text("50 %")
    await expect(ana.locator(".sd-pay")).to_have_text("lockPay: still short 9.00")
    await ana.get_by_role("radiogroup", name="Tip").get_by_role("radio", name="10 %").tap()
    await expect(card(ana, "9.90")).to_be_enabled()
    for digit in "500":
        await ana.keyboard.press(digit)
    await ana.get_by_role("button", name="Voucher 5.00").tap()
    await ana.get_by_label("Number of the voucher").fill("V 17")
    await ana.get_by_role("button", name="Take 5.00").tap()
    await expect(ana.locator(".sd-tenders")).to_contain_text("Voucher V 17")
    await card(ana, "4.90").tap()
    await expect(ana.locator(".sd-done__due")).to_contain_text("PAID9.00")
    (paid,) = (await bill(house, check_id))["paid"]
    assert [(one["kind"], one["given"], one["tip"]) for one in paid["tenders"]] == [
        ("voucher", 500, 0),
        ("card", 490, 90),
    ]


async def test_without_a_connection_every_key_of_money_is_locked_and_says_so(house: Tablets) -> None:
    check_id = await eaten(house, "8", Focaccia=2)
    ana = await desk(house, "Ana", check_id)
    await ana.context.set_offline(True)
    await expect(ana.locator(".sd-pay")).to_have_text("lockPay: no connection")
    await expect(ana.locator(".k-settle__ten").get_by_role("button", name="Card")).to_be_disabled()
    await expect(split(ana, "÷2")).to_be_disabled()
    await ana.context.set_offline(False)
    await card(ana, "9.00").tap()
    await expect(ana.locator(".sd-done__due")).to_contain_text("PAID9.00")


async def test_an_empty_check_says_so_and_one_on_the_house_is_closed_without_payment(house: Tablets) -> None:
    check_id = await house.seat("9")
    sofia = await desk(house, "Sofia", check_id)
    await expect(sofia.locator(".sd-pay")).to_have_text("lockPay: nothing is on the check")
    line_id = await house.ring(check_id, "Focaccia")
    await house.act("Elena", "send", check_id=check_id)
    await house.act("Sofia", "comp_line", line_id=line_id, reason="On the house")
    await sofia.locator(".sd-pay", has_text="Close at 0.00").tap()
    await expect(sofia.locator(".sd-done__due")).to_contain_text("PAID0.00")


async def test_a_party_on_the_house_leaves_a_tip_in_cash(house: Tablets) -> None:
    check_id = await eaten(house, "8", Focaccia=1)
    line_id = (await bill(house, check_id))["open"]["lines"][0]["id"]
    await house.act("Sofia", "comp_line", line_id=line_id, reason="birthday")
    ana = await desk(house, "Ana", check_id)
    for key in ("5", "00"):
        await ana.get_by_label("Number pad").get_by_role("button", name=key, exact=True).tap()
    await ana.get_by_role("radiogroup", name="Tip").get_by_role("radio", name="5.00").tap()
    await expect(ana.locator(".k-due")).to_contain_text("SHORT5.00")
    await cash(ana, "exact").tap()
    await expect(ana.locator(".sd-done__due")).to_contain_text("PAID")
    (paid,) = (await bill(house, check_id))["paid"]
    assert (paid["total"], paid["tip"], paid["tenders"][0]["kind"]) == (0, 500, "cash")


async def test_three_decimals_are_typed_and_shown(house: Tablets) -> None:
    check_id = await eaten(house, "10", Focaccia=2)
    await set_rules(house.database_url, currency_code="BHD")
    try:
        ana = await desk(house, "Ana", check_id)
        await expect(ana.locator(".sd-pay")).to_have_text("lockPay: still short 0.900")
        for key in "1000":
            await ana.keyboard.press(key)
        await expect(ana.locator(".k-due")).to_contain_text("CHANGE0.100")
    finally:
        await set_rules(house.database_url, currency_code="EUR")


async def test_a_receipt_is_found_again_and_one_line_of_it_given_back(house: Tablets) -> None:
    check_id = await eaten(house, "11", Burrata_pugliese=[1], Gnocchi_al_pesto=[1])
    total = BURRATA + GNOCCHI
    settled = await house.act(
        "Ana", "settle", check_id=check_id, total=total, tenders=[{"kind": "card", "given": total}]
    )
    ana = await house.page("Ana", "/#/settle")
    await ana.get_by_role("button", name="Receipts").tap()
    await ana.get_by_label("Find a receipt by number, table or amount").fill(settled["number"])
    await expect(ana.locator(".sd-rc__row")).to_have_count(1)
    await ana.locator(".sd-rc__row").tap()
    await expect(ana.locator(".sd-rc .sd-paper")).to_contain_text("24.50")
    await ana.get_by_role("button", name="Refund…").tap()
    await ana.locator(".sd-rf").get_by_role("button", name="Burrata pugliese").tap()
    await ana.get_by_role("button", name="Complaint").tap()
    await ana.get_by_role("button", name="Give back 11.50 for 1 line").tap()
    await approve(ana)
    await expect(ana.locator(".sd-rc__r")).to_contain_text("Given back by")
    left = await house.view("Sofia", f"receipt/{settled['receipt_id']}")
    assert (left["left"]["total"], left["later"][0]["total"]) == (GNOCCHI, -BURRATA)


async def test_a_dish_written_from_right_to_left_leaves_its_price_in_its_column(house: Tablets) -> None:
    ana = await house.page("Ana", "/#/settle")
    shown = await ana.evaluate("import('till_parts').then(({ paperOf }) => paperOf([' 1 מרק עדשים   6.00', 'TOTAL']))")
    assert shown == " 1 \u2068מרק עדשים\u2069   6.00\nTOTAL"


async def test_a_payment_whose_answer_was_lost_is_its_payers_after_a_reload(house: Tablets) -> None:
    check_id = await eaten(house, "12", Focaccia=4)
    ana = await desk(house, "Ana", check_id)
    await split(ana, "÷2").tap()
    await cash(ana, "short 4").tap()

    async def lose(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await ana.route("**/api/act/settle", lose)
    await card(ana, "4.00").tap()
    await ana.locator("#k-banner", has_text="Still trying.").wait_for()
    await ana.unroute_all(behavior="ignoreErrors")
    await ana.reload()
    await expect(ana.get_by_label("Paid by A")).to_contain_text("Cash 5.00")
    await expect(ana.locator(".sd-payer")).to_contain_text("BPaying now")
    await expect(ana.locator(".sd-tenders .k-btn")).to_have_count(0)
    assert [one["total"] for one in (await bill(house, check_id))["paid"]] == [900]
