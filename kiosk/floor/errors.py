"""What the floor refuses."""

from __future__ import annotations

from kiosk.core.errors import Conflict, NotFound, Refused


class TableGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This table is not on the floor any more.")


class SectionGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This section is not on the floor any more.")


class BookingGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This booking does not exist. Look at the list again.")


class WaiterGone(NotFound):
    def __init__(self) -> None:
        super().__init__("Nobody who waits tables has this number. Choose somebody from the list.")


class TableNotPaid(Refused):
    def __init__(self, label: str) -> None:
        super().__init__(f"Table {label} is not paid. Settle its check first.")


class TableToClear(Refused):
    def __init__(self, label: str) -> None:
        super().__init__(f"Table {label} is still to be cleared. Clear it first.")


class TableTaken(Conflict):
    def __init__(self, label: str, way_out: str) -> None:
        super().__init__(f"Table {label} has guests. {way_out}")


class AlreadyThere(Conflict):
    def __init__(self, label: str) -> None:
        super().__init__(f"The check is at table {label} already.")


class NotAtTable(Conflict):
    def __init__(self) -> None:
        super().__init__("This check is at no table any more. Look at the floor again.")


class LabelTaken(Refused):
    def __init__(self, label: str) -> None:
        super().__init__(f"There is already a table {label}. Give this one another number.")


class SectionNameTaken(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is already a section {name}. Give this one another name.")


class JoinedToItself(Refused):
    def __init__(self, label: str) -> None:
        super().__init__(f"Table {label} cannot be joined to itself. Choose another table.")


class AlreadyJoined(Refused):
    def __init__(self, label: str, head: str) -> None:
        super().__init__(f"Table {label} is joined to {head}. Part it first.")


class NotJoined(Conflict):
    def __init__(self, label: str) -> None:
        super().__init__(f"Table {label} is not joined to another.")


class TableBooked(Refused):
    def __init__(self, label: str, name: str, at: str) -> None:
        super().__init__(f"Table {label} is booked for {name} at {at}. Choose another table or another time.")


class TableStillBooked(Refused):
    def __init__(self, label: str, name: str) -> None:
        super().__init__(f"Table {label} is booked for {name}. Give the booking another table first.")


class SectionInUse(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} still has tables. Move or remove them first.")


class LastSection(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is the only section, and a floor needs one. Rename it instead.")


class SectionsMissing(Refused):
    def __init__(self) -> None:
        super().__init__("The order must name every section once. Look at the floor again.")


class OffThePlan(Refused):
    def __init__(self, label: str) -> None:
        super().__init__(f"Table {label} does not fit the plan of 1200 by 800 there. Move it inside.")


class ShapeUnknown(Refused):
    def __init__(self, shape: str) -> None:
        super().__init__(f"“{shape[:20]}” is no shape of a table. Choose square, round or wide.")


class TextMissing(Refused):
    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is missing. Write one.")


class TextTooLong(Refused):
    def __init__(self, what: str, most: int) -> None:
        super().__init__(f"{what} holds at most {most} characters. Shorten it.")


class SeatsOutOfRange(Refused):
    def __init__(self, seats: int) -> None:
        super().__init__(f"{seats} is not a number of seats between 1 and 99.")


class TimeUnreadable(Refused):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text[:40]}” is no time with its time zone. Choose the time again.")


class DayUnreadable(Refused):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text[:20]}” is no day. Choose one from the calendar.")


class TimeTooFar(Refused):
    def __init__(self) -> None:
        super().__init__("A booking is at most two years ahead. Choose an earlier day.")


class TimePast(Refused):
    def __init__(self) -> None:
        super().__init__("This time is over. Choose a later one.")


class HoldTooLong(Refused):
    def __init__(self) -> None:
        super().__init__("A table is kept back for at most a day. Make a booking instead.")


class BookingEnded(Conflict):
    def __init__(self, name: str, how: str) -> None:
        super().__init__(f"{name} {how}. Look at the list again.")


class NothingToHandOver(Refused):
    def __init__(self) -> None:
        super().__init__("Say which section, or whose checks, go to somebody else.")
