"""What printing refuses."""

from __future__ import annotations

from kiosk.core.errors import DeviceTrouble


class PrinterTrouble(DeviceTrouble):
    def __init__(self, name: str, reason: object) -> None:
        super().__init__(f"The printer {name} does not take paper work ({reason}). What waits is kept and tried again.")
