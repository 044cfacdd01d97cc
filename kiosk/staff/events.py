"""Facts of people."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class SessionEnded(Fact):
    """A session is over: its pages close, its sockets are cut."""

    session_id: int
    device_id: int
