"""What the staff slice refuses."""

from __future__ import annotations

from datetime import date

from kiosk.core.errors import Conflict, KioskError, NotFound, Refused


class PinRefused(KioskError):
    """A PIN was not accepted; the next try of this person on this device is possible in `wait_s` seconds."""

    code = "pin"

    def __init__(self, said: str, wait_s: int) -> None:
        super().__init__(f"{said} Next try in {wait_s} s." if wait_s else said)
        self.said = said
        self.wait_s = wait_s


class WrongPin(PinRefused):
    code = "wrong_pin"

    def __init__(self, wait_s: int = 0) -> None:
        super().__init__("Wrong PIN.", wait_s)


class PinMustWait(PinRefused):
    code = "pin_wait"

    def __init__(self, wait_s: int) -> None:
        super().__init__("Too many wrong PINs.", wait_s)


class PinShape(Refused):
    code = "pin_shape"

    def __init__(self) -> None:
        super().__init__("A PIN has 4 to 8 digits.")


class PinTaken(Refused):
    code = "pin_taken"

    def __init__(self) -> None:
        super().__init__("Somebody here has this PIN already. Choose another.")


class PinsBusy(Conflict):
    def __init__(self) -> None:
        super().__init__("Other people's PINs are being changed right now. Try again.")


class MayNotApprove(Refused):
    code = "may_not_approve"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} may not approve this. Ask a manager or the owner.")


class ApproverChanged(Refused):
    code = "may_not_approve"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} may no longer approve this. Ask another manager.")


class NameRefused(Refused):
    def __init__(self) -> None:
        super().__init__("A name has 1 to 60 letters.")


class NameTaken(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is or was a {name} here. Reports tell people apart by name: add a letter, for example {name} B."
        )


class PersonGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This person does not work here any more.")


class NobodyCalled(NotFound):
    def __init__(self, name: str, known: str) -> None:
        super().__init__(f"Nobody here is called “{name}”. Known are {known or 'none'}.")


class LastOwner(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is the only owner. Make somebody else an owner first.")


class WageRefused(Refused):
    def __init__(self) -> None:
        sentence = "Nobody earns this an hour: it is below nothing or has too many digits."
        super().__init__(f"{sentence} Leave it empty for somebody without a wage.")


class CommissionRefused(Refused):
    def __init__(self) -> None:
        super().__init__("A commission is 0 to 100 percent of net sales. Leave it empty for somebody without one.")


class NoSuchPay(NotFound):
    def __init__(self, name: str, day: date) -> None:
        super().__init__(f"Nothing that {name} earns begins on {day}. `kiosk pay` shows what was agreed.")
