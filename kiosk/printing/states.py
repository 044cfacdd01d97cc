"""How a printer is doing, as its worker knows it just now; kept in memory, told to screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PrinterState:
    """A printer as it answered last.

    `is_online`: it takes paper work; None before it was asked. `reason`: why not, as a sentence without its name.
    `since`: since when it is as it is. `last_ok`: when it last answered or took a job. `waiting`: jobs in its queue.
    `is_near_end`, `is_cover_open` and `is_drawer_open` are None where the printer does not tell.
    """

    printer_id: int
    name: str
    is_online: bool | None = None
    reason: str = ""
    since: datetime | None = None
    last_ok: datetime | None = None
    is_near_end: bool | None = None
    is_cover_open: bool | None = None
    is_drawer_open: bool | None = None
    waiting: int = 0
