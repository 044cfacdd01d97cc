"""What screens may do with checks, what they read, and what they are told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import Any

from fastapi import Request

from kiosk.checks import acts, queries, service, today
from kiosk.checks.acts import RenameCheck
from kiosk.checks.errors import CheckHasTable
from kiosk.checks.events import CheckChanged
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.events import Fact
from kiosk.kitchen.events import TicketChanged
from kiosk.printing import papers
from kiosk.printing.events import JobChanged
from kiosk.ui.house import House
from kiosk.ui.live import News

Tables = Callable[[Read, Collection[int]], Awaitable[dict[int, int]]]
"""At which table, by its id, the party of each of these checks sits; checks without a table are missing."""


async def nowhere(_read: Read, _check_ids: Collection[int]) -> dict[int, int]:
    """Where there is no floor, no check has a table."""
    return {}


def register(kiosk: House, tables: Tables = nowhere) -> None:
    """Make the acts, the views and the news of checks known; the floor says at which tables they are."""
    acts.add_to(kiosk.acts)

    async def look(read: Read, check_id: int) -> dict[str, Any]:
        found = await queries.show_check(read, check_id)
        troubled = (await papers.of_checks(read, [check_id]))[check_id]
        table_id = (await tables(read, [check_id])).get(check_id)
        return found | {"table_id": table_id, "paper": [papers.told(one) for one in troubled]}

    async def show(read: Read, by: Actor, request: Request) -> dict[str, Any]:
        by.must(Permission.SEE_FLOOR)
        return await look(read, request.path_params["check_id"])

    async def tell(read: Read, facts: list[Fact]) -> Iterable[News]:
        """Each changed check, whole, with its own version; what only kitchen or paper changed has no new version."""
        checks = [await look(read, check_id) for check_id in await _concerned(read, facts)]
        return [News(f"check:{check['id']}", check, check["v"]) for check in checks]

    async def rename(tx: Tx, args: RenameCheck, by: Actor) -> dict[str, int]:
        await service.rename_check(tx, args.check_id, args.label, by=by)
        if (await tables(tx, [args.check_id])).get(args.check_id):
            raise CheckHasTable
        return {}

    kiosk.acts.add("rename_check", RenameCheck, rename)
    kiosk.views.add("check/{check_id:int}", show)
    kiosk.views.add("today", show_today)
    kiosk.live.tell((CheckChanged, TicketChanged, JobChanged), tell)


async def _concerned(read: Read, facts: list[Fact]) -> list[int]:
    """The checks that were changed, those whose paper is in trouble or was, and those whose lines the kitchen changed.

    A line may have moved since.
    """
    lines = [line_id for fact in facts if isinstance(fact, TicketChanged) for line_id in fact.line_ids]
    changed = [fact.check_id for fact in facts if isinstance(fact, CheckChanged | JobChanged) and fact.check_id]
    return list(dict.fromkeys([*changed, *sorted(await queries.checks_of_lines(read, lines))]))


async def show_today(read: Read, by: Actor, _request: Request) -> dict[str, Any]:
    """What the house sells most these days, and what this person rang last."""
    by.must(Permission.SEE_FLOOR)
    return await today.show_today(read, by.person_id)
