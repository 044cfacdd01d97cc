"""Work that takes a core for long, done in a process of its own: tablets wait for nobody.

The process starts with the first piece of work, ends after some minutes without one, and with the kiosk, however that
ends: its input closes.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO, Final

IDLE_S: Final = 300
LENGTH: Final = 8
NICER: Final = 5


class WorkLost(Exception):
    """The process ended, or did not answer in time; the next question starts another."""


class Workshop:
    """A process that runs a module of ours, asked one thing at a time."""

    def __init__(self, module: str, *, idle_s: float = IDLE_S) -> None:
        self._module = module
        self._idle_s = idle_s
        self._process: asyncio.subprocess.Process | None = None
        self._one_at_a_time = asyncio.Lock()
        self._ending: asyncio.TimerHandle | None = None

    async def ask(self, question: object, *, seconds: float) -> Any:
        """What the process makes of a question. Raises WorkLost."""
        async with self._one_at_a_time:
            self._stay()
            try:
                answer = await self._answer(question, seconds)
            except (OSError, asyncio.IncompleteReadError, TimeoutError) as trouble:
                raise WorkLost(f"{self._module}: {type(trouble).__name__} {trouble}") from trouble
            self._ending = asyncio.get_running_loop().call_later(self._idle_s, self._leave)
        return answer

    @property
    def is_running(self) -> bool:
        """Whether there is a process that may be asked."""
        return self._process is not None and self._process.returncode is None

    async def close(self) -> None:
        """End the process, if there is one."""
        self._stay()
        await self._end()

    async def _answer(self, question: object, seconds: float) -> Any:
        """Ask and wait; a process whose answer nobody heard to the end is not asked again."""
        is_heard = False
        try:
            async with asyncio.timeout(seconds):
                answer = await self._asked(pickle.dumps(question))
            is_heard = True
            return pickle.loads(answer)
        finally:
            if not is_heard:
                await self._end()

    async def _asked(self, question: bytes) -> bytes:
        process = await self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(len(question).to_bytes(LENGTH) + question)
        await process.stdin.drain()
        length = int.from_bytes(await process.stdout.readexactly(LENGTH))
        return await process.stdout.readexactly(length)

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or not self.is_running:
            command = (sys.executable, "-m", self._module)
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


def work(do: Callable[[Any], Any]) -> None:
    """Be the process: answer until the questions end; whatever prints, prints to the console of errors."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICER)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    answer_all(sys.stdin.buffer, answers, do)


def answer_all(questions: BinaryIO, answers: BinaryIO, do: Callable[[Any], Any]) -> None:
    """Each question's answer, in order."""
    while len(head := questions.read(LENGTH)) == LENGTH:
        answer = pickle.dumps(do(pickle.loads(questions.read(int.from_bytes(head)))))
        answers.write(len(answer).to_bytes(LENGTH) + answer)
        answers.flush()
