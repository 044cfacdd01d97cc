"""A printer at a USB or serial cable, in a thread. The libraries come with `kiosk[usb]` and are loaded when used."""

from __future__ import annotations

import importlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any, Protocol

from kiosk.printing.limits import Limits
from kiosk.printing.rules import serial_address, usb_address
from kiosk.printing.threads import Lane, lane_of

PRINTERS = 7
"""USB's class of printers."""
MOST_LEFT = 64
"""Looks for answers to somebody before, of a printer that may never stop telling."""
SLICE_S = 0.02
"""How long one look for an answer takes, so that a line can be closed between two."""


class LibraryMissing(OSError):
    def __init__(self, what: str) -> None:
        super().__init__(f"{what} need a library that is not installed: install kiosk[usb] and start the kiosk again")


class Device(Protocol):
    """A cable's end, whose calls block. `read` returns nothing when nothing comes for a moment.

    `bytes_per_s` is how fast the cable is.
    """

    bytes_per_s: float

    def write(self, data: bytes, seconds: float) -> int: ...
    def read(self, most: int) -> bytes: ...
    def close(self) -> None: ...


class CableLine:
    """A device behind its thread; see `transport.Line`."""

    def __init__(self, device: Device, lane: Lane, limits: Limits) -> None:
        self._device, self._lane, self._limits = device, lane, limits
        self.sent = 0

    async def write(self, data: bytes) -> None:
        before, self.sent = self.sent, self.sent + len(data)
        seconds = self._limits.write_s + len(data) / self._device.bytes_per_s
        taken = await self._lane.do(seconds + 0.5, self._device.write, data, seconds)
        self.sent = before + taken
        if taken < len(data):
            raise TimeoutError("it took only a part")

    async def read(self, most: int, seconds: float) -> bytes:
        return await self._lane.do(seconds + 0.5, self._listen, most, seconds)

    def _listen(self, most: int, seconds: float) -> bytes:
        until = time.monotonic() + seconds
        while not (received := self._device.read(most)) and time.monotonic() < until:
            continue
        return received


@asynccontextmanager
async def _opened(name: str, make: Callable[[], Device], limits: Limits) -> AsyncIterator[CableLine]:
    lane = lane_of(name)
    device = await lane.do(limits.connect_s, make)
    try:
        yield CableLine(device, lane, limits)
    finally:
        with suppress(OSError):
            await lane.do(limits.connect_s, device.close)


def open_usb(address: str, limits: Limits) -> AbstractAsyncContextManager[CableLine]:
    """A line to the printer `04b8:0e15`. Raises OSError or AddressRefused."""
    maker, model = usb_address(address)
    return _opened(f"usb {address}", lambda: UsbDevice(maker, model), limits)


def open_serial(address: str, limits: Limits) -> AbstractAsyncContextManager[CableLine]:
    """A line to the printer at `/dev/ttyUSB0@19200`. Raises OSError or AddressRefused."""
    port, baud = serial_address(address)
    return _opened(f"serial {port}", lambda: SerialDevice(port, baud), limits)


def _library(name: str, what: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as missing:
        raise LibraryMissing(what) from missing


class UsbDevice:
    """The bulk pipes of a USB printer. It is not reset: a reset loses what it has not printed yet."""

    bytes_per_s = 100_000.0

    def __init__(self, maker: int, model: int) -> None:
        self._core = _library("usb.core", "USB printers")
        self._util = _library("usb.util", "USB printers")
        try:
            self._device = self._core.find(idVendor=maker, idProduct=model)
        except self._core.NoBackendError as missing:
            raise LibraryMissing("USB printers (libusb)") from missing
        if self._device is None:
            raise FileNotFoundError("it is not plugged in or is switched off")
        self._face = self._claim()
        self._out, self._back = self._pipe(self._util.ENDPOINT_OUT), self._pipe(self._util.ENDPOINT_IN)
        if self._out is None:
            self.close()
            raise OSError("it is no printer")
        self._forget_answers()

    def _forget_answers(self) -> None:
        """What was answered to somebody before proves nothing of what comes now."""
        for _ in range(MOST_LEFT):
            if self._back is None or not self.read(64):
                return

    def _claim(self) -> Any:
        faces = [face for settings in self._device for face in settings]
        face = next((one for one in faces if one.bInterfaceClass == PRINTERS), faces[0])
        # Systems without kernel drivers to detach say so.
        with suppress(NotImplementedError):
            if self._device.is_kernel_driver_active(face.bInterfaceNumber):
                self._device.detach_kernel_driver(face.bInterfaceNumber)
        self._util.claim_interface(self._device, face.bInterfaceNumber)
        return face

    def _pipe(self, way: int) -> Any:
        def fits(pipe: Any) -> bool:
            return bool(self._util.endpoint_direction(pipe.bEndpointAddress) == way)

        return self._util.find_descriptor(self._face, custom_match=fits)

    def write(self, data: bytes, seconds: float) -> int:
        return int(self._out.write(data, timeout=int(seconds * 1000)))

    def read(self, most: int) -> bytes:
        if self._back is None:
            raise OSError("it has no way to answer")
        try:
            return bytes(self._back.read(max(most, self._back.wMaxPacketSize), timeout=int(SLICE_S * 1000)))
        except self._core.USBTimeoutError:
            return b""

    def close(self) -> None:
        self._util.dispose_resources(self._device)


class SerialDevice:
    """A serial port, 8 bits, no parity."""

    def __init__(self, port: str, baud: int) -> None:
        self._serial = _library("serial", "Serial printers")
        self._port = self._serial.Serial(port, baud, timeout=SLICE_S, dsrdtr=False, rtscts=False, exclusive=True)
        self._port.reset_input_buffer()
        self.bytes_per_s = baud / 10

    def write(self, data: bytes, seconds: float) -> int:
        self._port.write_timeout = seconds
        try:
            taken = int(self._port.write(data))
            self._port.flush()
        except self._serial.SerialTimeoutException as late:
            raise TimeoutError("it took only a part") from late
        return taken

    def read(self, most: int) -> bytes:
        return bytes(self._port.read(max(1, min(most, self._port.in_waiting))))

    def close(self) -> None:
        self._port.close()
