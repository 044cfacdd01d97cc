"""What the kitchen refuses."""

from __future__ import annotations

from kiosk.core.errors import Conflict, NotFound, Refused


class TicketGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This ticket is not on the board. Load the board again.")


class AlreadyBumped(Conflict):
    def __init__(self, label: str) -> None:
        super().__init__(f"The ticket of {label} was already bumped.")


class NotBumped(Conflict):
    def __init__(self, label: str) -> None:
        super().__init__(f"The ticket of {label} is still on the board.")


class StationGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This station is not there any more. Load the board again.")


class LimitsTurned(Refused):
    def __init__(self) -> None:
        super().__init__("A ticket must turn amber before it turns red. Choose a shorter time for amber.")


class KitchenHasIt(Conflict):
    def __init__(self) -> None:
        super().__init__("The kitchen has it already. Void what is not wanted.")
