"""Dishes on the table: served, and taken back when a tap was wrong."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.checks import queries
from kiosk.checks.errors import NothingToServe, NothingToUnserve
from kiosk.checks.models import LineState
from kiosk.checks.touching import touch
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.journal import Act
from kiosk.kitchen import queries as kitchen
from kiosk.staff import service as staff


async def serve(tx: Tx, check_id: int, line_ids: Sequence[int] | None = None, *, by: Actor) -> int:
    """Dishes are on the table: the named ones, or all that the kitchen has ready. Returns how many."""
    await staff.must(tx, by, Permission.SERVE)
    check = await queries.lock(tx, check_id)
    fired = [line.id for line in await queries.lines_of(tx, check_id) if line.state is LineState.FIRED]
    if line_ids is None:
        progress = await kitchen.show_progress_of(tx, fired)
        served = [line_id for line_id in fired if progress.get(line_id)]
    else:
        served = [line_id for line_id in fired if line_id in set(line_ids)]
    if not served:
        raise NothingToServe
    await queries.set_lines(tx, served, state=LineState.SERVED, served_at=tx.at)
    tx.record(Act("served", "check", check.id, by, {"lines": served}))
    touch(tx, check)
    return len(served)


async def unserve(tx: Tx, check_id: int, line_ids: Sequence[int], *, by: Actor) -> int:
    """These dishes are not on the table after all. Returns how many were said to be."""
    await staff.must(tx, by, Permission.SERVE)
    check = await queries.lock(tx, check_id)
    lines = await queries.lines_of(tx, check_id)
    served = [line.id for line in lines if line.state is LineState.SERVED and line.id in set(line_ids)]
    if not served:
        raise NothingToUnserve
    await queries.set_lines(tx, served, state=LineState.FIRED, served_at=None)
    tx.record(Act("unserved", "check", check.id, by, {"lines": served}))
    touch(tx, check)
    return len(served)
