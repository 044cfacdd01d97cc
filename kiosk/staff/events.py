"""What changed among the people, for screens and open pages."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class SessionEnded(Fact):
    """Nobody may go on with this session; its pages on this device are closed."""

    session_id: int
    device_id: int


@dataclass(frozen=True)
class PersonChanged(Fact):
    """Somebody was added, removed, got another role, or earns something else."""

    person_id: int
