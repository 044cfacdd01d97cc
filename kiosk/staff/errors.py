"""What is refused to people."""

from __future__ import annotations

from kiosk.core.errors import KioskError, NotFound, Refused


class PinWrong(KioskError):
    """The PIN is not this person's; `wait_s` is how long the next try must wait."""

    code = "pin_wrong"

    def __init__(self, wait_s: int) -> None:
        tail = f" The next try is possible in {wait_s} s." if wait_s else " Try again."
        super().__init__(f"Wrong PIN.{tail}")
        self.wait_s = wait_s


class TooEarly(KioskError):
    """A try before the wait was over; not even looked at."""

    code = "too_early"

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"Too many wrong PINs on this tablet. The next try is possible in {wait_s} s.")
        self.wait_s = wait_s


class PinUnfit(Refused):
    def __init__(self) -> None:
        super().__init__("A PIN has 4 to 8 digits and nothing else.")


class PinTaken(Refused):
    def __init__(self) -> None:
        super().__init__("Somebody here already has this PIN. Choose another.")


class NameTaken(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is already somebody called {name}. Add a letter of the surname.")


class PersonGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This person does not work here any more.")


class LastOwner(Refused):
    def __init__(self) -> None:
        super().__init__("There must be an owner. Make somebody else owner first.")
