"""What a piece of work leaves of the event loop, of the memory and of the time that it was promised to take."""

import asyncio
import os
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TIMES = 5
BEAT_S = 0.005
BLOCKED_MS = 50


@dataclass
class Beats:
    """How late a task was that wants to wake every 5 ms, at most, in ms; `held` leaves out what it waited for a core.

    That is the part that a quieter machine would not have spared it: work of the loop's own, Python's one lock.
    """

    late: float = 0.0
    held: float = 0.0
    count: int = 0

    async def beat(self) -> None:
        """For ever."""
        while True:
            began, waited = time.perf_counter(), waited_for_a_core()
            await asyncio.sleep(BEAT_S)
            late = (time.perf_counter() - began - BEAT_S) * 1000
            self.late = max(self.late, late)
            self.held = max(self.held, late - (waited_for_a_core() - waited))
            self.count += 1


def waited_for_a_core() -> float:
    """For how many ms this thread might have run and others did."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1_000_000


@dataclass
class Promises:
    """What was promised and not kept; a machine that does other things meanwhile keeps fewer."""

    broken: list[str] = field(default_factory=list)

    def told(self, what: str, value: float, most: float, unit: str = "ms") -> None:
        """One row beside its limit."""
        is_kept = value <= most
        print(f"\n{what:<58} {value:8.1f} {unit:<2}  {'within' if is_kept else 'OVER':>6} {most:g}", end="")
        if not is_kept:
            self.broken.append(f"{what}: {value:.0f} {unit}, not {most:g}")

    async def measured(self, what: str, most: float, work: Callable[[], Awaitable[Any]], times: int = TIMES) -> Any:
        """What comes of something, after a row with the median of its milliseconds."""
        took = []
        for _ in range(times):
            began = time.perf_counter()
            found = await work()
            took.append((time.perf_counter() - began) * 1000)
        self.told(what, statistics.median(took), most)
        return found

    @asynccontextmanager
    async def felt(self, what: str) -> AsyncIterator[None]:
        """How long the event loop let others wait while something was done."""
        beats = Beats()
        task = asyncio.create_task(beats.beat())
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        self.told(f"  the event loop was held, {what}", beats.held, BLOCKED_MS)
        print(f"   with other work of this machine {beats.late:.0f}", end="")


def memory(kind: str, pid: int | str = "self") -> float:
    """VmRSS or VmHWM of a process in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(kind)) / 1024


def family(pid: int) -> list[int]:
    """A process and those it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(int(child) for child in children)]


def module_of(pid: int) -> str:
    """The module that a process of ours runs."""
    return Path(f"/proc/{pid}/cmdline").read_text().rstrip("\0").rpartition("\0")[2]


def spent(pids: list[int]) -> list[float]:
    """The CPU time of each of these processes so far, in ms."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return [(int(one[11]) + int(one[12])) * 1000 / os.sysconf("SC_CLK_TCK") for one in fields]


def forget_peak(pid: int | str = "self") -> float:
    """Let the peak of a process begin anew where it is now, in MB."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")
    return memory("VmRSS", pid)
