"""Sessions: a signed-in person on a device, asked about by every act, ended by a lock, a change or time."""

from __future__ import annotations

import hmac
from datetime import datetime

from sqlalchemy import update

from kiosk.core import clock
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.errors import SignedOut
from kiosk.core.packets import Asked
from kiosk.staff import queries, rules
from kiosk.staff.errors import ApproverChanged
from kiosk.staff.events import SessionEnded
from kiosk.staff.models import StaffSession
from kiosk.staff.queries import SessionRow
from kiosk.staff.tries import digest

CHECKED = "staff_checked"
"""Where a transaction keeps the actor it already asked about."""


def asks_who(session_token: str) -> Asked:
    """What `identify` and `look` ask first, for those who look up more at the same time."""
    return queries.with_token(digest(session_token))


async def identify(tx: Tx, session_token: str, device_token: str) -> Actor:
    """The person behind these cookies, and a note that she is active. Raises SignedOut."""
    row = await queries.session_by_token(tx, digest(session_token))
    actor = _holder(tx, row, device_token)
    if actor is None or row is None:
        raise SignedOut
    if rules.is_worth_noting(row.role, row.active_at, tx.at, row.idle_lock_s):
        await tx.change(update(StaffSession).where(StaffSession.id == row.session_id).values(active_at=tx.at))
    tx.session.info[CHECKED] = actor
    return actor


async def look(read: Read, session_token: str, device_token: str) -> Actor | None:
    """The person behind these cookies, or nobody; looking is no activity."""
    return _holder(read, await queries.session_by_token(read, digest(session_token)), device_token)


async def lasts(read: Read, actor: Actor) -> bool:
    """Whether the session of this actor still holds, with the same role."""
    row = await queries.session_by_id(read, actor.session_id) if actor.session_id else None
    return row is not None and _actor(read, row) == actor


async def must(tx: Read, by: Actor, permission: Permission) -> None:
    """Let the act go on when `by` is still signed in, in the same role, and may do it; alone or with an approver.

    Raises SignedOut, NeedsManager or ApproverChanged. The kiosk's own command line may do everything.
    """
    if by.person_id is not None or by.session_id is not None:
        await _check_session(tx, by)
    if by.approver and not by.may(permission) and await queries.role_of(tx, by.approver.person_id) != by.approver.role:
        raise ApproverChanged(by.approver.name)
    by.must(permission)


async def sign_out(tx: Tx, *, by: Actor, reason: str = "sign_out") -> None:
    """End the session of `by`; its pages are closed. Ending it twice is no fault."""
    row = await queries.session_by_id(tx, by.session_id) if by.session_id else None
    if row and row.ended_at is None:
        await end(tx, [row], reason)


async def sweep_idle(tx: Tx) -> int:
    """End the sessions nobody has touched for too long; returns how many."""
    candidates = await queries.open_sessions(tx)
    if not candidates:
        return 0
    over = [row for row in candidates if rules.is_over(row.role, row.started_at, row.active_at, tx.at, row.idle_lock_s)]
    return await end(tx, over, "idle")


async def end(tx: Tx, rows: list[SessionRow], reason: str) -> int:
    """End these sessions, tell the pages that stand on them; returns how many were still open."""
    ended = 0
    for row in rows:
        mine = (StaffSession.id == row.session_id, StaffSession.ended_at.is_(None))
        if await tx.change(update(StaffSession).where(*mine).values(ended_at=tx.at, ended_by=reason)):
            tx.announce(SessionEnded(row.session_id, row.device_id))
            ended += 1
    tx.session.info.pop(CHECKED, None)
    return ended


def _holder(read: Read, row: SessionRow | None, device_token: str) -> Actor | None:
    if row is None or not hmac.compare_digest(row.device_digest, digest(device_token)):
        return None
    return _actor(read, row)


def _actor(read: Read, row: SessionRow) -> Actor | None:
    """The actor of a session that still holds."""
    if row.ended_at is not None or not (row.is_person_active and row.is_device_active):
        return None
    if rules.is_over(row.role, row.started_at, row.active_at, _at(read), row.idle_lock_s):
        return None
    return Actor(row.venue_id, row.person_id, row.name, row.role, row.session_id, row.device_id)


def _at(read: Read) -> datetime:
    return read.at if isinstance(read, Tx) else clock.now()


async def _check_session(tx: Read, by: Actor) -> None:
    if tx.session.info.get(CHECKED) == by:
        return
    if not await lasts(tx, by):
        raise SignedOut
    tx.session.info[CHECKED] = by
