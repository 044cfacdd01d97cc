"""The daybook's page: every movement of money of a range of days."""

from __future__ import annotations

from fastapi import Request
from nicegui import ui

from kiosk.core.actor import Actor, Permission
from kiosk.ui import frame
from kiosk.ui.house import House

PARTS = ("daybook_filters", "daybook_ledger", "daybook_receipt", "daybook_words")
"""The drawers' sheet and the words of the close are the payments' own, known to every page."""


class DaybookBoard(ui.element, component="daybook_board.js", dependencies=[f"{part}.js" for part in PARTS]):
    """The ledger with its filters and sums; reads `/api/view/daybook` and follows the till by itself."""


def register(_kiosk: House) -> None:
    """Make the page known; its view is the reports'."""
    ui.page("/daybook", title="Daybook")(_page)


def _page(request: Request) -> None:
    """The daybook; whoever may not see it is told so, and nothing more."""
    actor: Actor = request.state.actor
    with frame.framed("daybook", "daybook.css"):
        if actor.may(Permission.SEE_DAYBOOK):
            DaybookBoard()
        else:
            frame.note("The daybook is for managers and the owner. Ask one of them to sign in here.")
