"""The menu on the order screen: found by a few letters, offered in its hours, however long it is."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from tests.support.order_stage import OpenTablet, drawn, opened


@pytest.fixture
async def pad(tablet: OpenTablet) -> AsyncIterator[Page]:
    """The screen with an empty check of two guests."""
    async with opened(tablet) as page:
        await drawn(page)
        yield page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("RAGU", ["Tagliatelle al ragù"]),
        ("ra", ["Tagliatelle al ragù", "Burrata"]),
        ("ソース", ["Tagliatelle al ragù"]),
        ("ミ", ["Tagliatelle al ragù"]),
        ("zuppa", ["<b>Soup</b> {{ 1 + 1 }}"]),
        ("item 4", ["Tagliata"]),
        ("al tag", ["Tagliatelle al ragù"]),
        ("qq", []),
    ],
)
async def test_search_finds_names_in_every_language(pad: Page, typed: str, found: list[str]) -> None:
    await pad.locator(".k-search input").fill(typed)
    await expect(pad.locator(".k-item__n")).to_have_text(found)


async def test_a_dish_comes_onto_the_menu_with_its_hours(pad: Page) -> None:
    assert await pad.locator(".k-item", has_text="Late snack").count() == 0
    await pad.evaluate("stage.now = Date.parse('2026-03-07T22:00:00Z'); stage.emit('me')")
    assert await pad.locator(".k-item", has_text="Late snack").count() == 1


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        ("2026-03-07T21:59:59Z", False),
        ("2026-03-07T22:00:00Z", True),
        ("2026-03-08T01:59:00Z", True),
        ("2026-03-08T02:00:00Z", False),
        ("2026-03-08T23:00:00Z", False),
    ],
)
async def test_hours_past_midnight_belong_to_the_evening_they_began(pad: Page, instant: str, is_open: bool) -> None:
    answer = await pad.evaluate(
        "async instant => { const { isOpen, venueClock } = await import('/order_pad/menu_book.js');"
        "return isOpen({start: '22:00', end: '02:00', weekdays: [6]}, venueClock(Date.parse(instant), 'UTC')) }",
        instant,
    )
    assert answer is is_open


MANY = """
for (let c = 100; c < 400; c += 1) {
  stage.menu.categories.push({...stage.menu.categories[0], id: c, name: `Category ${c}`});
  const dish = (n) => ({...stage.menu.items[0], id: c * 100 + n, category_id: c, name: `Dish ${c} ${n}`});
  stage.menu.items.push(...Array.from({length: 17}, (_, n) => dish(n)));
}
"""


async def test_five_thousand_items_in_three_hundred_categories_stay_a_few_hundred_elements(tablet: OpenTablet) -> None:
    async with opened(tablet) as page:
        await page.evaluate(MANY)
        await drawn(page)
        assert await page.locator(".k-cat").count() == 304
        await page.locator(".k-cat", has_text="All").click()
        for place in ("scrollHeight / 2", "scrollHeight"):
            await page.evaluate(f"() => {{ const m = document.querySelector('.k-menu'); m.scrollTop = m.{place} }}")
            await page.wait_for_timeout(300)
            assert 0 < await page.locator(".k-item").count() <= 200
        await expect(page.locator(".k-item__n", has_text="Dish 399 16")).to_be_visible()
        await page.locator(".k-search input").fill("dish 399 16")
        await expect(page.locator(".k-item__n")).to_have_text(["Dish 399 16"])


async def test_today_has_what_was_rung_last_over_the_favourites_and_no_dish_twice(tablet: OpenTablet) -> None:
    async with opened(tablet) as page:
        await page.evaluate("stage.today = {favourites: [5, 1, 6, 4], last: [3, 4, 99]}")
        await drawn(page)
        shown = await page.locator(".k-menu__h, .k-item__n").all_inner_texts()
        assert shown == ["Last rung", "<b>Soup</b> {{ 1 + 1 }}", "Starters, Grill", "Burrata", "Tagliata", "Gelato"]


FOLDED = [
    ("ＣＡＦÉ", "cafe"),
    ("Straße", "strasse"),
    ("İÇLİ köfte", "icli kofte"),
    ("’Nduja", "nduja"),
    ("שָׁקְשׁוּקָה", "שקשוקה"),
    ("كُسْكُسِي", "كسكسي"),
    ("ガパオ", "ガパオ"),
    ("ｶﾞﾊﾟｵ", "ガパオ"),
    ("क़ोरमा", "कोरमा"),
    ("Ψάρι", "ψαρι"),
]


async def test_case_accents_and_points_are_folded_and_what_makes_another_letter_is_kept(pad: Page) -> None:
    fold = "async texts => { const { fold } = await import('/order_pad/words.js'); return texts.map(fold) }"
    assert await pad.evaluate(fold, [written for written, _ in FOLDED]) == [found for _, found in FOLDED]
