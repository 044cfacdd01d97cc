"""Writing a letter: it goes into the queue in the transaction that causes it, and is sent after that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Table, insert, update

from kiosk.core.actor import Actor
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.post import rules
from kiosk.post.events import LetterChanged, LetterWaits
from kiosk.post.models import Attachment, Letter, LetterState
from kiosk.post.queries import WAITING

Enclosed = tuple[str, str, bytes]
"""A file's name, its MIME type and its bytes; without bytes it is made, by the letter's cause, before it first goes."""
_LETTERS, _FILES = insert(cast(Table, Letter.__table__)), insert(cast(Table, Attachment.__table__))


def write(
    tx: Tx, *, cause: str, to: str, subject: str, plain: str, html: str, enclosed: Sequence[Enclosed] = (), by: Actor
) -> int:
    """Let a letter be sent once this transaction is committed; the same cause writes one. Returns its id.

    The journal names the letter and its cause, not the guest: what is in the journal can never be forgotten.
    Raises AddressUnfit.
    """
    letter_id = new_id()
    words = {"cause": cause, "to_address": rules.address(to), "subject": subject[:200], "plain": plain, "html": html}
    tx.later(_LETTERS, {"id": letter_id, "venue_id": by.venue_id, "queued_at": tx.at, "next_at": tx.at, **words})
    for position, (name, mime, content) in enumerate(enclosed):
        file = {"id": new_id(), "letter_id": letter_id, "position": position}
        tx.later(_FILES, {**file, "name": name[:200], "mime": mime, "content": content})
    tx.record(Act("letter_written", "letter", letter_id, by, {"cause": cause}))
    tx.announce(LetterWaits(letter_id))
    return letter_id


async def hurry(tx: Tx, letter_id: int) -> None:
    """Let a letter that waits be tried at once."""
    mine = (Letter.id == letter_id, Letter.state.in_(WAITING))
    if await tx.change(update(Letter).where(*mine).values(next_at=tx.at)):
        tx.announce(LetterWaits(letter_id))
        tx.announce(LetterChanged(letter_id))


__all__ = ["Enclosed", "LetterState", "hurry", "write"]
