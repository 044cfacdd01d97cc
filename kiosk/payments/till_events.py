"""Facts of the till and its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.core.events import Fact


@dataclass(frozen=True)
class TillChanged(Fact):
    """A drawer was opened, counted, handed over or closed, or money was put in or taken out."""


@dataclass(frozen=True)
class DayClosed(Fact):
    """A business day was closed; without a day, one was closed by a command beside the server."""

    day: date | None = None
