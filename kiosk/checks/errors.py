"""What a check refuses."""

from __future__ import annotations

from kiosk.core.errors import Conflict, NotFound, Refused


class CheckGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This check does not exist. Go back to the floor.")


class CheckClosed(Conflict):
    def __init__(self, number: int) -> None:
        super().__init__(f"Check {number} is already closed. Go back to the floor.")


class LineGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This line is not on the check any more.")


class LineAlreadySent(Conflict):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was already sent. Void it with a reason instead.")


class LineNotSent(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was not sent yet. Remove it instead.")


class LineAlreadyVoid(Conflict):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was already voided.")


class NothingToSend(Conflict):
    def __init__(self) -> None:
        super().__init__("Everything on this check was already sent.")


class NothingToServe(Conflict):
    def __init__(self) -> None:
        super().__init__("Nothing on this check is waiting to be served.")


class NothingToBill(Refused):
    def __init__(self) -> None:
        super().__init__("There is nothing on this check to bill.")


class UnsentLines(Refused):
    def __init__(self, count: int) -> None:
        told = "1 line was" if count == 1 else f"{count} lines were"
        super().__init__(f"{told} not sent. Send or remove first.")


class CheckNotEmpty(Refused):
    def __init__(self) -> None:
        super().__init__("There are lines on this check. Settle it, or void them first.")


class QuantityOutOfRange(Refused):
    def __init__(self, quantity: int) -> None:
        super().__init__(f"{quantity} is not a quantity between 1 and 99.")


class CoversOutOfRange(Refused):
    def __init__(self, covers: int) -> None:
        super().__init__(f"{covers} is not a number of guests between 1 and 99.")


class NoteTooLong(Refused):
    def __init__(self) -> None:
        super().__init__("A note holds at most 200 characters. Shorten it.")


class ReasonMissing(Refused):
    def __init__(self) -> None:
        super().__init__("A void needs a reason. Choose or write one.")


class PriceBelowZero(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"With these choices {name} would cost less than nothing. Choose others.")
