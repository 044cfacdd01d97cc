"""Two tablets on one check of a running kiosk: lines appear by themselves, and a send is taken back after a reload."""

import pytest
from playwright.async_api import Page, expect

from tests.support.rules import set_rules
from tests.support.tablets import Tablets


@pytest.fixture
async def house(own_house: Tablets) -> Tablets:
    await set_rules(own_house.database_url, undo_s=20)
    return own_house


async def states(house: Tablets, check_id: int) -> list[str]:
    return [line["state"] for line in (await house.check(check_id))["lines"]]


async def send(page: Page) -> None:
    await page.locator(".k-op-send").tap()
    await expect(page.locator(".k-op-undo")).to_contain_text("1 Burrata pugliese leaves for Cold")


async def test_a_send_is_taken_back_after_a_reload_and_the_kitchen_never_sees_it(
    house: Tablets,
) -> None:
    check_id = await house.seat("12", 4)
    marco, dario = await house.page("Marco", f"/#/order/{check_id}"), await house.page("Dario", "/#/kitchen")
    await house.ring(check_id, "Burrata pugliese", who="Priya")
    await house.ring(check_id, "Branzino al forno", who="Priya")
    await expect(marco.locator(".k-op-here")).to_contain_text("Priya is here too")
    await expect(marco.locator(".k-op-send")).to_contain_text("1 to Cold, 1 held")
    await send(marco)
    assert await states(house, check_id) == ["cooking", "held"]
    await marco.reload()
    await marco.locator(".k-op-undo").get_by_role("button", name="Undo").tap()
    await expect(marco.locator(".k-line.is-draft")).to_have_count(2)
    await expect(marco.locator(".k-op-undo")).to_have_count(0)
    assert await states(house, check_id) == ["draft", "draft"]
    await expect(dario.locator("[data-ticket]")).to_have_count(0)
    await send(marco)
    await marco.locator("[data-fire='2']").tap()
    await expect(marco.locator(".k-op-undo")).to_contain_text("1 Branzino al forno leaves for Oven")
    await marco.locator(".k-op-undo").get_by_role("button", name="Undo").tap()
    await expect(marco.locator(".k-line.is-held")).to_have_count(1)
    assert await states(house, check_id) == ["cooking", "held"]
