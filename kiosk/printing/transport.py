"""How bytes travel to a printer and answers come back: one line at a time, every wait bounded."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from kiosk.printing import transport_cable, transport_tcp
from kiosk.printing.limits import Limits
from kiosk.printing.models import Printer, PrinterKind


class Line(Protocol):
    """An open line to a printer. `sent` counts the bytes that may have left, also of a write that failed."""

    sent: int

    async def write(self, data: bytes) -> None:
        """Hand over all of it. Raises OSError, of which TimeoutError is one, when not all of it was taken."""

    async def read(self, most: int, seconds: float) -> bytes:
        """What has come, at most so many bytes; nothing after so many seconds. Raises OSError when the line is dead."""


ONE_WAY = (PrinterKind.FILE, PrinterKind.CUPS)
"""What takes a whole job and answers nothing: see `transport_hand_over`."""


def open_line(printer: Printer, limits: Limits) -> AbstractAsyncContextManager[Line]:
    """A line to a printer by TCP, USB or a serial cable, closed at the end. Raises OSError or AddressRefused.

    A printer listens to one at a time, so nobody keeps a line for longer than a job takes.
    """
    if printer.kind is PrinterKind.TCP:
        return transport_tcp.open_line(printer.address, limits)
    if printer.kind is PrinterKind.USB:
        return transport_cable.open_usb(printer.address, limits)
    return transport_cable.open_serial(printer.address, limits)
