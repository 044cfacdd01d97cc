"""The page on which the drawers are counted and the business day is closed."""

from __future__ import annotations

from fastapi import Request
from nicegui import ui

from kiosk.core.actor import Actor, Permission
from kiosk.ui import frame
from kiosk.ui.house import House

PARTS = (
    *("close_checks", "close_compare", "close_count", "close_done", "close_kept", "close_paper", "close_words"),
    *("till_forms", "till_parts", "till_sheet", "till_x"),
)


class CloseBoard(ui.element, component="close_board.js", dependencies=[f"{part}.js" for part in PARTS]):
    """The close of the day and the drawers' sheet; reads `/api/view/close` and follows the till by itself."""


def register(_kiosk: House) -> None:
    """Make the page known; its acts and views are the till's."""
    ui.page("/close", title="Close")(_page)


def _page(request: Request) -> None:
    """The close; whoever may not see the till is told so, and nothing more."""
    actor: Actor = request.state.actor
    with frame.framed("close"):
        if actor.may(Permission.SEE_TILL):
            CloseBoard()
        else:
            frame.note(
                "Drawers and the close of the day are for cashiers, managers and the owner.",
                "Ask one of them to sign in here.",
            )
