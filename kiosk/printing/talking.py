"""A conversation with a printer on one open line: questions, their answers, and the proof that all is on paper."""

from __future__ import annotations

import asyncio
import secrets
import string

from kiosk.printing import status as words
from kiosk.printing.limits import Limits
from kiosk.printing.models import Ack
from kiosk.printing.status import Answer, Kind, Sorter, Status
from kiosk.printing.transport import Line

ROWS_OF_A_BLOCK = 24
"""No picture of ours is sent in larger blocks."""
LONGEST_OTHER = 512
"""Bytes of whatever else could be torn, such as a code."""
AT_ONCE = 64
GLANCE_S = 0.25
LETTERS = (string.ascii_uppercase + string.digits).encode()


class Silent(OSError):
    def __init__(self) -> None:
        super().__init__("it does not answer")


class Talk:
    """Asks, and keeps what is answered in order until somebody looks for it.

    At most one question that is answered at once is open, so that no late answer is taken for one to the next.
    """

    def __init__(self, line: Line, limits: Limits) -> None:
        self._line, self._limits = line, limits
        self._sorter = Sorter()
        self._open = b""
        self._told = bytearray()
        self._others: list[Answer] = []
        self._name = bytes(secrets.choice(LETTERS) for _ in range(4))
        self._times = 1

    @property
    def sent(self) -> int:
        """How many bytes may have left."""
        return self._line.sent

    async def end_torn(self, dots: int) -> None:
        """Fill up with NULs, which print nothing, whatever the last job left unfinished on so many dots."""
        await self._line.write(bytes(ROWS_OF_A_BLOCK * dots // 8 + LONGEST_OTHER))

    async def status(self) -> Status:
        """How the printer is. Raises Silent, or OSError when the line is dead."""
        told = await self._ask(words.STATUS, self._limits.status_s)
        if told is None:
            raise Silent
        return await self._with_why(Status.of(told))

    async def _with_why(self, status: Status) -> Status:
        """What is asked further where something is wrong; without it the printer still is as it said."""
        if status.is_ready:
            return status
        why = await self._ask(words.WHY, self._limits.status_s) or b""
        return Status(status.is_offline, status.is_paper_out, status.is_near_end, status.is_drawer_open, why)

    async def write(self, data: bytes, ack: Ack, owed: int = 0) -> None:
        """A whole job with the question that proves it, in one piece.

        Answers in order have no name: where so many to papers before may still come, it is asked once more than that.
        """
        self._times = 1 + (owed if ack is Ack.GS_R else 0)
        await self._line.write(data + self._fence(ack) * self._times)

    def _fence(self, ack: Ack) -> bytes:
        asked = {Ack.PROCESS_ID: words.process_id(self._name), Ack.GS_R: words.IN_ORDER}
        return asked.get(ack, b"")

    async def proof(self, ack: Ack, seconds: float) -> Status | None:
        """Wait until all is on paper: None then, else the status that keeps it from going on.

        Raises Silent when neither comes in so many seconds, OSError when the line is dead.
        """
        until = asyncio.get_running_loop().time() + seconds
        pause, last = min(GLANCE_S, self._limits.status_s), None
        while not self._is_proved(ack):
            left = until - asyncio.get_running_loop().time()
            if left <= 0:
                return self._at_last(last)
            if await self._listen(min(pause, left)) or self._is_proved(ack):
                continue
            if told := await self._ask(words.STATUS, min(self._limits.status_s, left)):
                last = await self._with_why(Status.of(told))
                if last.is_explained and not self._is_proved(ack):
                    return last
        return None

    def _at_last(self, last: Status | None) -> Status:
        """What kept it, as it said last; somebody who said nothing or that all is well proves nothing."""
        if last is None or last.is_ready:
            raise Silent
        return last

    async def settled(self, seconds: float) -> Status | None:
        """For printers that answer nothing in order: None when it is still well after the time the paper takes."""
        await asyncio.sleep(seconds)
        status = await self.status()
        return None if status.is_ready else status

    def _is_proved(self, ack: Ack) -> bool:
        if ack is Ack.PROCESS_ID:
            return any(one.kind is Kind.PROCESS_ID and one.told[2:6] == self._name for one in self._others)
        return sum(one.kind is Kind.IN_ORDER for one in self._others) >= self._times

    async def hear_out(self) -> None:
        """Take in what else was answered in order, so that nobody after takes it for his own."""
        for _ in range(self._times):
            if not await self._listen(min(GLANCE_S, self._limits.status_s)):
                return

    async def glance(self, seconds: float) -> None:
        """Take in what comes in the meantime."""
        await self._listen(seconds)

    async def clear(self) -> bool:
        """Let the printer forget what is not on paper yet; whether it said that it did."""
        self._others = [one for one in self._others if one.kind is not Kind.CLEARED]
        await self._line.write(words.CLEAR)
        until = asyncio.get_running_loop().time() + self._limits.status_s
        while not any(one.kind is Kind.CLEARED for one in self._others):
            left = until - asyncio.get_running_loop().time()
            if left <= 0:
                return False
            await self._listen(left)
        return True

    async def kick(self, pin: int) -> None:
        """Open the drawer at once, also without paper."""
        await self._line.write(words.kick(pin))

    async def _ask(self, question: bytes, seconds: float) -> bytes | None:
        """The two answers to a question; None when they do not come in time, they are then waited for further."""
        until = asyncio.get_running_loop().time() + seconds
        while self._open and self._open != question:
            if not await self._heard(until):
                return None
        if not self._open:
            self._told.clear()
            self._open = question
            await self._line.write(question)
        return bytes(self._told[-2:]) if await self._heard(until) else None

    async def _heard(self, until: float) -> bool:
        """Whether the open question is answered whole by then; it is closed if so."""
        while len(self._told) < 2:
            left = until - asyncio.get_running_loop().time()
            if left <= 0:
                return False
            await self._listen(left)
        self._open = b""
        return True

    async def _listen(self, seconds: float) -> bool:
        """Take in what comes next; whether anything came."""
        received = await self._line.read(AT_ONCE, seconds)
        for answer in self._sorter.feed(received):
            if answer.kind is not Kind.REAL_TIME:
                self._others.append(answer)
            elif self._open:
                self._told += answer.told
        return bool(received)
