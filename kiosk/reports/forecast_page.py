"""The forecast's page: what the next seven days are to bring, and what to prepare."""

from __future__ import annotations

from fastapi import Request
from nicegui import ui

from kiosk.core.actor import Actor, Permission
from kiosk.ui import frame
from kiosk.ui.house import House

PARTS = ("forecast_grid", "forecast_words")
"""The download is the close's and words of days are the day's, known to every page."""


class ForecastBoard(ui.element, component="forecast_board.js", dependencies=[f"{part}.js" for part in PARTS]):
    """Seven days by hour with the prep list and the errors beside them; reads `/api/view/forecast` by itself."""


def register(_kiosk: House) -> None:
    """Make the page known; its view is the reports'."""
    ui.page("/forecast", title="Forecast")(_page)


def _page(request: Request) -> None:
    """The forecast; whoever may not see it is told so, and nothing more."""
    actor: Actor = request.state.actor
    with frame.framed("reports", "daybook.css", "forecast.css"):
        if actor.may(Permission.SEE_REPORTS):
            ForecastBoard()
        else:
            frame.note("The forecast is for managers and the owner. Ask one of them to sign in here.")
