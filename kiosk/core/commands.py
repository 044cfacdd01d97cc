"""A tap is a command with a key: carried out once however often it arrives, answered alike each time."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from kiosk.core.db import TX_SECONDS, Database, OutcomeUnknown, Tx
from kiosk.core.errors import Refused, Unavailable
from kiosk.core.models import Command
from kiosk.core.packets import Asked

KEPT = timedelta(days=3)
TRIES = 3


_TABLE = cast(Table, Command.__table__)
_TAKE = insert(_TABLE)
_ANSWER = (
    update(_TABLE).where(_TABLE.c.key == bindparam("mine")).values(result=bindparam("told", type_=_TABLE.c.result.type))
)
"""Made once: every tap carries them out, and making them takes as long."""


class KeyReused(Refused):
    code = "key_reused"

    def __init__(self) -> None:
        super().__init__("This tap's key was already used for something else. Nothing was changed; tap again.")


class _AlreadyActed(Exception):
    pass


def meaning_of(act: str, words: Any) -> bytes:
    """What a command says, as a digest: the same key must always say the same."""
    return hashlib.sha256(json.dumps([act, words], sort_keys=True).encode()).digest()


async def once(
    db: Database,
    key: UUID,
    meaning: bytes,
    gesture: Callable[[Tx], Awaitable[Any]],
    *,
    ahead: Sequence[Asked] = (),
    seconds: float = TX_SECONDS,
) -> Any:
    """Carry out a gesture under its key, or answer with what it answered the first time.

    The result must be a JSON value. What the gesture asks first may be looked up `ahead`, with the key. A commit whose
    answer was lost is tried again: the key tells whether it happened, and waits for one that is still under way. Raises
    OutcomeUnknown when the database went away before it could tell.
    """
    until = asyncio.get_running_loop().time() + seconds
    is_unknown = False
    for _ in range(TRIES):
        try:
            act = _under(key, meaning, gesture, ahead)
            return await db.run(act, seconds=until - asyncio.get_running_loop().time())
        except OutcomeUnknown:
            is_unknown = True
        except _AlreadyActed:
            was_done, result = await _told(db, key, meaning)
            if was_done:
                return result
        except (Unavailable, DBAPIError) as trouble:
            if is_unknown:
                raise OutcomeUnknown from trouble
            raise
    raise OutcomeUnknown


def _under(
    key: UUID, meaning: bytes, gesture: Callable[[Tx], Awaitable[Any]], ahead: Sequence[Asked]
) -> Callable[[Tx], Awaitable[Any]]:
    async def act(tx: Tx) -> Any:
        tx.later(_TAKE, {"key": key.bytes, "meaning": meaning, "acted_at": tx.at})
        try:
            await tx.look_ahead(*ahead)
        except IntegrityError as known:
            raise _AlreadyActed from known
        result = await gesture(tx)
        tx.later(_ANSWER, {"mine": key.bytes, "told": result})
        return result

    return act


async def _told(db: Database, key: UUID, meaning: bytes) -> tuple[bool, Any]:
    try:
        return await answered(db, key, meaning)
    except Unavailable as away:
        raise OutcomeUnknown from away


async def answered(db: Database, key: UUID, meaning: bytes) -> tuple[bool, Any]:
    """Whether the command was carried out, and what it answered. The same key with other words is refused."""
    async with db.read() as read:
        stored = select(Command.meaning, Command.result).where(Command.key == key.bytes)
        row = (await read.session.execute(stored)).one_or_none()
    if row is None:
        return False, None
    if row.meaning != meaning:
        raise KeyReused
    return True, row.result


async def forget(tx: Tx, before: datetime) -> int:
    """Drop the keys of taps long past; returns how many."""
    return await tx.change(delete(Command).where(Command.acted_at < before))
