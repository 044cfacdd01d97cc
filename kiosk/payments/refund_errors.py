"""What the counter refuses when money shall go back."""

from __future__ import annotations

from kiosk.core.errors import Conflict, Refused


class NothingLeft(Conflict):
    code = "nothing_left"

    def __init__(self) -> None:
        super().__init__("Of this receipt nothing is left to give back.")


class LineLeft(Refused):
    code = "too_much"

    def __init__(self, line: int, left: str) -> None:
        super().__init__(f"Of line {line} at most {left} can still be given back.")


class ServiceLeft(Refused):
    code = "too_much"

    def __init__(self, left: str) -> None:
        super().__init__(f"Of the service charge at most {left} can still be given back.")


class TenderLeft(Refused):
    code = "too_much"

    def __init__(self, tender: str, left: str) -> None:
        super().__init__(f"{tender} paid what is left of {left}. More cannot go back that way.")


class TendersDiffer(Refused):
    def __init__(self, total: str, asked: str) -> None:
        super().__init__(f"{total} is to go back, but the tenders named come to {asked}. Name what goes where.")


class UnknownPosition(Refused):
    def __init__(self, position: int) -> None:
        super().__init__(f"This receipt has no row {position + 1}. Look at it again.")


class NoSale(Refused):
    def __init__(self, number: str) -> None:
        super().__init__(f"Receipt {number} is a refund itself. Open the receipt it gives back.")


class NotOurs(Refused):
    def __init__(self, number: str) -> None:
        super().__init__(f"Receipt {number} was brought in from another system. Give the money back there.")


class CheckIsClosed(Conflict):
    code = "check_closed"

    def __init__(self, number: str) -> None:
        super().__init__(f"The check of receipt {number} is closed. Refund the receipt instead.")


class PartlyRefunded(Conflict):
    code = "partly_refunded"

    def __init__(self, number: str) -> None:
        super().__init__(f"Of receipt {number} something was given back already. Refund the rest instead.")


class SameTender(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"It was paid by {name} already. Choose what the guest really gave.")


class PaidForSure(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"The {name} payment was confirmed by its provider, so it is no mistake. Refund it instead.")
