"""Dark and light: chosen by touch, remembered by the device, and right from the first frame on."""

from io import BytesIO

from PIL import Image
from playwright.async_api import Page, expect

from tests.support.patience import until
from tests.support.tablets import CONNECTED, Tablets

DARK, LIGHT = "rgb(10, 19, 34)", "rgb(232, 237, 244)"
WATCH_FRAMES = """
window.frames_seen = [];
const look = () => {
  if (document.body) {
    const [page, body] = [document.documentElement, document.body].map(one => getComputedStyle(one).backgroundColor);
    frames_seen.push([document.documentElement.dataset.theme, body === "rgba(0, 0, 0, 0)" ? page : body]);
  }
  if (performance.now() < 4000) requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


async def theme(page: Page) -> str:
    return str(await page.evaluate("document.documentElement.dataset.theme"))


async def frames(page: Page, path: str) -> list[list[str]]:
    """Which theme and background each frame of a load showed, without repeats."""
    await page.goto(path)
    await page.locator(".k-tile, .k-person, .k-dash").first.wait_for()
    seen: list[list[str]] = await until(lambda: page.evaluate("frames_seen"), "a frame")
    return [list(one) for one in dict.fromkeys(map(tuple, seen))]


async def test_the_theme_is_remembered_by_the_device_and_by_no_other(house: Tablets) -> None:
    giulia, ana = await house.page("Giulia"), await house.page("Ana")
    assert await theme(giulia) == "dark"
    await giulia.locator("#k-theme").tap()
    assert await theme(giulia) == "light"
    await giulia.reload()
    await giulia.wait_for_function(CONNECTED)
    assert await theme(giulia) == "light"
    await giulia.goto(f"{house.kiosk.url}/day")
    await expect(giulia.locator(".k-dash")).to_be_visible()
    assert await theme(giulia) == "light"
    await giulia.locator("#k-lock").tap()
    await giulia.wait_for_url("**/signin**")
    assert await theme(giulia) == "light"
    await giulia.locator("#theme").tap()
    assert await theme(giulia) == "dark"
    await giulia.reload()
    assert [await theme(giulia), await theme(ana)] == ["dark", "dark"]


async def test_every_frame_of_a_load_has_the_colours_of_the_theme(house: Tablets) -> None:
    """The device prefers the other theme, so that a frame drawn before ours would show."""
    for chosen, ground, preferred in (("dark", DARK, "light"), ("light", LIGHT, "dark")):
        giulia = await house.page("Giulia", color_scheme=preferred)
        await giulia.evaluate("theme => { kiosk.theme(theme); }", chosen)
        await giulia.context.add_init_script(WATCH_FRAMES)
        for path in ("/", "/day", "/signin"):
            assert await frames(giulia, house.kiosk.url + path) == [[chosen, ground]], path


async def test_the_first_picture_of_a_load_is_in_the_theme(house: Tablets) -> None:
    """Nothing but the document itself has come yet: no style sheet, no script."""
    giulia = await house.page("Giulia")
    bare = await giulia.context.new_page()
    await bare.route(lambda url: not url.endswith("/"), lambda route: route.abort())
    for chosen, ground in (("dark", (10, 19, 34)), ("light", (232, 237, 244))):
        await giulia.evaluate("theme => { kiosk.theme(theme); }", chosen)
        await bare.goto(house.kiosk.url + "/", wait_until="domcontentloaded")
        picture = Image.open(BytesIO(await bare.screenshot())).convert("RGB")
        assert picture.getpixel((1270, 790)) == ground
