"""The reports' page: a range of business days told by whatever is asked."""

from __future__ import annotations

from fastapi import Request
from nicegui import ui

from kiosk.core.actor import Actor, Permission
from kiosk.ui import frame
from kiosk.ui.house import House

PARTS = ("report_behind", "report_pay", "report_table", "report_words")
"""The receipt's sheet is the daybook's, dialogs and words of days are the payments' own, known to every page."""


class ReportBoard(ui.element, component="report_board.js", dependencies=[f"{part}.js" for part in PARTS]):
    """A range told by one dimension beside other days; reads `/api/view/report` and `report_behind` by itself."""


def register(_kiosk: House) -> None:
    """Make the page known; its views are the reports'."""
    ui.page("/reports", title="Reports")(_page)


def _page(request: Request) -> None:
    """The reports; whoever may not see them is told so, and nothing more."""
    actor: Actor = request.state.actor
    with frame.framed("reports", "daybook.css", "reports.css"):
        if actor.may(Permission.SEE_REPORTS):
            ReportBoard()
        else:
            frame.note("The reports are for managers and the owner. Ask one of them to sign in here.")
