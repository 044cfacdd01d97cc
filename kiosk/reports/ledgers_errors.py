"""What the files for the accountant and for the house itself refuse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kiosk.core.errors import Refused


class DayNotClosed(Refused):
    code = "day_open"

    def __init__(self, day: date) -> None:
        super().__init__(
            f"The business day {day} is not closed, so its figures may still change. "
            "Close it with kiosk close, or name a range that ends before it."
        )


class NotForJournals(Refused):
    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} was not written: the journal is a CSV file. Name it .csv.")
