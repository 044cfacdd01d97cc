"""Ids made here, not by the database: ordered by time, whole numbers a browser can hold (under 2**53)."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
EPOCH_MS = 1_735_689_600_000
"""2025-01-01T00:00:00Z; 41 bits of milliseconds last until 2094."""
NODES = 32
PER_MS = 128


class IdMaker:
    """Makes ids of 41 bits milliseconds, 5 bits node and 7 bits count; a burst borrows from the next millisecond."""

    def __init__(self, node: int = 0) -> None:
        if not 0 <= node < NODES:
            raise ValueError(f"node {node} is not between 0 and {NODES - 1}")
        self._node = node
        self._last = 0
        self._lock = threading.Lock()

    def begin_after(self, known: int) -> None:
        """Make only larger ids than this one, also where the clock was set back since it was made."""
        stamp, count = divmod(known, PER_MS)
        with self._lock:
            self._last = max(self._last, (stamp // NODES + 1) * PER_MS + count)

    def __call__(self) -> int:
        with self._lock:
            slot = (time.time_ns() // 1_000_000 - EPOCH_MS) * PER_MS
            self._last = max(slot, self._last + 1)
            ms, count = divmod(self._last, PER_MS)
        return (ms * NODES + self._node) * PER_MS + count


def first_id(at: datetime) -> int:
    """The smallest id that can have been made at an instant: what is older has a smaller one."""
    return ((at - EPOCH) // timedelta(milliseconds=1)) * NODES * PER_MS


_maker = IdMaker()


def use_node(node: int) -> None:
    """Name this process among those that write to one database: 0 serves tablets, 1 to 31 are commands beside it."""
    global _maker  # noqa: PLW0603 - one maker a process is what keeps its ids unique
    _maker = IdMaker(node)


def begin_after(known: int) -> None:
    """Make only larger ids than this one in this process."""
    _maker.begin_after(known)


def new_id() -> int:
    """A new id, larger than every id this process made before."""
    return _maker()
