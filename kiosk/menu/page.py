"""The menu as tablets fetch it once, what they may do with its stock, and what they are told."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from typing import Any, Literal

from fastapi import Request, Response
from nicegui import app as web
from pydantic import Field

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.elsewhere import Elsewhere
from kiosk.core.events import Fact
from kiosk.menu import queries, service
from kiosk.menu.board import Besides, MenuBoard
from kiosk.menu.events import ItemStockChanged, MenuChanged
from kiosk.ui.gesture import Args, answer
from kiosk.ui.house import House
from kiosk.ui.live import News


class EightySix(Args):
    item_id: int
    is_out: bool
    portions_left: int | None = Field(default=None, ge=0, le=9999)
    until: Literal["tomorrow"] | None = None


def register(kiosk: House, besides: Besides | None = None) -> None:
    """Make the menu, 86 and their news known; `besides` is sent along with the menu."""
    kiosk.acts.add("eighty_six", EightySix, _eighty_six)
    kiosk.live.tell((MenuChanged, ItemStockChanged), tell)
    board = MenuBoard(kiosk.db, besides or {})
    imports = Elsewhere(kiosk.db, {"menu_imported": MenuChanged()})
    web.on_startup(imports.start)
    web.on_shutdown(imports.stop)

    @kiosk.web.get("/api/view/menu")
    async def show(request: Request) -> Response:
        return await _show(board, request)


async def _show(board: MenuBoard, request: Request) -> Response:
    async def may() -> None:
        request.state.actor.must(Permission.SEE_KITCHEN)

    refused = await answer(may)
    if refused.status_code != 200:
        return refused
    menu = await board.menu()
    headers = {"ETag": f'"{menu.etag}"', "Vary": "Accept-Encoding", "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(menu.body), media_type="application/json", headers=headers)
    return Response(menu.body, media_type="application/json", headers={**headers, "Content-Encoding": "gzip"})


async def tell(read: Read, facts: list[Fact]) -> Iterable[News]:
    """What is out or left of the changed items; nothing named means that the menu is to be fetched again."""
    if any(isinstance(fact, MenuChanged) for fact in facts):
        return [News("menu", {})]
    items = {fact.item_id for fact in facts if isinstance(fact, ItemStockChanged)}
    return [News("menu", {"items": await queries.show_stock(read, items)})]


async def _eighty_six(tx: Tx, args: EightySix, by: Actor) -> dict[str, Any]:
    stock: dict[str, Any] = {"is_out": args.is_out, "portions_left": args.portions_left}
    await service.eighty_six(tx, args.item_id, **stock, until_tomorrow=args.until == "tomorrow", by=by)
    return {}
