"""The kitchen's board in full: revealed to the instant, marked, held, walked by bump bar, and the pass."""

from datetime import datetime

import pytest
from playwright.async_api import Locator, Page, expect

from tests.support.patience import in_time
from tests.support.rules import set_rules
from tests.support.tablets import Tablets

WALL = {"width": 1920, "height": 1080}
COUNT_RINGS = """(() => {
  window.rung = 0;
  const made = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () { window.rung += 1; return made.call(this); };
})()"""
PRESS_AGAIN_ONCE_ONE_IS_LEFT = """() => new Promise((done) => {
  const press = () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "1" }));
  const isOne = () => document.querySelectorAll("[data-check]").length === 1;
  const until = performance.now() + 5000;
  const look = () => (isOne() || performance.now() > until ? done(press()) : requestAnimationFrame(look));
  press();
  look();
})"""
OUTSIDE = """() => [...document.querySelectorAll(".kb *")].filter((part) => {
  const { left, right } = part.getBoundingClientRect();
  return part.offsetParent && !part.closest(".kb-tabs") && (right > innerWidth + 1 || left < -1);
}).map((part) => part.className + " " + part.textContent.slice(0, 30))"""
SMALL = """() => [...document.querySelectorAll(".kb button, .kb input")].filter((target) => {
  const { width, height } = target.getBoundingClientRect();
  return target.offsetParent && !target.closest("label") && (width < 48 || height < 48);
}).map((target) => target.outerHTML.slice(0, 80))"""
NOTE_WHEN_SEEN = """() => {
  window.seen = {};
  const note = (no) => (seen[no.textContent] ??= kiosk.now());
  const look = () => document.querySelectorAll("[data-ticket] .k-ticket__no").forEach(note);
  new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""
SIXTY = "Società di mutuo soccorso tra i cuochi del porto"


@pytest.fixture
async def house(own_house: Tablets) -> Tablets:
    await set_rules(own_house.database_url, undo_s=0)
    return own_house


async def opened_board(house: Tablets) -> Page:
    """The kitchen's wall, touched once, so that it may sound; it counts its tones."""
    board = await house.page("Dario", "/#/kitchen", viewport=WALL)
    await board.evaluate(COUNT_RINGS)
    await board.locator(".k-wall__clock").click()
    await board.locator(".kb-state").wait_for()
    return board


def ticket(board: Page, label: str) -> Locator:
    return board.locator(".k-ticket[data-ticket]", has=board.get_by_text(label, exact=True))


def dish(on: Locator, name: str) -> Locator:
    return on.locator(".k-dish", has_text=name)


async def test_a_ticket_is_revealed_at_its_moment_with_the_bell_and_one_taken_back_never(house: Tablets) -> None:
    board = await opened_board(house)
    await board.evaluate(NOTE_WHEN_SEEN)
    first, second = await house.seat("4"), await house.seat("5")
    await house.ring(first, "Burrata pugliese")
    await house.ring(second, "Burrata pugliese")
    await set_rules(house.database_url, undo_s=60)
    await house.act("Elena", "send", check_id=second)
    await set_rules(house.database_url, undo_s=2)
    sent = await house.act("Elena", "send", check_id=first)
    await board.wait_for_function("kiosk.view('kitchen').then((board) => board.tickets.length === 2)")
    await house.act("Elena", "take_back", check_id=second, fire_no=1)
    await expect(ticket(board, "4")).to_be_visible()
    seen = await board.evaluate("seen")
    assert list(seen) == ["4"]
    late = seen["4"] / 1000 - datetime.fromisoformat(sent["undo_until"]).timestamp()
    assert late > -0.5
    in_time(late, 1, "a ticket's moment")
    assert await board.evaluate("rung") == 2, "one bell is two tones"
    await board.wait_for_timeout(1000)
    await expect(board.locator("[data-ticket]")).to_have_count(1)
    await board.get_by_label("Sound is on").click()
    await house.act("Elena", "send", check_id=second)
    await expect(ticket(board, "5")).to_be_visible()
    assert await board.evaluate("rung") == 2


