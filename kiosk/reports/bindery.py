"""Workbooks made in a process of their own: making one takes seconds of a core, and tablets wait for nobody.

The process starts with the first workbook, ends after some minutes without one, and with the kiosk, however that ends:
its input closes. Run as `python -m kiosk.reports.bindery` it is that process.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import signal
import sys
from contextlib import suppress
from typing import Any, BinaryIO, Final

from kiosk.reports.errors import ReportRefused
from kiosk.reports.rules import Takings

log = logging.getLogger(__name__)
PATIENCE_S: Final = 120
IDLE_S: Final = 300
LENGTH: Final = 8
NICER: Final = 5


class Bindery:
    """Turns takings into the bytes of a workbook, one at a time."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._one_at_a_time = asyncio.Lock()
        self._ending: asyncio.TimerHandle | None = None

    async def workbook(self, found: Takings) -> bytes:
        """The workbook of these figures. Raises ReportRefused with a sentence when it cannot be made."""
        async with self._one_at_a_time:
            self._stay()
            try:
                is_made, made = await self._answer(found)
            except (OSError, asyncio.IncompleteReadError, TimeoutError) as trouble:
                log.exception("the workbook's process failed")
                raise ReportRefused("The workbook could not be made. Try again, or use `kiosk export`.") from trouble
            self._ending = asyncio.get_running_loop().call_later(IDLE_S, self._leave)
        if not is_made:
            raise ReportRefused(made)
        return bytes(made)

    async def _answer(self, found: Takings) -> Any:
        """Ask and wait; a process whose answer nobody heard to the end is not asked again."""
        is_heard = False
        try:
            async with asyncio.timeout(PATIENCE_S):
                answer = await self._ask(pickle.dumps(found))
            is_heard = True
            return pickle.loads(answer)
        finally:
            if not is_heard:
                await self._end()

    async def close(self) -> None:
        """End the process, if there is one."""
        self._stay()
        await self._end()

    async def _ask(self, question: bytes) -> bytes:
        process = await self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(len(question).to_bytes(LENGTH) + question)
        await process.stdin.drain()
        length = int.from_bytes(await process.stdout.readexactly(LENGTH))
        return await process.stdout.readexactly(length)

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            command = (sys.executable, "-m", __name__)
            pipe = asyncio.subprocess.PIPE
            self._process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, env=_environment())
        return self._process

    def _stay(self) -> None:
        if self._ending:
            self._ending.cancel()
            self._ending = None

    def _leave(self) -> None:
        """Nobody asked for a while: the process ends when its input does."""
        if self._process and self._process.stdin:
            self._process.stdin.close()
        self._process = None

    async def _end(self) -> None:
        if (process := self._process) is None:
            return
        self._process = None
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _environment() -> dict[str, str]:
    """Our own, with the way to this package, from wherever the kiosk was started."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def bind(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the questions end: (True, workbook) or (False, the sentence why not)."""
    while len(head := questions.read(LENGTH)) == LENGTH:
        answer = pickle.dumps(_bound(pickle.loads(questions.read(int.from_bytes(head)))))
        answers.write(len(answer).to_bytes(LENGTH) + answer)
        answers.flush()


def _bound(found: Takings) -> tuple[bool, bytes | str]:
    from exports.errors import ExportRefused
    from exports.workbook import workbook_bytes
    from kiosk.reports.figures import figures_of

    try:
        return True, workbook_bytes(figures_of(found))
    except ExportRefused as refusal:
        return False, str(refusal)


def main() -> None:
    """Be the process; whatever prints, prints to the console of errors and not between the answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICER)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    bind(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
