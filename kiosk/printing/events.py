"""Facts of paper."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class PrintQueued(Fact):
    """Something waits at a printer."""

    printer_id: int
