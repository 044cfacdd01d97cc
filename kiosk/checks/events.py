"""Facts of checks."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class CheckChanged(Fact):
    """Something on the check is not what it was: lines, covers, bill, or that it is closed."""

    check_id: int
