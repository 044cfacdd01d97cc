"""What waits to be sent, and how a letter stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from kiosk.core.db import Read
from kiosk.post.errors import LetterGone
from kiosk.post.models import Attachment, Letter, LetterState

WAITING = (LetterState.QUEUED, LetterState.DOUBT)


async def due(read: Read, at: datetime, limit: int = 20) -> Sequence[int]:
    """The letters to be sent now, those that waited longest first."""
    mine = (Letter.state.in_(WAITING), Letter.next_at <= at)
    return (await read.session.scalars(select(Letter.id).where(*mine).order_by(Letter.next_at).limit(limit))).all()


async def next_at(read: Read) -> datetime | None:
    """When the next letter is to be sent."""
    return (await read.session.scalars(select(func.min(Letter.next_at)).where(Letter.state.in_(WAITING)))).one()


async def letter(read: Read, letter_id: int) -> tuple[Letter, list[Attachment]]:
    """A letter and what is enclosed, in order. Raises LetterGone."""
    found = (await read.session.scalars(select(Letter).where(Letter.id == letter_id))).one_or_none()
    if found is None:
        raise LetterGone
    enclosed = select(Attachment).where(Attachment.letter_id == letter_id).order_by(Attachment.position)
    return found, list(await read.session.scalars(enclosed))


async def about(read: Read, cause: str) -> Sequence[Letter]:
    """The letters whose cause begins with this word or these words, the newest first."""
    # Between them an index finds it on every engine: after a blank comes "!".
    mine = (Letter.cause >= f"{cause} ", Letter.cause < f"{cause}!")
    return (await read.session.scalars(select(Letter).where(*mine).order_by(Letter.id.desc()))).all()


async def show_letter(read: Read, letter_id: int) -> dict[str, Any]:
    """How a letter stands, without its text."""
    one, _ = await letter(read, letter_id)
    return {"id": one.id, "to": one.to_address, "state": one.state, "tries": one.tries, "told": one.trouble or ""}
