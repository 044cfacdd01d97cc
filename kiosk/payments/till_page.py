"""What the till's screens may do and read: drawers, X, the close of the day, Z."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Request
from pydantic import Field

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.events import Fact
from kiosk.payments import day, drawers, till_queries, till_view
from kiosk.payments.events import ReceiptIssued
from kiosk.payments.till_events import DayClosed, DrawerStayedShut, TillChanged
from kiosk.payments.till_models import Drawer
from kiosk.payments.till_queries import Tables
from kiosk.ui.gesture import Args
from kiosk.ui.house import House
from kiosk.ui.live import News

LARGEST = 10**12
Amount = Annotated[int, Field(gt=0, le=LARGEST)]
Reason = Annotated[str, Field(max_length=200)]
Pieces = dict[str, Annotated[int, Field(ge=0, le=LARGEST)]]


class OpenDrawer(Args):
    till: int
    float: int = Field(ge=0, le=LARGEST)


class OnDrawer(Args):
    drawer_id: int


class PayIn(OnDrawer):
    amount: Amount
    reason: Reason


class PayOut(OnDrawer):
    amount: Amount
    reason: Reason
    kind: Literal["expense", "tips"] = "expense"


class Drop(OnDrawer):
    amount: Amount
    note: Reason = ""


class Why(OnDrawer):
    reason: Reason


class CloseDrawer(OnDrawer):
    reason: Reason = ""


class HandOver(OnDrawer):
    person_id: int | None = None


class Count(OnDrawer):
    pieces: Pieces = Field(max_length=60)


class CarryOver(Args):
    check_id: int
    reason: Reason


class CloseDay(Args):
    day: str = Field(max_length=10)
    number: int


class PrintZ(Args):
    number: int


class Nothing(Args):
    pass


async def nowhere(_read: Read, _check_ids: Collection[int]) -> dict[int, int]:
    """Without a floor no check is at a table."""
    return {}


def register(kiosk: House, tables: Tables = nowhere) -> None:
    """Make the acts, the views and the news of the till known; the floor says at which tables checks are."""
    _add_acts(kiosk)
    home = kiosk.settings.home

    async def show_close(read: Read, by: Actor, _request: Request) -> dict[str, Any]:
        by.must(Permission.SEE_TILL)
        return {**kiosk.live.version("till"), **await till_view.show_close(read, by, home, tables)}

    async def show_till(read: Read, by: Actor, _request: Request) -> dict[str, Any]:
        by.must(Permission.SETTLE)
        return {**kiosk.live.version("till"), **await till_view.show_till(read, by)}

    kiosk.views.add("till", show_till)
    kiosk.views.add("close", show_close)
    kiosk.views.add("x", show_x)
    kiosk.views.add("z/{number:int}", lambda read, by, request: show_z(read, by, request, home))
    kiosk.live.tell((TillChanged, DayClosed, ReceiptIssued), tell)
    kiosk.live.tell((DrawerStayedShut,), tell_shut)


async def tell(_read: Read, _facts: list[Fact]) -> Iterable[News]:
    """The till is not what it was; a screen that shows it reads it again."""
    return [News("till", {})]


async def tell_shut(_read: Read, facts: list[Fact]) -> Iterable[News]:
    """Which drawers did not open, for the counter of whoever waits before them."""
    shut = [fact for fact in facts if isinstance(fact, DrawerStayedShut)]
    told = [{"till": one.till, "sentence": one.sentence, "person_id": one.person_id} for one in shut]
    return [News("till", {"shut": told})]


def _add_acts(kiosk: House) -> None:
    add = kiosk.acts.add
    add("open_drawer", OpenDrawer, _open_drawer)
    add("pay_in", PayIn, _pay_in)
    add("pay_out", PayOut, _pay_out)
    add("drop", Drop, _drop)
    add("no_sale", Why, _no_sale)
    add("hand_over_drawer", HandOver, _hand_over)
    add("count_drawer", Count, _count)
    add("recount_drawer", Count, _recount)
    add("explain_drawer", Why, _explain)
    add("close_drawer", CloseDrawer, _close_drawer)
    add("carry_over", CarryOver, _carry_over)
    add("close_day", CloseDay, _close_day)
    add("print_x", Nothing, _print_x)
    add("print_z", PrintZ, _print_z)


async def show_x(read: Read, by: Actor, _request: Request) -> dict[str, Any]:
    """The figures of the day to be closed next, and their paper."""
    by.must(Permission.SEE_TILL)
    told = day.seen_by(by, await day.x_report(read))
    return {"figures": told, **till_view.paper(await day.x_paper(read, by, told))}


async def show_z(read: Read, by: Actor, request: Request, home: Path) -> dict[str, Any]:
    """A closed day."""
    by.must(Permission.SEE_TILL)
    report = await till_queries.z_report(read, request.path_params["number"])
    return till_view.z_report(report, home)


async def _open_drawer(tx: Tx, args: OpenDrawer, by: Actor) -> dict[str, Any]:
    return {"drawer_id": await drawers.open_drawer(tx, args.till, args.float, by=by)}


async def _pay_in(tx: Tx, args: PayIn, by: Actor) -> dict[str, Any]:
    return {"movement": await drawers.pay_in(tx, args.drawer_id, args.amount, args.reason, by=by)}


async def _pay_out(tx: Tx, args: PayOut, by: Actor) -> dict[str, Any]:
    return {"movement": await drawers.pay_out(tx, args.drawer_id, args.amount, args.reason, args.kind, by=by)}


async def _drop(tx: Tx, args: Drop, by: Actor) -> dict[str, Any]:
    return {"movement": await drawers.drop(tx, args.drawer_id, args.amount, args.note, by=by)}


async def _no_sale(tx: Tx, args: Why, by: Actor) -> dict[str, Any]:
    return {"movement": await drawers.no_sale(tx, args.drawer_id, args.reason, by=by)}


async def _hand_over(tx: Tx, args: HandOver, by: Actor) -> dict[str, Any]:
    return {"holder": await drawers.hand_over_drawer(tx, args.drawer_id, args.person_id, by=by)}


async def _count(tx: Tx, args: Count, by: Actor) -> dict[str, Any]:
    return await _counted(tx, await drawers.count_drawer(tx, args.drawer_id, args.pieces, by=by))


async def _recount(tx: Tx, args: Count, by: Actor) -> dict[str, Any]:
    return await _counted(tx, await drawers.recount_drawer(tx, args.drawer_id, args.pieces, by=by))


async def _counted(tx: Tx, drawer: Drawer) -> dict[str, Any]:
    return till_view.drawer(drawer, (await tx.venue()).over_short_allowed)


async def _explain(tx: Tx, args: Why, by: Actor) -> dict[str, Any]:
    return await _counted(tx, await drawers.explain_drawer(tx, args.drawer_id, args.reason, by=by))


async def _close_drawer(tx: Tx, args: CloseDrawer, by: Actor) -> dict[str, Any]:
    return await _counted(tx, await drawers.close_drawer(tx, args.drawer_id, args.reason, by=by))


async def _carry_over(tx: Tx, args: CarryOver, by: Actor) -> dict[str, Any]:
    return {"to": (await day.carry_over(tx, args.check_id, args.reason, by=by)).isoformat()}


async def _close_day(tx: Tx, args: CloseDay, by: Actor) -> dict[str, Any]:
    closed = await day.close_day(tx, till_view.day_of(args.day), args.number, by=by)
    name = till_view.workbook_name(closed.number)
    return {"number": closed.number, "day": closed.day.isoformat(), "workbook": {"name": name, "url": None}}


async def _print_x(tx: Tx, _args: Nothing, by: Actor) -> dict[str, Any]:
    return {"day": (await day.print_x(tx, by=by))["day"]}


async def _print_z(tx: Tx, args: PrintZ, by: Actor) -> dict[str, Any]:
    await day.print_z(tx, args.number, by=by)
    return {"number": args.number}
