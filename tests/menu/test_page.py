"""The menu as a tablet fetches it: packed, once, and again only when it changed."""

from pathlib import Path

from kiosk.core.db import Database
from kiosk.menu import page, service
from kiosk.menu.events import ItemStockChanged, MenuChanged
from tests.support import counter


async def test_a_tablet_fetches_the_menu_once_and_again_only_when_it_changed(db: Database, tmp_path: Path) -> None:
    async with counter.opened(db, tmp_path) as open_counter:
        tablet = await open_counter.tablet("Marco")
        first = await tablet.view("menu")
        assert (first.status_code, first.headers["content-encoding"]) == (200, "gzip")
        mark = {"If-None-Match": first.headers["etag"]}
        assert first.headers["etag"].startswith(f'"{first.json()["etag"]}-')
        again = await tablet.http.get("/api/view/menu", headers=mark)
        assert (again.status_code, again.content) == (304, b"")
        item = first.json()["items"][0]
        await tablet.act("eighty_six", item_id=item["id"], is_out=True, portions_left=None)
        changed = await tablet.http.get("/api/view/menu", headers=mark)
        assert changed.json()["items"][0] == {**item, "is_out": True}
        assert changed.json()["etag"] == first.json()["etag"], "the tablet keeps its index of the menu"


async def test_a_browser_that_cannot_unpack_gets_the_menu_as_it_is(db: Database, tmp_path: Path) -> None:
    async with counter.opened(db, tmp_path) as open_counter:
        tablet = await open_counter.tablet("Marco")
        plain = await tablet.http.get("/api/view/menu", headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.json()["items"][0]["name"] == "Tagliata"


async def test_a_stranger_gets_no_menu(db: Database, tmp_path: Path) -> None:
    async with counter.opened(db, tmp_path) as open_counter:
        assert (await (await open_counter.stranger()).get("/api/view/menu")).status_code == 401


async def test_the_news_names_the_items_or_asks_to_fetch_again(db: Database, tmp_path: Path) -> None:
    async with counter.opened(db, tmp_path) as open_counter, db.read() as read:
        house = open_counter.house
        item = (await service.show_menu(read))["items"][0]["id"]
        await house.act(service.eighty_six, item, is_out=False, portions_left=0)
    async with db.read() as read:
        [news] = await page.tell(read, [ItemStockChanged(item)])
        [fetch] = await page.tell(read, [ItemStockChanged(item), MenuChanged()])
    assert (news.topic, news.data) == (
        "menu",
        {"items": [{"id": item, "is_out": True, "left": 0, "back_on_day": None}]},
    )
    assert (fetch.topic, fetch.data) == ("menu", {})
