"""What became true of the menu."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class MenuChanged(Fact):
    """Items, prices or choices are others than before."""


@dataclass(frozen=True)
class ItemStockChanged(Fact):
    """An item was 86ed, is back, or has another number of portions left."""

    item_id: int
