"""The floor's part of the screen: one component that draws every table."""

from __future__ import annotations

from nicegui import ui


class FloorBoard(ui.element, component="floor_board.js", dependencies=["floor_faces.js", "floor_sheets.js"]):
    """Tables by section with state, clock and next step, live; seen while the tablet's view is "floor"."""