async def test_a_party_on_the_board_from_what_is_held_to_the_pass(house: Tablets) -> None:
    """Held, fired, changed, moved, void, cooked again, ready, served and not served after all."""
    board = await opened_board(house)
    check_id = await house.seat("4")
    burrata = await house.ring(check_id, "Burrata pugliese", note="no basil", seat_no=1)
    polpo = await house.ring(check_id, "Polpo e patate")
    caprese = await house.ring(check_id, "Caprese di bufala")
    await house.ring(check_id, "Saltimbocca alla romana", quantity=2)
    await house.act("Elena", "send", check_id=check_id)
    four = ticket(board, "4").first
    await expect(four.locator(".k-ticket__c.is-hold")).to_have_text("pause_circleMains, on hold")
    await expect(four.locator(".k-dish.is-hold")).to_have_text("2Saltimbocca")
    await expect(board.locator(".k-allday li", has_text="Saltimbocca")).to_contain_text("2 held")

    await house.act("Elena", "amend", line_id=burrata, note="no oil", is_allergy=True)
    await expect(dish(four, "Burrata")).to_contain_text("CHANGED")
    await expect(dish(four, "Burrata")).to_contain_text("was no basil")
    await expect(four.locator(".k-allergy")).to_contain_text("no oil")
    table = (await house.table("7"))["id"]
    moved_to = (await house.act("Elena", "move_lines", line_ids=[polpo], to={"table_id": table}))["check_id"]
    await expect(dish(four, "Polpo")).to_contain_text("FOR 7")
    await house.act("Sofia", "void_line", line_id=caprese, reason="Wrong dish")
    await expect(dish(four, "Caprese")).to_contain_text("VOID")
    await house.act("Elena", "transfer", check_id=check_id, table_id=(await house.table("9"))["id"])
    nine = ticket(board, "9").first
    await expect(nine.locator(".kb-marks")).to_contain_text("NOW 9, was 4")
    await house.act("Elena", "fire_course", check_id=check_id, course=2)
    await expect(board.locator(".k-ticket__c.is-hold")).to_have_count(0)

    await board.get_by_label("More for 9").first.click()
    sheet = board.get_by_role("dialog", name="Cook again, 9")
    await sheet.get_by_role("button", name="Burrata").click()
    await sheet.get_by_role("button", name="Dropped").click()
    await expect(board.locator(".kb-marks", has_text="REFIRE")).to_be_visible()
    await expect(dish(nine, "Burrata")).to_contain_text("REFIRED")

    await board.wait_for_timeout(800)
    await nine.locator(".k-ticket__f .k-btn").first.click()
    await board.get_by_role("tab", name="Pass").click()
    seven, nine_card = board.locator(f"[data-check='{moved_to}']"), board.locator(f"[data-check='{check_id}']")
    await expect(seven.locator(".k-ticket__no")).to_have_text("7")
    await expect(nine_card).to_contain_text("Nothing ready")
    await expect(dish(nine_card, "Saltimbocca")).to_contain_text("Grill")
    await seven.get_by_role("button", name="Served 1").click()
    await expect(seven).to_have_count(0)
    assert (await house.check(moved_to))["lines"][0]["state"] == "served"
    await board.get_by_role("button", name="Undo").click()
    await expect(seven).to_contain_text("Served 1")
    await board.get_by_role("tab", name="All").click()
    await expect(board.locator(".k-wall__stat")).to_contain_text("average tonight")


