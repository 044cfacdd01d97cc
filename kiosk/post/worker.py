"""The postman: sends what waits, one letter after the other, outside every transaction, until each is taken.

A letter counts as sent when the server says so. Where nobody knows, because the server fell silent after the whole
text or the kiosk was killed during it, the letter goes once more under the same Message-ID, and never a third time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from kiosk.core import clock
from kiosk.core.db import Database, Tx
from kiosk.core.errors import Unavailable
from kiosk.core.events import Fact
from kiosk.post import mail, queries, rules
from kiosk.post.carrier import UNKNOWN, Answer, Came, Way, carry
from kiosk.post.events import LetterChanged, LetterWaits
from kiosk.post.models import Attachment, Letter, LetterState

log = logging.getLogger(__name__)
MAY_HAVE_ARRIVED = "It was sent twice and nobody said that it came. It may have arrived."
KILLED = "The kiosk was stopped while the mail server took it."
IN_DOUBT = (KILLED, UNKNOWN)
"""What a letter under way says of itself when it may have arrived once before."""
NOT_MADE = "The letter, or what is enclosed, could not be made."
Maker = Callable[[str], Awaitable[bytes]]
"""Makes what is enclosed with the letter of this cause."""


@dataclass(frozen=True)
class Pace:
    """How long the postman rests: between two looks, after the server did not want to hear of any letter."""

    look_s: float = 60
    trouble_s: float = 15
    first: timedelta = rules.FIRST
    given_up_after: timedelta = rules.GIVEN_UP_AFTER


class Postman:
    """Sends letters by the way the settings name; without one they wait. `makers` by the first word of the cause."""

    def __init__(
        self, db: Database, way: Way | None, makers: Mapping[str, Maker] | None = None, pace: Pace | None = None
    ) -> None:
        self._db = db
        self._way = way
        self._makers = dict(makers or {})
        self._pace = pace or Pace()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._deafen: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin with what waited when the kiosk stopped."""
        if self._way is not None:
            self._deafen = self._db.bus.listen(self._hear)
            self._task = asyncio.create_task(self._run(), name="post")

    async def stop(self) -> None:
        """Stop sending; a letter in the middle of it is in doubt."""
        self._deafen()
        self._deafen = lambda: None
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _hear(self, fact: Fact) -> None:
        if isinstance(fact, LetterWaits):
            self._wake.set()

    async def _run(self) -> None:
        is_begun = False
        while True:
            self._wake.clear()
            try:
                if not is_begun:
                    await self._db.run(_doubt_what_was_under_way)
                    is_begun = True
                await self._round(self._way)
                seconds = await self._until_next()
            except Exception:
                log.exception("sending letters failed; it is tried again in %s s", self._pace.look_s)
                is_begun = False
                seconds = self._pace.look_s
            await self._rest(seconds)

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _until_next(self) -> float:
        async with self._db.read() as read:
            at = await queries.next_at(read)
        if at is None:
            return self._pace.look_s
        return min(max((at - clock.now()).total_seconds(), 0), self._pace.look_s)

    async def _round(self, way: Way | None) -> None:
        """Send what is due. When the server wants to hear of no letter at all, the others wait with this one."""
        await self._db.run(_forget)
        async with self._db.read() as read:
            letter_ids = await queries.due(read, clock.now())
        for letter_id in letter_ids if way else ():
            assert way is not None
            answer = await self._send(way, letter_id)
            if answer.came is Came.NOT_NOW and not answer.is_about_letter:
                log.warning("letters wait: %s", answer.told)
                await asyncio.sleep(self._pace.trouble_s)
                return

    async def _send(self, way: Way, letter_id: int) -> Answer:
        async with self._db.read() as read:
            letter, enclosed = await queries.letter(read, letter_id)
            venue = await read.venue()
        try:
            files = [(one.name, one.mime, one.content or await self._made(letter.cause, one)) for one in enclosed]
            text = _message(way, letter, venue.name, files)
        except Exception:
            log.exception("letter %s could not be made", letter_id)
            answer = Answer(Came.NOT_NOW, NOT_MADE, is_about_letter=True)
        else:
            answer = await carry(way, text, letter.to_address, self._sending(letter))
        await self._write_down(letter, answer)
        return answer

    async def _write_down(self, letter: Letter, answer: Answer) -> None:
        """What the server said is not forgotten because the database is away: that is waited for."""
        while True:
            try:
                return await self._db.run(lambda tx: self._know(tx, letter, answer))
            except Unavailable as away:
                log.warning("what came of letter %s is not written down yet: %s", letter.id, away)
            await asyncio.sleep(self._pace.trouble_s)

    async def _made(self, cause: str, file: Attachment) -> bytes:
        """What was not made yet is made and kept, so that each try sends the same."""
        content = await self._makers[cause.partition(" ")[0]](cause)
        kept = update(Attachment).where(Attachment.id == file.id).values(content=content)
        await self._db.run(lambda tx: tx.change(kept))
        return content

    def _sending(self, letter: Letter) -> Callable[[], Awaitable[None]]:
        """From now on the letter may arrive: whoever is killed here leaves it in doubt, and says if it was before."""
        trouble = None
        if letter.state is LetterState.DOUBT:
            trouble = letter.trouble if letter.trouble in IN_DOUBT else UNKNOWN

        async def mark(tx: Tx) -> None:
            values = {"state": LetterState.SENDING, "trouble": trouble}
            await tx.change(update(Letter).where(Letter.id == letter.id).values(**values))

        return lambda: self._db.run(mark)

    async def _know(self, tx: Tx, letter: Letter, answer: Answer) -> None:
        """Write down what came of a try."""
        values = self._values(tx, letter, answer)
        await tx.change(update(Letter).where(Letter.id == letter.id).values(tries=letter.tries + 1, **values))
        tx.announce(LetterChanged(letter.id))

    def _values(self, tx: Tx, letter: Letter, answer: Answer) -> dict[str, Any]:
        was_in_doubt = letter.state is LetterState.DOUBT
        if answer.came is Came.TAKEN:
            return {"state": LetterState.SENT, "sent_at": tx.at, "trouble": None}
        if answer.came is Came.UNKNOWN and was_in_doubt:
            return {"state": LetterState.FAILED, "trouble": MAY_HAVE_ARRIVED}
        if answer.came is Came.REFUSED:
            return {"state": LetterState.FAILED, "trouble": answer.told}
        if tx.at - letter.queued_at > self._pace.given_up_after:
            return {"state": LetterState.FAILED, "trouble": f"Given up after a day. {answer.told}"}
        waits = was_in_doubt or answer.came is Came.UNKNOWN
        pause = rules.pause(letter.tries + 1) * (self._pace.first / rules.FIRST)
        state = LetterState.DOUBT if waits else LetterState.QUEUED
        return {"state": state, "next_at": tx.at + pause, "trouble": answer.told}


