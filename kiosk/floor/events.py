"""Facts of the floor."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class TableChanged(Fact):
    """A table was seated, freed, joined, parted or kept back."""

    table_id: int


@dataclass(frozen=True)
class CheckMoved(Fact):
    """A check came to a table or left one."""

    check_id: int


@dataclass(frozen=True)
class BookingChanged(Fact):
    """A booking, a waiting party or a hold is new, is another, or has ended."""

    booking_id: int


@dataclass(frozen=True)
class SectionChanged(Fact):
    """A section is in other hands."""

    section_id: int


@dataclass(frozen=True)
class LayoutChanged(Fact):
    """Tables or sections were added, removed, renamed or put elsewhere."""