async def test_the_bump_bar_walks_marks_bumps_and_recalls(house: Tablets) -> None:
    board = await opened_board(house)
    for label in ("4", "5"):
        check_id = await house.seat(label)
        for name in ("Burrata pugliese", "Polpo e patate"):
            await house.ring(check_id, name)
        await house.act("Elena", "send", check_id=check_id)
        await expect(ticket(board, label)).to_be_visible()
    await board.wait_for_timeout(800)
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        await board.keyboard.press(key)
    focused = board.locator(":focus")
    await expect(focused).to_contain_text("Polpo e patate")
    assert await focused.evaluate("(dish) => getComputedStyle(dish).outlineStyle") == "solid"
    await board.keyboard.press("Enter")
    await expect(dish(ticket(board, "5"), "Polpo")).to_have_attribute("aria-pressed", "true")
    await board.keyboard.press("ArrowDown")
    await board.keyboard.press("Enter")
    await expect(board.locator("[data-ticket]")).to_have_count(1)
    await board.keyboard.press("1")
    await expect(board.locator("[data-ticket]")).to_have_count(0)
    await board.keyboard.press("Control+z")
    await expect(ticket(board, "4")).to_be_visible()
    await board.keyboard.press("Control+z")
    await expect(dish(ticket(board, "5"), "Polpo")).to_have_attribute("aria-pressed", "true")
    await board.wait_for_timeout(800)
    for key in ("1", "2"):
        await board.keyboard.press(key)
    await expect(board.locator("[data-ticket]")).to_have_count(0)
    await board.get_by_role("tab", name="Pass").click()
    await expect(board.locator("[data-check]")).to_have_count(2)
    first = await board.locator("[data-check]").first.get_attribute("data-check")
    await board.wait_for_timeout(800)
    await board.evaluate(PRESS_AGAIN_ONCE_ONE_IS_LEFT)
    await board.wait_for_timeout(800)
    await expect(board.locator("[data-check]")).to_have_count(1)
    await board.keyboard.press("1")
    await expect(board.locator("[data-check]")).to_have_count(0)
    await board.locator(".k-toast", has_text="4: 2 served").get_by_role("button", name="Undo").click()
    await expect(board.locator("[data-check]")).to_have_attribute("data-check", first or "")


async def test_the_board_holds_long_names_and_thirty_dishes_and_marks_dishes_sold_out(house: Tablets) -> None:
    board = await opened_board(house)
    for label in ("مطعم الأسماك الطازجة على شاطئ البحر ١٢٣", SIXTY[:40]):
        words = {"label": label, "covers": 1, "take_away": True, "pickup_at": "2036-11-21T19:35:00Z"}
        check_id = (await house.act("Elena", "open_check", **words))["check_id"]
        await house.ring(check_id, "Burrata pugliese", note="بدون ملح من فضلك", is_allergy=True)
        await house.ring(check_id, "Polpo e patate", note="x" * 60)
        await house.act("Elena", "send", check_id=check_id)
    check_id = await house.seat("10", 6)
    for _ in range(30):
        await house.ring(check_id, "Carpaccio di manzo")
    await house.act("Elena", "send", check_id=check_id)
    await expect(ticket(board, "10").locator(".k-dish")).to_have_count(30)
    await expect(board.get_by_text("pick up 20:35").first).to_be_visible()
    for width, height in ((1920, 1080), (1280, 800), (800, 1280)):
        await board.set_viewport_size({"width": width, "height": height})
        for tab in ("Pass", "All"):
            await board.get_by_role("tab", name=tab).click()
            await board.wait_for_timeout(100)
            assert await board.evaluate(OUTSIDE) == []
            assert await board.evaluate(SMALL) == []
    await board.get_by_role("button", name="All day counts").click()
    await board.get_by_role("button", name="Mark sold out").click()
    await board.get_by_label("Find a dish").fill("vitello")
    await board.get_by_role("button", name="Vitello tonnato is sold out").click()
    await expect(board.locator(".kb-out")).to_contain_text("Vitello tonnato")
    await board.keyboard.press("Escape")
    await expect(board.get_by_role("dialog")).to_have_count(0)
    assert await house.act("Elena", "ring", check_id=check_id, portion_id=await house.portion("Polpo e patate"))
    assert (await house.item("Vitello tonnato"))["is_out"] is True
