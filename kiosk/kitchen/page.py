"""What screens may do in the kitchen, what they read, and what they are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from fastapi import Request
from pydantic import Field

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.events import Fact
from kiosk.kitchen import queries, service, slips, view
from kiosk.kitchen.beside import Beside, Held, Unserved, nothing
from kiosk.kitchen.events import StationChanged, TicketChanged
from kiosk.printing.events import JobChanged
from kiosk.ui.gesture import Args
from kiosk.ui.house import House
from kiosk.ui.live import News

OWN = (TicketChanged, JobChanged)
"""Facts that name a check and say nothing of what is held or unserved on it."""


class OnTicket(Args):
    ticket_id: int


class DishDone(Args):
    ticket_line_id: int
    done: bool


class Limits(Args):
    station_id: int
    soon_s: int = Field(ge=10, le=36_000)
    late_s: int = Field(ge=10, le=36_000)


def register(
    kiosk: House, *, held: Held = nothing, unserved: Unserved = nothing, moves: tuple[type[Fact], ...] = ()
) -> None:
    """Make the acts, the board and the news of the kitchen known.

    `held` and `unserved` tell of checks what the board shows of them; facts of the kinds in `moves` name the
    `check_id` for which that may be different.
    """
    kiosk.acts.add("bump", OnTicket, _bump)
    kiosk.acts.add("recall", OnTicket, _recall)
    kiosk.acts.add("dish_done", DishDone, _dish_done)
    kiosk.acts.add("set_station_limits", Limits, _set_limits)
    beside = Beside(held, unserved)

    async def show(read: Read, by: Actor, _request: Request) -> dict[str, Any]:
        by.must(Permission.SEE_KITCHEN)
        return {**kiosk.live.version("kitchen"), **await show_everything(read, beside)}

    async def told(read: Read, facts: list[Fact]) -> Iterable[News]:
        return await tell(read, facts, beside)

    kiosk.views.add("kitchen", show)
    kiosk.live.tell((*OWN, StationChanged, *moves), told)


async def show_everything(read: Read, beside: Beside) -> dict[str, Any]:
    """The whole board: stations with their load, tickets, what is held and what waits at the pass."""
    board, waiting = await queries.show_board(read), await beside.everything(read)
    average_s, bumps = await queries.show_average(read)
    passed = await queries.show_passed(read, [line_id for ids in waiting["unserved"].values() for line_id in ids])
    return {
        **board,
        **waiting,
        "stations": await _stations(read),
        "passed": passed,
        "papers": await slips.show_papers(read),
        "average_s": average_s,
        "bumps": bumps,
    }


async def _stations(read: Read) -> list[dict[str, Any]]:
    """The stations with their load."""
    load = await _load(read)
    return [{**view.station(station), "load": load[station.id]} for station in await queries.show_stations(read)]


async def _load(read: Read) -> dict[int, dict[str, Any]]:
    return {load.station_id: asdict(load) for load in await queries.show_load(read)}


async def tell(read: Read, facts: list[Fact], beside: Beside) -> Iterable[News]:
    """The changed tickets, bumped ones too, which were taken back, and what is held or unserved otherwise."""
    changed = {fact.ticket_id for fact in facts if isinstance(fact, TicketChanged)}
    checks = {fact.check_id for fact in facts if not isinstance(fact, OWN) and hasattr(fact, "check_id")}
    news = await beside.news(read, sorted(checks))
    if any(isinstance(fact, JobChanged) and fact.check_id for fact in facts):
        news["papers"] = await slips.show_papers(read)
    if changed:
        tickets = await queries.show_tickets(read, changed)
        gone = sorted(changed - {ticket["id"] for ticket in tickets})
        news |= {"tickets": tickets, "gone": gone, "load": await _load(read)}
    if any(isinstance(fact, StationChanged) for fact in facts):
        news["stations"] = await _stations(read)
    return [News("kitchen", news)] if news else []


async def _bump(tx: Tx, args: OnTicket, by: Actor) -> dict[str, int]:
    await service.bump(tx, args.ticket_id, by=by)
    return {}


async def _recall(tx: Tx, args: OnTicket, by: Actor) -> dict[str, int]:
    await service.recall(tx, args.ticket_id, by=by)
    return {}


async def _set_limits(tx: Tx, args: Limits, by: Actor) -> dict[str, int]:
    await service.set_limits(tx, args.station_id, args.soon_s, args.late_s, by=by)
    return {}


async def _dish_done(tx: Tx, args: DishDone, by: Actor) -> dict[str, int]:
    await service.mark_dish(tx, args.ticket_line_id, done=args.done, by=by)
    return {}
