"""The owner's part of the screen: one component that draws the whole day."""

from __future__ import annotations

from nicegui import ui


class DayBoard(
    ui.element,
    component="day_board.js",
    dependencies=["day_cards.js", "day_now_cards.js", "day_title.js", "day_words.js"],
):
    """The figures of a business day as cards, live while it is going on; reads `/api/view/day/` by itself."""
