"""Facts of the floor."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class TableChanged(Fact):
    """A table was seated, freed or is new."""

    table_id: int
