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


class HeldLines(Refused):
    def __init__(self, count: int) -> None:
        told = "1 line is" if count == 1 else f"{count} lines are"
        them = "it" if count == 1 else "them"
        super().__init__(f"{told} held. Fire or remove {them} first.")


class CourseAlreadyFired(Conflict):
    def __init__(self, course: str) -> None:
        super().__init__(f"Nothing of {course} is held. It was fired already.")


class TooLateToTakeBack(Conflict):
    def __init__(self) -> None:
        super().__init__("The kitchen has it already. Void what is not wanted.")


class LineServed(Conflict):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was already served.")


class DishReady(Conflict):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is ready already. Refire it if it must be another.")


class NothingToUnserve(Conflict):
    def __init__(self) -> None:
        super().__init__("None of these is marked as served.")


class LineComped(Conflict):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is on the house. Charge it again first.")


class LineNotComped(Conflict):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is charged already.")


class PriceMissing(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has no price of its own. Type one above zero.")


class PriceFixed(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has its price on the menu. Ring it without one.")


class NoRound(Refused):
    def __init__(self) -> None:
        super().__init__("Nothing was sent on this check yet that could be repeated.")


class SameCheck(Refused):
    def __init__(self) -> None:
        super().__init__("This is the same check. Choose another one.")


class NotMerged(Conflict):
    def __init__(self, number: int) -> None:
        super().__init__(f"Check {number} is not merged into another.")


class LabelUnfit(Refused):
    def __init__(self) -> None:
        super().__init__("A check's name has 1 to 40 characters.")


class CheckHasTable(Refused):
    def __init__(self) -> None:
        super().__init__("This check is called like its table. Move it to the counter before naming it.")


class ReasonMissing(Refused):
    def __init__(self) -> None:
        super().__init__("This needs a reason. Choose or write one.")


class PriceBelowZero(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"With these choices {name} would cost less than nothing. Choose others.")


class ShareGone(Conflict):
    def __init__(self) -> None:
        super().__init__("Nothing of this share is open any more. Look at what is left and choose again.")


class ShareTooLarge(Refused):
    def __init__(self) -> None:
        super().__init__("A share is more than nothing and at most what is open. Type a smaller amount.")


class SharesOutOfRange(Refused):
    def __init__(self, parts: int) -> None:
        super().__init__(f"{parts} is not a number of parts between 1 and 99.")


class LinePaid(Conflict):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is paid, or a part of it. Undo that payment first.")


class PartlyPaid(Conflict):
    def __init__(self, number: int) -> None:
        super().__init__(f"A part of check {number} is paid. Settle the rest, or undo that payment first.")


class ShareUnknown(Conflict):
    def __init__(self) -> None:
        super().__init__("This payment was undone already.")


class DiscountUnclear(Refused):
    def __init__(self) -> None:
        super().__init__("A discount is either a percentage or an amount, above zero.")


class DiscountTooLarge(Refused):
    def __init__(self, amount: str, left: str) -> None:
        super().__init__(f"{amount} is more than the {left} that is left to pay. Take off less.")


class DiscountGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This discount is not on the check any more.")


class NothingToDiscount(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} costs nothing already.")


class NameUnfit(Refused):
    def __init__(self) -> None:
        super().__init__("A discount's name has 1 to 40 characters.")
