"""How long a waiter waits for a dish among five thousand: from the last key to the painted tiles."""

import pytest
from playwright.async_api import Page

from tests.bench.telling import say
from tests.support.order_stage import OpenTablet, drawn, opened

pytestmark = pytest.mark.bench
SEARCHES = ("tagliatelle", "burr", "zu", "フォアグラ", "pistacchio", "gericht 44", "x 48")
MANY = """() => {
  const words = ("ragù caffè Île flottante Ærø tagliatelle pollo manzo branzino insalata patate tiramisù burrata zuppa "
    + "gnocchi risotto funghi tartufo limone pistacchio").split(" ");
  const [plain] = stage.menu.items, [category] = stage.menu.categories;
  for (let c = 100; c < 200; c += 1) stage.menu.categories.push({...category, id: c, name: `Category ${c}`});
  for (let n = stage.menu.items.length; n < 5000; n += 1) stage.menu.items.push({
    ...plain, id: 1000 + n, category_id: 100 + n % 100, code: `x-${n}`, names: {ja: "フォアグラ", de: `Gericht ${n}`},
    name: `${words[n % 19]} ${words[n * 7 % 19]} ${n}`, portions: [{...plain.portions[0], id: 10000 + n}],
  });
}"""
KEY = """text => new Promise((done) => {
  const input = document.querySelector('.k-search input');
  const painted = () => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => done(performance.now() - began);
    after.port2.postMessage(0);
  });
  const change = new MutationObserver(() => { change.disconnect(); painted(); });
  change.observe(document.querySelector('.k-menu'), {childList: true, subtree: true});
  const began = performance.now();
  input.value = text;
  input.dispatchEvent(new Event('input', {bubbles: true}));
})"""


@pytest.mark.parametrize(("manner", "pause_ms"), [("one key after the other", 180), ("keys in a burst", 30)])
async def test_from_the_last_key_to_the_found_dishes(tablet: OpenTablet, manner: str, pause_ms: int) -> None:
    async with opened(tablet) as page:
        await page.evaluate(MANY)
        await drawn(page)
        took = [await one_key(page, text[:end], pause_ms) for text in SEARCHES for end in range(1, len(text) + 1)]
    say(f"search in 5,000 items, {manner}: last key -> painted", took)


async def one_key(page: Page, text: str, pause_ms: int) -> float:
    """The time of one key, and then a pause as between two of them; a blank at the end changes nothing."""
    if text.endswith(" "):
        return await one_key(page, text[:-1] + "0", pause_ms)
    took = float(await page.evaluate(KEY, text))
    await page.wait_for_timeout(pause_ms)
    return took
