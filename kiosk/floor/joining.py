"""Tables pushed together for one party, and put apart again."""

from __future__ import annotations

from datetime import datetime

from kiosk.checks import queries as check_queries
from kiosk.checks import service as checks
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.journal import Act
from kiosk.floor import standing
from kiosk.floor.errors import AlreadyJoined, JoinedToItself, NotJoined, TableToClear
from kiosk.floor.models import DiningTable
from kiosk.floor.standing import Standing
from kiosk.staff import service as staff


async def join(tx: Tx, table_id: int, to_table_id: int, *, by: Actor) -> int:
    """Push a table, with those joined to it, together with another group; returns the head's id.

    Where only one of them has guests, theirs is the head, so that nothing changes for the kitchen; where both have,
    the check of the first goes onto that of the other. Tables that are together already stay so.
    """
    await staff.must(tx, by, Permission.SEAT)
    floor = await standing.lock(tx, table_id, to_table_id)
    here, there = floor.head_of(table_id), floor.head_of(to_table_id)
    if table_id == to_table_id:
        raise JoinedToItself(here.label)
    if here is there:
        return there.id
    if here.id != table_id:
        raise AlreadyJoined(floor.table(table_id).label, here.label)
    for one in (here, there):
        if floor.is_to_clear(one.id):
            raise TableToClear(one.label)
    return await _join(tx, floor, here, there, by)


async def _join(tx: Tx, floor: Standing, here: DiningTable, there: DiningTable, by: Actor) -> int:
    own, other = floor.party_at(here.id), floor.party_at(there.id)
    head, rest = (here, there) if own and not other else (there, here)
    if own and other:
        await checks.merge(tx, own.check_id, other.check_id, by=by)
    joined = floor.group_of(rest.id)
    for table in joined:
        table.joined_to_id = head.id
    await tx.session.flush()
    standing.tell(tx, floor.group_of(head.id))
    told = {"tables": [table.label for table in joined], "to": head.label, "merged": bool(own and other)}
    tx.record(Act("tables_joined", "table", head.id, by, told))
    return head.id


async def part(tx: Tx, table_id: int, *, by: Actor) -> None:
    """Put a table apart again; a head puts all of its tables apart. Checks merged by joining are their own again."""
    await staff.must(tx, by, Permission.SEAT)
    floor = await standing.lock(tx, table_id)
    head, *joined = floor.group_of(table_id)
    if not joined:
        raise NotJoined(head.label)
    parted = joined if head.id == table_id else [floor.table(table_id)]
    standing.tell(tx, [head, *joined])
    for table in await _last_merged_first(tx, floor, parted):
        await _part(tx, floor, table, by)
    told = {"tables": [table.label for table in parted], "from": head.label}
    tx.record(Act("tables_parted", "table", head.id, by, told))


async def _last_merged_first(tx: Tx, floor: Standing, tables: list[DiningTable]) -> list[DiningTable]:
    """Who was merged into a party that was merged itself comes apart only after that one."""
    ids = {table.id: floor.seatings[table.id].check_id for table in tables if table.id in floor.seatings}
    merged_at = await check_queries.closed_at(tx, ids.values())

    def when(table: DiningTable) -> datetime:
        return merged_at.get(ids.get(table.id, 0), tx.at)

    return sorted(tables, key=when, reverse=True)


async def _part(tx: Tx, floor: Standing, table: DiningTable, by: Actor) -> None:
    """A joined table that still holds a seating had guests of its own when it was joined."""
    seating = floor.seatings.get(table.id)
    if seating and floor.party_at(table.id):
        await checks.unmerge(tx, seating.check_id, by=by)
        await checks.set_label(tx, seating.check_id, table.label, by=by)
    else:
        standing.end(tx, floor, table)
    table.joined_to_id = None
    await tx.session.flush()
