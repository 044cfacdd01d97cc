"""What screens may do in the kitchen, what they read, and what they are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import Request

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.events import Fact
from kiosk.kitchen import queries, service
from kiosk.kitchen.events import TicketChanged
from kiosk.ui.gesture import Args
from kiosk.ui.house import House
from kiosk.ui.live import News


class OnTicket(Args):
    ticket_id: int


class DishDone(Args):
    ticket_line_id: int
    done: bool


def register(kiosk: House) -> None:
    """Make the acts, the board and the news of the kitchen known."""
    kiosk.acts.add("bump", OnTicket, _bump)
    kiosk.acts.add("recall", OnTicket, _recall)
    kiosk.acts.add("dish_done", DishDone, _dish_done)
    kiosk.live.tell((TicketChanged,), tell)

    async def show(read: Read, by: Actor, _request: Request) -> dict[str, Any]:
        by.must(Permission.SEE_KITCHEN)
        return {**kiosk.live.version("kitchen"), **await queries.show_board(read)}

    kiosk.views.add("kitchen", show)


async def tell(read: Read, facts: list[Fact]) -> Iterable[News]:
    """The changed tickets, bumped ones too, so that they leave every board; and which were taken back."""
    changed = {fact.ticket_id for fact in facts if isinstance(fact, TicketChanged)}
    tickets = await queries.show_tickets(read, changed)
    gone = changed - {ticket["id"] for ticket in tickets}
    return [News("kitchen", {"tickets": tickets, "gone": sorted(gone)})]


async def _bump(tx: Tx, args: OnTicket, by: Actor) -> dict[str, int]:
    await service.bump(tx, args.ticket_id, by=by)
    return {}


async def _recall(tx: Tx, args: OnTicket, by: Actor) -> dict[str, int]:
    await service.recall(tx, args.ticket_id, by=by)
    return {}


async def _dish_done(tx: Tx, args: DishDone, by: Actor) -> dict[str, int]:
    await service.mark_dish(tx, args.ticket_line_id, done=args.done, by=by)
    return {}
