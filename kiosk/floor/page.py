"""What screens may do on the floor, what they read, and what they are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import Request

from kiosk.checks.events import CheckChanged
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.events import Fact
from kiosk.floor import queries, service
from kiosk.floor.events import TableChanged
from kiosk.kitchen.events import TicketChanged
from kiosk.ui.gesture import Args
from kiosk.ui.house import House
from kiosk.ui.live import News


class Seat(Args):
    table_id: int
    covers: int


class OnTable(Args):
    table_id: int


def register(kiosk: House) -> None:
    """Make the acts, the floor and its news known."""
    kiosk.acts.add("seat", Seat, _seat)
    kiosk.acts.add("clear_table", OnTable, _clear_table)
    kiosk.live.tell((TableChanged, CheckChanged, TicketChanged), tell)

    async def show(read: Read, by: Actor, _request: Request) -> dict[str, Any]:
        by.must(Permission.SEE_FLOOR)
        return {**kiosk.live.version("floor"), **await queries.show_floor(read)}

    kiosk.views.add("floor", show)


async def tell(read: Read, facts: list[Fact]) -> Iterable[News]:
    """The tiles of every table that these facts concern."""
    tables = {fact.table_id for fact in facts if isinstance(fact, TableChanged)}
    checks = [fact.check_id for fact in facts if isinstance(fact, CheckChanged | TicketChanged)]
    tables |= set((await queries.tables_of_checks(read, checks)).values())
    return [News("floor", {"tables": await queries.show_tables(read, tables)})] if tables else []


async def _seat(tx: Tx, args: Seat, by: Actor) -> dict[str, int]:
    return {"check_id": await service.seat(tx, args.table_id, args.covers, by=by)}


async def _clear_table(tx: Tx, args: OnTable, by: Actor) -> dict[str, int]:
    await service.clear_table(tx, args.table_id, by=by)
    return {}