def _message(way: Way, letter: Letter, venue: str, files: list[tuple[str, str, bytes]]) -> bytes:
    return mail.message(
        number=letter.id,
        sender=way.sender,
        sender_name=venue,
        to=letter.to_address,
        subject=letter.subject,
        written=letter.queued_at,
        plain=letter.plain,
        html=letter.html,
        enclosed=files,
    )


async def _doubt_what_was_under_way(tx: Tx) -> None:
    sending = Letter.state == LetterState.SENDING
    again = (sending, Letter.trouble.in_(IN_DOUBT))
    await tx.change(update(Letter).where(*again).values(state=LetterState.FAILED, trouble=MAY_HAVE_ARRIVED))
    await tx.change(update(Letter).where(sending).values(state=LetterState.DOUBT, next_at=tx.at, trouble=KILLED))


async def _forget(tx: Tx) -> None:
    """Letters done with long ago go, and the addresses in them."""
    done = (Letter.state.in_((LetterState.SENT, LetterState.FAILED)), Letter.queued_at < tx.at - rules.KEPT)
    old = list(await tx.session.scalars(select(Letter.id).where(*done).limit(200)))
    if old:
        await tx.change(delete(Attachment).where(Attachment.letter_id.in_(old)))
        await tx.change(delete(Letter).where(Letter.id.in_(old)))
