"""Facts of the kitchen."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class StationChanged(Fact):
    """A station is called otherwise or has other limits."""

    station_id: int


@dataclass(frozen=True)
class TicketChanged(Fact):
    """A ticket was opened, taken back, bumped, recalled or a dish on it changed.

    `line_ids` are the lines of checks it cooks for: they say which checks are concerned, because a line may since
    have moved away from `check_id`, the check it was fired for.
    """

    ticket_id: int
    check_id: int
    line_ids: tuple[int, ...] = ()
