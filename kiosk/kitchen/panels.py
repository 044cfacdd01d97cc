"""The kitchen's part of the screen: one component that draws the whole board."""

from __future__ import annotations

from pathlib import Path

from nicegui import ui

HERE = Path(__file__).parent
PARTS = [
    "kitchen_bell.js",
    "kitchen_feed.js",
    "kitchen_places.js",
    "kitchen_sheet.js",
    "kitchen_ticket.js",
    "kitchen_times.js",
]


class KitchenBoard(ui.element, component="kitchen_board.js", dependencies=PARTS):
    """Tickets of every station, live; seen while the tablet's view is "kitchen"."""

    def __init__(self) -> None:
        super().__init__()
        ui.add_css(HERE / "kitchen_board.css")
