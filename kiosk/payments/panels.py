"""The counter's part of the screen: one component from the choice of a check to the paper receipt."""

from __future__ import annotations

from pathlib import Path

from nicegui import ui

HERE = Path(__file__).parent
DESK = "settle_desk.js"


def parts(*patterns: str) -> list[str | Path]:
    """The scripts a component imports by their names, in a fixed order."""
    return sorted(path.name for pattern in patterns for path in HERE.glob(pattern) if path.name != DESK)


class SettleDesk(ui.element, component=DESK, dependencies=parts("settle_*.js", "till_*.js", "close_words.js")):
    """One check and how it is paid; seen while the tablet's view is "settle"."""
