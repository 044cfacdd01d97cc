"""What the counter refuses."""

from __future__ import annotations

from kiosk.core.errors import Conflict, NotFound, Refused


class BillChanged(Conflict):
    code = "bill_changed"

    def __init__(self, total: str) -> None:
        super().__init__(f"The check has changed, it now comes to {total}. Look at it again.")


class StillShort(Refused):
    code = "short"

    def __init__(self, short: str) -> None:
        super().__init__(f"Still short {short}. Take the rest before paying.")


class Overpaid(Refused):
    code = "overpaid"

    def __init__(self, tender: str, most: str) -> None:
        super().__init__(f"The {tender} takes at most {most} here. Change is given on cash only.")


class TenderUnreadable(Refused):
    def __init__(self) -> None:
        super().__init__("A tender gives an amount above zero, and its tip is part of what was given.")


class TenderUnknown(Refused):
    def __init__(self, word: str) -> None:
        super().__init__(f"“{word}” is no way to pay here. Take cash, card or wallet.")


class ReceiptGone(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such receipt.")


class NoPaper(Refused):
    def __init__(self, number: str) -> None:
        super().__init__(f"Receipt {number} was brought in from another system and cannot be printed again here.")
