"""A slip that does not come is seen on its tile, its check and its ticket, until it is printed."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.support.paper.printer import VirtualPrinter
from tests.support.rules import set_rules
from tests.support.tablets import Tablets

BADGE = ".k-badge:has-text('print_error')"
PATIENCE_MS = 30_000


@pytest.fixture
async def house(own_house: Tablets) -> Tablets:
    await set_rules(own_house.database_url, undo_s=0, hold_courses=False)
    return own_house


async def add_printer(house: Tablets, code: str, name: str, **differently: Any) -> None:
    told = {"code": code, "name": name, "kind": "tcp", "ack": "process_id", **differently}
    answer = await (await house.hand("Giulia")).post("/api/act/add_printer", json={"key": str(uuid4()), "args": told})
    assert answer.status_code == httpx.codes.OK, answer.text


async def test_paper_that_is_out_is_seen_everywhere_until_it_is_loaded(house: Tablets) -> None:
    async with VirtualPrinter() as printer:
        printer.out_of_paper()
        await add_printer(house, "pasta", "Pasta pass", prints=["station:pasta"], address=printer.address)
        floor, board = await house.page("Marco"), await house.page("Dario", "/#/kitchen")
        check_id = (await house.act("Marco", "seat", table_id=(await house.table("1"))["id"], covers=2))["check_id"]
        item = await house.portion("Gnocchi al pesto")
        await house.act("Marco", "ring", check_id=check_id, portion_id=item)
        await house.act("Marco", "send", check_id=check_id)
        tile = floor.locator("[data-table='1']")
        await tile.locator(BADGE).wait_for(timeout=PATIENCE_MS)
        await board.locator(".k-mark.is-paper").wait_for(timeout=PATIENCE_MS)
        await floor.evaluate("(check_id) => kiosk.go('order', { check_id })", check_id)
        note = floor.locator(".k-op-paper")
        await note.wait_for(timeout=PATIENCE_MS)
        assert "Pasta pass" in await note.inner_text()
        printer.load_paper()
        await printer.printed(1)
        for gone in (note, board.locator(".k-mark.is-paper"), tile.locator(BADGE)):
            await gone.wait_for(state="detached", timeout=PATIENCE_MS)
        slip = printer.slips[0].text
        assert any("TABLE 1" in line for line in slip)
