"""The kitchen's part of the screen: one component that draws the whole board."""

from __future__ import annotations

from pathlib import Path

from nicegui import ui

PARTS: list[str | Path] = [
    "kitchen_acts.js",
    "kitchen_allday.js",
    "kitchen_bar.js",
    "kitchen_bell.js",
    "kitchen_book.js",
    "kitchen_counts.js",
    "kitchen_dish.js",
    "kitchen_drawer.js",
    "kitchen_hanging.js",
    "kitchen_keys.js",
    "kitchen_pass.js",
    "kitchen_places.js",
    "kitchen_plates.js",
    "kitchen_refire.js",
    "kitchen_sheet.js",
    "kitchen_stock.js",
    "kitchen_stock_sheet.js",
    "kitchen_ticket.js",
    "kitchen_times.js",
]


class KitchenBoard(ui.element, component="kitchen_board.js", dependencies=PARTS):
    """Tickets of every station, live; seen while the tablet's view is "kitchen"."""
