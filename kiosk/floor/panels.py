"""The floor's part of the screen: one component that draws every table."""

from __future__ import annotations

from pathlib import Path

from nicegui import ui

BOARD = "floor_board.js"
PARTS: list[str | Path] = sorted(path.name for path in Path(__file__).parent.glob("floor_*.js") if path.name != BOARD)


class FloorBoard(ui.element, component=BOARD, dependencies=PARTS):
    """Tables by section with state, clock and next step, live; seen while the tablet's view is "floor"."""
