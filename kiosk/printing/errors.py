"""What printing refuses."""

from __future__ import annotations

from kiosk.core.errors import Conflict, DeviceTrouble, NotFound, Refused


class PrinterMute(DeviceTrouble):
    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} cannot be asked what it can do: {reason.rstrip('.')}. Put that right and try again.")


class NoPrinter(NotFound):
    def __init__(self) -> None:
        super().__init__("This printer was taken away. Look at the printers again.")


class NoJob(NotFound):
    def __init__(self) -> None:
        super().__init__("This paper is not in any queue. Look at the printers again.")


class JobMovedOn(Conflict):
    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{what} is {where} by now. Look at the printers again.")


class PrinterNeedsName(Refused):
    code = "printer_name"

    def __init__(self) -> None:
        super().__init__("A printer needs a name of 1 to 60 letters that can be read, such as Grill.")


class PrinterCodeTaken(Refused):
    code = "printer_code"

    def __init__(self, code: str) -> None:
        super().__init__(f"There is a printer {code} already. Take another short name.")


class PrinterCodeRefused(Refused):
    code = "printer_code"

    def __init__(self) -> None:
        super().__init__(
            "The short name of a printer has 1 to 40 of the letters a to z, digits and -, such as grill-2."
        )


class AddressRefused(Refused):
    """An address that is none, or leads out of the house."""

    code = "printer_address"


class SetUpRefused(Refused):
    """A value of a printer's set-up that no printer has."""

    code = "printer_set_up"


class BackupInCircle(Refused):
    code = "printer_backup"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} cannot stand in here: it would be its own backup in the end. Take another printer.")


class PrinterHasPaperwork(Refused):
    code = "printer_busy"

    def __init__(self, name: str, count: int) -> None:
        papers = "1 paper waits" if count == 1 else f"{count} papers wait"
        super().__init__(f"{papers} at {name}. Send them to another printer or cancel them, then take it away.")


class SamePrinter(Refused):
    code = "same_printer"

    def __init__(self, name: str) -> None:
        super().__init__(f"It is at {name} already. Choose another printer.")


class ReasonMissing(Refused):
    code = "reason"

    def __init__(self) -> None:
        super().__init__("Say why this paper is not printed, in a few words.")
