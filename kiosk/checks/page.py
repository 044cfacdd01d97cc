"""What screens may do with checks, what they read, and what they are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import Request
from pydantic import Field

from kiosk.checks import queries, service
from kiosk.checks.events import CheckChanged
from kiosk.checks.models import Dining
from kiosk.checks.service import Wish
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.events import Fact
from kiosk.kitchen.events import TicketChanged
from kiosk.ui.gesture import Args
from kiosk.ui.house import House
from kiosk.ui.live import News


class OpenCheck(Args):
    label: str = Field(min_length=1, max_length=40)
    covers: int = 1
    take_away: bool = True


class OnCheck(Args):
    check_id: int


class Covers(Args):
    check_id: int
    covers: int


class Ring(Args):
    check_id: int
    portion_id: int
    quantity: int = 1
    modifier_ids: list[int] = Field(default_factory=list, max_length=50)
    note: str = ""
    is_allergy: bool = False
    seat_no: int | None = Field(default=None, ge=1, le=99)
    course: int | None = Field(default=None, ge=0, le=9)

    def wish(self) -> Wish:
        return Wish(**self.model_dump(exclude={"check_id"}))


class ChangeLine(Args):
    line_id: int
    quantity: int | None = None
    note: str | None = None
    seat_no: int | None = Field(default=None, ge=0, le=99)
    course: int | None = Field(default=None, ge=0, le=9)


class OnLine(Args):
    line_id: int


class VoidLine(Args):
    line_id: int
    reason: str


class Serve(Args):
    check_id: int
    line_ids: list[int] | None = Field(default=None, max_length=1000)


def register(kiosk: House) -> None:
    """Make the acts, the view and the news of checks known."""
    acts = kiosk.acts
    acts.add("open_check", OpenCheck, _open_check)
    acts.add("set_covers", Covers, _set_covers)
    acts.add("ring", Ring, _ring)
    acts.add("change_line", ChangeLine, _change_line)
    acts.add("remove_line", OnLine, _remove_line)
    acts.add("void_line", VoidLine, _void_line)
    acts.add("send", OnCheck, _send)
    acts.add("serve", Serve, _serve)
    acts.add("ask_bill", OnCheck, _ask_bill)
    acts.add("unask_bill", OnCheck, _unask_bill)
    acts.add("cancel_check", OnCheck, _cancel_check)
    kiosk.views.add("check/{check_id:int}", show)
    kiosk.live.tell((CheckChanged, TicketChanged), tell)


async def show(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """One check, for whoever may see the floor."""
    by.must(Permission.SEE_FLOOR)
    return await queries.show_check(read, request.path_params["check_id"])


async def tell(read: Read, facts: list[Fact]) -> Iterable[News]:
    """Each changed check, whole, with its own version; what only the kitchen changed has no new version."""
    news = []
    for check_id in dict.fromkeys(getattr(fact, "check_id", 0) for fact in facts):
        check = await queries.show_check(read, check_id)
        news.append(News(f"check:{check_id}", check, check["v"]))
    return news


async def _open_check(tx: Tx, args: OpenCheck, by: Actor) -> dict[str, int]:
    dining = Dining.TAKE_AWAY if args.take_away else Dining.EAT_IN
    return {"check_id": await service.open_check(tx, args.label.strip(), args.covers, dining=dining, by=by)}


async def _set_covers(tx: Tx, args: Covers, by: Actor) -> dict[str, int]:
    await service.set_covers(tx, args.check_id, args.covers, by=by)
    return {}


async def _ring(tx: Tx, args: Ring, by: Actor) -> dict[str, int]:
    return {"line_id": await service.ring(tx, args.check_id, args.wish(), by=by)}


async def _change_line(tx: Tx, args: ChangeLine, by: Actor) -> dict[str, int]:
    await service.change_line(tx, **args.model_dump(), by=by)
    return {}


async def _remove_line(tx: Tx, args: OnLine, by: Actor) -> dict[str, int]:
    await service.remove_line(tx, args.line_id, by=by)
    return {}


async def _void_line(tx: Tx, args: VoidLine, by: Actor) -> dict[str, int]:
    await service.void_line(tx, args.line_id, args.reason, by=by)
    return {}


async def _send(tx: Tx, args: OnCheck, by: Actor) -> dict[str, int]:
    return {"fired": await service.send(tx, args.check_id, by=by)}


async def _serve(tx: Tx, args: Serve, by: Actor) -> dict[str, int]:
    return {"served": await service.serve(tx, args.check_id, args.line_ids, by=by)}


async def _ask_bill(tx: Tx, args: OnCheck, by: Actor) -> dict[str, int]:
    await service.ask_bill(tx, args.check_id, by=by)
    return {}


async def _unask_bill(tx: Tx, args: OnCheck, by: Actor) -> dict[str, int]:
    await service.withdraw_bill(tx, args.check_id, by=by)
    return {}


async def _cancel_check(tx: Tx, args: OnCheck, by: Actor) -> dict[str, int]:
    await service.cancel_check(tx, args.check_id, by=by)
    return {}
