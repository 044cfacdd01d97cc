"""The owner's day in a real browser, on a kiosk that runs by itself: live, on a phone, down to the workbook."""

import io
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.async_api import BrowserContext, Page

from tests.support.databases import Databases
from tests.support.live import LiveKiosk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Awaitable[BrowserContext]]
PHONE = {"width": 390, "height": 844}
ACT = """async ([name, args]) => {
  const told = await fetch("/api/act/" + name, {method: "POST", headers: {"Content-Type": "application/json"},
    body: JSON.stringify({key: window.kiosk.newKey(), waited_ms: 0, args})});
  return (await told.json()).result;
}"""
PLACE = "Math.round(document.querySelector(\"[aria-label='Payments']\").getBoundingClientRect().top)"
GET = "async (path) => { const told = await fetch(path); return [told.status, await told.text()]; }"


@pytest.fixture(scope="module")
def unsold(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveKiosk]:
    """A house that sells nothing, for all tests that only look."""
    with LiveKiosk(tmp_path_factory.mktemp("kiosk"), databases.migrated("sqlite")) as kiosk:
        yield kiosk


async def signed_in(context: BrowserContext, kiosk: LiveKiosk, name: str, pin: str) -> Page:
    page = await context.new_page()
    await page.goto(f"{kiosk.url}/signin")
    await page.click(f".k-person[data-name='{name}']")
    for digit in pin:
        await page.click(f"#pad button[data-key='{digit}']")
    await page.click("#pad button[data-key='go']")
    await page.wait_for_url(lambda url: "signin" not in url)
    await page.wait_for_function("window.kiosk?.me")
    return page


async def sell(page: Page) -> int:
    """Seat two guests, ring one plain item, send it and take a hundred in cash; returns the total."""
    floor = await page.evaluate("window.kiosk.view('floor')")
    menu = await page.evaluate("window.kiosk.view('menu')")
    plain = next(
        item for item in menu["items"] if not (item["modifier_groups"] or item["is_out"] or item["open_price"])
    )
    portion = plain["portions"][0]

    async def act(name: str, **args: Any) -> Any:
        return await page.evaluate(ACT, [name, args])

    free = next(table for table in floor["tables"] if table["state"] == "available")
    check = (await act("seat", table_id=free["id"], covers=2))["check_id"]
    await act("ring", check_id=check, portion_id=portion["id"])
    await act("send", check_id=check)
    cash = {"kind": "cash", "given": 10_000, "tip": 0}
    return int((await act("settle", check_id=check, total=portion["price"], tenders=[cash]))["total"])


async def test_the_owners_phone_shows_each_sale_and_keeps_its_place(
    live_kiosk: Callable[..., LiveKiosk], databases: Databases, tablet: Open
) -> None:
    kiosk = live_kiosk(databases.fresh("sqlite"))
    owner = await signed_in(await tablet(viewport=PHONE), kiosk, "Giulia", "7777")
    await owner.goto(f"{kiosk.url}/day")
    await owner.wait_for_selector("text=Nothing sold yet today")
    cashier = await signed_in(await tablet(), kiosk, "Ana", "4444")
    first = await sell(cashier)
    await owner.wait_for_function(f"document.querySelector('.k-hero').innerText === '{first / 100:.2f}'")
    assert await owner.evaluate("document.documentElement.scrollWidth") == 390
    await owner.evaluate("document.fonts.ready.then(() => window.scrollTo(0, 400))")
    place = await owner.evaluate(PLACE)
    total = first + await sell(cashier)
    await owner.wait_for_function(f"document.querySelector('.k-hero').innerText === '{total / 100:.2f}'")
    assert await owner.evaluate(PLACE) == place
    async with owner.expect_download() as coming:
        await owner.click("text=Download the day as workbook")
    download = await coming.value
    assert download.suggested_filename.startswith("trattoria-aurora-")
    book = load_workbook(io.BytesIO((await download.path()).read_bytes()), read_only=True)
    assert [row[0] for row in book["Payments"].iter_rows(values_only=True, max_row=2)][1] == "Cash"
    book.close()


async def test_days_are_turned_by_links_that_survive_going_back(unsold: LiveKiosk, tablet: Open) -> None:
    owner = await signed_in(await tablet(), unsold, "Sofia", "6666")
    await owner.goto(f"{unsold.url}/day?day=2015-11-27")
    await owner.wait_for_selector("text=Friday 27 November 2015")
    await owner.wait_for_selector("text=Nothing was sold on this day")
    await owner.click("[aria-label='The day before']")
    await owner.wait_for_selector("text=Thursday 26 November 2015")
    assert owner.url.endswith("/day?day=2015-11-26")
    await owner.go_back()
    await owner.wait_for_selector("text=Friday 27 November 2015")
    await owner.fill(".day-pick input", "2015-12-25")
    await owner.wait_for_selector("text=Friday 25 December 2015")
    await owner.goto(f"{unsold.url}/day?day=nonsense")
    await owner.wait_for_selector("text=“nonsense” is not a date.")
    await owner.click("text=Show today")
    await owner.wait_for_selector("text=Nothing sold yet today")


async def test_a_waiter_sees_a_sentence_and_no_figure(unsold: LiveKiosk, tablet: Open) -> None:
    waiter = await signed_in(await tablet(), unsold, "Marco", "1111")
    for path in ("/api/view/day/today", "/api/export/day/today.xlsx", "/api/export/range/today/today.pdf"):
        status, told = await waiter.evaluate(GET, path)
        assert (status, "needs_manager" in told) == (403, True)
    await waiter.goto(f"{unsold.url}/day")
    await waiter.wait_for_selector("text=The figures of the day are for managers and the owner.")
    stranger = await (await tablet()).new_page()
    answer = await stranger.goto(f"{unsold.url}/api/export/day/today.xlsx")
    assert answer is not None
    assert answer.status == 401


async def test_a_workbook_of_what_is_no_date_is_a_sentence(unsold: LiveKiosk, tablet: Open) -> None:
    owner = await signed_in(await tablet(), unsold, "Giulia", "7777")
    status, told = await owner.evaluate(GET, "/api/export/day/2015-13-01.xlsx")
    assert (status, "is not a date" in told) == (422, True)
    answer = await owner.request.get(f"{unsold.url}/api/export/day/2015-11-27.xlsx")
    assert answer.headers["content-disposition"] == 'attachment; filename="trattoria-aurora-2015-11-27.xlsx"'
    assert answer.headers["cache-control"] == "no-store"
    book = load_workbook(io.BytesIO(await answer.body()), read_only=True)
    assert book.sheetnames[0] == "Summary"
    book.close()


async def test_a_range_is_taken_away_as_csv_or_pdf_and_in_no_other_form(unsold: LiveKiosk, tablet: Open) -> None:
    owner = await signed_in(await tablet(), unsold, "Giulia", "7777")
    address = f"{unsold.url}/api/export/range/2015-11-27/2015-11-29"
    for ending, begins in (("pdf", b"%PDF"), ("zip", b"PK"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbfnumber,kind")):
        answer = await owner.request.get(f"{address}.{ending}")
        named = f'attachment; filename="trattoria-aurora-2015-11-27-to-2015-11-29.{ending}"'
        assert (answer.status, answer.headers["content-disposition"]) == (200, named)
        assert (await answer.body()).startswith(begins)
    status, told = await owner.evaluate(GET, "/api/export/range/2015-11-27/2015-11-29.doc")
    assert (status, "There is no file .doc of these figures. Choose .xlsx" in told) == (422, True)
