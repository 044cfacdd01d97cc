"""The counter's part of the screen: one component from the choice of a check to the paper receipt."""

from __future__ import annotations

from pathlib import Path

from nicegui import ui

PARTS: list[str | Path] = [
    "settle_bill.js",
    "settle_done.js",
    "settle_keyed.js",
    "settle_payer.js",
    "settle_pick.js",
    "settle_rules.js",
    "settle_tender.js",
]


class SettleDesk(ui.element, component="settle_desk.js", dependencies=PARTS):
    """One check and how it is paid; seen while the tablet's view is "settle"."""
