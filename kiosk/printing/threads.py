"""What can hang does so in a thread of its own, which nobody waits for longer than agreed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


class StillBusy(OSError):
    def __init__(self) -> None:
        super().__init__("what it was told last has not ended yet")


class Lane:
    """One device's own thread, one piece of work at a time. A thread that hangs is left behind, not waited for."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._thread: threading.Thread | None = None

    async def do(self, seconds: float, work: Callable[..., T], *words: Any) -> T:
        """The result of the work. Raises TimeoutError after so many seconds, StillBusy while an earlier one hangs."""
        if self._thread and self._thread.is_alive():
            await self._let_end()
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._thread = threading.Thread(target=_carry_out, args=(loop, done, work, words), name=self._name, daemon=True)
        self._thread.start()
        async with asyncio.timeout(seconds):
            return await done

    async def _let_end(self) -> None:
        """Work that has told its result has a few microseconds to go; work that hangs has not."""
        for _ in range(20):
            await asyncio.sleep(0.005)
            if self._thread is None or not self._thread.is_alive():
                return
        raise StillBusy


def _carry_out(
    loop: asyncio.AbstractEventLoop, done: asyncio.Future[Any], work: Callable[..., Any], words: tuple[Any, ...]
) -> None:
    try:
        result, fault = work(*words), None
    except Exception as raised:
        result, fault = None, raised
    # Whoever asked may be gone together with his loop.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(_tell, done, result, fault)


def _tell(done: asyncio.Future[Any], result: Any, fault: Exception | None) -> None:
    if done.done():
        return
    if fault is None:
        done.set_result(result)
    else:
        done.set_exception(fault)


_LANES: dict[str, Lane] = {}


def lane_of(device: str) -> Lane:
    """The lane of a device; the same one as long as this process lives, so that two never use one device at once."""
    return _LANES.setdefault(device, Lane(device))
