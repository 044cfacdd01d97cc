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


@dataclass(frozen=True)
class DrawerKicked(Fact):
    """The drawer of a till is to be opened, now that the journal says why; whoever did it waits for it."""

    drawer_id: int | None
    till: int
    why: str
    person_id: int | None = None


@dataclass(frozen=True)
class DrawerStayedShut(Fact):
    """A drawer that was to be opened was not, and what to do."""

    till: int
    sentence: str
    person_id: int | None = None
