"""Facts of the kitchen."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class TicketChanged(Fact):
    """A ticket was opened, bumped, recalled or a dish on it changed."""

    ticket_id: int
    check_id: int
