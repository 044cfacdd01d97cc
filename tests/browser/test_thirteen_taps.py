"""Four guests, eight dishes in two courses, sent, mains fired, bill asked for: thirteen taps from the floor."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.support.tablets import Tablets

COVERS = 4
STARTER, MAIN = 1, 2
COUNT = "addEventListener('click', event => event.isTrusted && (window.clicks = (window.clicks ?? 0) + 1), true)"


@dataclass
class Finger:
    """Touches the screen and counts; the page counts, too."""

    page: Page
    taps: int = 0

    async def tap(self, what: Locator) -> None:
        await what.tap()
        self.taps += 1


@pytest.fixture
def house(own_house: Tablets) -> Tablets:
    return own_house


async def plain_dishes(house: Tablets, course: int) -> list[str]:
    """What stands under Today and is rung by one tap, of a course; four of them, some asked for twice."""
    menu, today = await house.view("Marco", "menu"), await house.view("Marco", "today")
    needs = {code for code, group in menu["modifier_groups"].items() if group["least"]}

    def is_plain(item: dict[str, Any]) -> bool:
        is_one_tap = not item.get("combo") and not item.get("open_price") and not needs & set(item["modifier_groups"])
        return is_one_tap and item["course"] == course

    found = [item["name"] for item in menu["items"] if item["id"] in today["favourites"] and is_plain(item)]
    assert len(found) >= 2, f"too few dishes of course {course} under Today"
    return (found[:4] * 4)[:4]


async def test_a_table_is_served_from_the_floor_with_thirteen_taps(house: Tablets) -> None:
    dishes = [*await plain_dishes(house, STARTER), *await plain_dishes(house, MAIN)]
    marco = await house.page("Marco")
    await marco.evaluate(COUNT)
    tables = (await house.view("Marco", "floor"))["tables"]
    label = next(one["label"] for one in tables if one["seats"] == COVERS and one["state"] == "available")
    finger, tile = Finger(marco), marco.locator(f"[data-table='{label}']")
    await finger.tap(tile.locator(".k-tile__hit"))
    for no, name in enumerate(dishes, 1):
        await finger.tap(
            marco.locator(".k-item").filter(has=marco.get_by_text(name, exact=True)).locator(".k-item__hit")
        )
        await expect(marco.locator(".k-op-send")).to_contain_text(f"Send {no}")
    await finger.tap(marco.locator(".k-op-send"))
    await expect(marco.locator(".k-op-send")).to_be_disabled()
    check_id = int(await marco.evaluate("kiosk.route.params.check_id"))
    await finger.tap(marco.get_by_label("Back to floor").locator("visible=true"))
    await finger.tap(tile.get_by_role("button", name="Fire mains"))
    await cooked_and_carried(house, check_id)
    await finger.tap(tile.get_by_role("button", name="Print bill"))
    await expect(tile).to_contain_text("Bill out")
    assert (finger.taps, await marco.evaluate("window.clicks")) == (13, 13)
    check = await house.check(check_id)
    assert (check["covers"], sum(line["quantity"] for line in check["lines"])) == (COVERS, 8)
    assert {line["course"]: line["state"] for line in check["lines"]} == {STARTER: "served", MAIN: "served"}
    assert check["bill_asked_at"]


async def cooked_and_carried(house: Tablets, check_id: int) -> None:
    """The kitchen cooks every ticket, and the pass marks what was carried out."""
    for ticket in (await house.view("Dario", "kitchen"))["tickets"]:
        await house.act("Dario", "bump", ticket_id=ticket["id"])
    await house.act("Dario", "serve", check_id=check_id, line_ids=None)
