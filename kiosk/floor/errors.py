"""What the floor refuses."""

from __future__ import annotations

from kiosk.core.errors import NotFound, Refused


class TableGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This table is not on the floor any more.")


class TableNotPaid(Refused):
    def __init__(self, label: str) -> None:
        super().__init__(f"Table {label} is not paid. Settle its check first.")


class LabelTaken(Refused):
    def __init__(self, label: str) -> None:
        super().__init__(f"There is already a table {label}. Give this one another number.")
