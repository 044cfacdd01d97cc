"""What the till and the closing of the day refuse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kiosk.core.errors import Conflict, NotFound, Refused


class DrawerGone(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such drawer.")


class TillTaken(Conflict):
    code = "till_taken"

    def __init__(self, till: int, holder: str) -> None:
        super().__init__(f"Drawer {till} is open already, {holder} has it. Count and close it first.")


class TillUnreadable(Refused):
    def __init__(self, most: int) -> None:
        super().__init__(f"A till has a number from 1 to {most}.")


class DrawerShut(Conflict):
    code = "drawer_closed"

    def __init__(self, till: int) -> None:
        super().__init__(f"Drawer {till} is closed. Open it with a float first.")


class DrawerCounted(Conflict):
    code = "drawer_counted"

    def __init__(self, till: int, name: str) -> None:
        super().__init__(
            f"Drawer {till} was counted by {name}: no cash goes in or out any more. Close it and open it anew."
        )


class NotCounted(Conflict):
    code = "not_counted"

    def __init__(self, till: int) -> None:
        super().__init__(f"Drawer {till} was not counted yet. Count it first.")


class CountedTwice(Conflict):
    code = "counted_twice"

    def __init__(self, till: int) -> None:
        super().__init__(f"Drawer {till} was counted twice, and that is how often one counts. Add a reason instead.")


class StrangePieces(Refused):
    def __init__(self, names: Sequence[str], currency: str) -> None:
        named = ", ".join(name[:12] for name in names[:3])
        super().__init__(
            f"{named} is not among the coins and notes of {currency}, or too many. Count the drawer again."
        )


class AmountMissing(Refused):
    def __init__(self) -> None:
        super().__init__("Money that moves has an amount above zero.")


class HoldsLess(Refused):
    code = "holds_less"

    def __init__(self, till: int, amount: str) -> None:
        super().__init__(f"Drawer {till} does not hold {amount}. Take less, or pay it from another drawer.")


class SayWhy(Refused):
    code = "say_why"

    def __init__(self) -> None:
        super().__init__("Say in a few words what it is for.")


class ReasonNeeded(Refused):
    code = "reason_needed"

    def __init__(self, till: int, word: str, amount: str) -> None:
        super().__init__(f"Drawer {till} is {word} {amount}, more than goes without a word. Add a reason.")


class MayNotHold(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} takes no money at the till. Hand the drawer to a cashier or a manager.")


class NobodyThere(NotFound):
    def __init__(self) -> None:
        super().__init__("Nobody works here under this number. Choose a person from the list.")


class NothingToClose(Refused):
    code = "nothing_to_close"

    def __init__(self, day: date) -> None:
        super().__init__(f"No money has moved on {day:%A %-d %B} yet, so there is nothing to close.")


class AnotherDayFirst(Conflict):
    code = "another_day_first"

    def __init__(self, day: date, number: int) -> None:
        super().__init__(f"{day:%A %-d %B %Y} is to be closed first, with Z {number}. Look at the screen again.")


class AlreadyClosed(Conflict):
    code = "day_closed"

    def __init__(self, day: date, number: int) -> None:
        super().__init__(f"{day:%A %-d %B %Y} was closed already, with Z {number}.")


class DayNotClear(Refused):
    code = "day_not_clear"

    def __init__(self, sentences: Sequence[str]) -> None:
        shown = " ".join(sentences[:5])
        more = f" And {len(sentences) - 5} more." if len(sentences) > 5 else ""
        super().__init__(f"The day is not clear. {shown}{more}")


class DayAhead(Refused):
    code = "day_ahead"

    def __init__(self, day: date, today: date) -> None:
        super().__init__(
            f"{today:%-d %B} is closed. What came after is on {day:%-d %B}, which can be closed once it has begun."
        )


class NothingToCarry(Conflict):
    def __init__(self, label: str) -> None:
        super().__init__(f"{label} does not hold up the close of the day.")


class NoSuchZ(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(f"There is no Z {number}.")


class DayUnreadable(Refused):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text[:20]}” is not a business day. Write it like 2015-11-27.")
