"""What became true of the figures."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class SalesImported(Fact):
    """A sales history came in: days that were read before may have other figures now."""


@dataclass(frozen=True)
class ForecastMade(Fact):
    """What is known of the days ahead is another: there is a forecast, a newer one, or none any more."""
