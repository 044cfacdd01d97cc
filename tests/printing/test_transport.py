"""How bytes get to a printer: what its answers mean, where it may be, and cables that hang."""

from __future__ import annotations

import asyncio
import importlib
import os
import pty
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.printing import rules, transport_cable, transport_hand_over, transport_tcp
from kiosk.printing.errors import AddressRefused
from kiosk.printing.limits import Limits
from kiosk.printing.models import Ack
from kiosk.printing.status import Kind, Sorter, Status
from kiosk.printing.talking import Silent, Talk
from kiosk.printing.threads import Lane, StillBusy
from kiosk.printing.transport_hand_over import Made, NotTaken
from tests.support.paper.printer import VirtualPrinter

pytestmark = pytest.mark.slow

SHORT = Limits(connect_s=0.5, status_s=0.3, write_s=0.5, fence_s=0.5)
ASB = b"\x10\x00\x00\x0f"


def test_answers_are_told_apart_by_their_fixed_bits_however_they_are_cut() -> None:
    stream = ASB + b"\x16" + b"7\x22AB12\x00" + ASB + b"\x12" + b"7\x25\x00" + b"\x00" + b"\x13\x11" + b"\x1a"
    for size in (1, 2, 3, len(stream)):
        sorter, found = Sorter(), []
        for place in range(0, len(stream), size):
            found += sorter.feed(stream[place : place + size])
        kinds = [answer.kind for answer in found if answer.kind is not Kind.BY_ITSELF]
        real = Kind.REAL_TIME
        assert kinds == [real, Kind.PROCESS_ID, real, Kind.CLEARED, Kind.IN_ORDER, real], size
        assert [one.told for one in found if one.kind is Kind.PROCESS_ID] == [b"7\x22AB12\x00"]


@pytest.mark.parametrize(
    ("told", "why", "sentence"),
    [
        (b"\x16\x12", b"", ""),
        (b"\x16\x1e", b"", ""),
        (b"\x1a\x7e", b"\x32\x12", "It is out of paper."),
        (b"\x1a\x12", b"\x16\x12", "Its cover is open."),
        (b"\x1a\x12", b"\x12\x1a", "Its cutter is stuck."),
        (b"\x1a\x12", b"\x52\x52", "It is too hot and needs a pause."),
        (b"\x1a\x12", b"\x52\x12", "It shows an error."),
        (b"\x1a\x12", b"", "It is off line."),
    ],
)
def test_what_keeps_a_printer_from_printing_is_said_in_words(told: bytes, why: bytes, sentence: str) -> None:
    status = Status.of(told, why)
    assert (status.sentence, status.is_ready) == (sentence, not sentence)
    assert status.is_near_end == (told[1:] in (b"\x1e", b"\x7e"))


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("192.168.1.50", ("192.168.1.50", 9100)),
        (" 10.0.0.7:9101 ", ("10.0.0.7", 9101)),
        ("127.0.0.1:40000", ("127.0.0.1", 40000)),
        ("[fd00::7]:9100", ("fd00::7", 9100)),
        ("fe80::1", ("fe80::1", 9100)),
    ],
)
def test_a_printer_is_somewhere_in_the_house(address: str, meant: tuple[str, int]) -> None:
    assert rules.tcp_address(address) == meant


@pytest.mark.parametrize(
    "address",
    ["", "printer.local", "8.8.8.8", "192.0.2.1", "192.168.1.50:80", "192.168.1.50:x", "0.0.0.0", "2001:db8::1", "::"],
)
def test_a_printer_is_nowhere_else(address: str) -> None:
    with pytest.raises(AddressRefused):
        rules.tcp_address(address)


def test_cables_and_queues_have_addresses_of_their_own() -> None:
    assert rules.usb_address("04B8:0e15") == (0x04B8, 0x0E15)
    assert rules.serial_address("/dev/ttyUSB0@19200") == ("/dev/ttyUSB0", 19200)
    assert rules.serial_address("COM3") == ("COM3", 9600)
    assert rules.cups_address("Kitchen_TM-T20") == "Kitchen_TM-T20"
    for read, wrong in (
        (rules.usb_address, "04b8"),
        (rules.serial_address, "/etc/passwd"),
        (rules.serial_address, "/dev/../etc/passwd"),
        (rules.cups_address, "-o raw"),
        (rules.folder_address, "paper"),
    ):
        with pytest.raises(AddressRefused):
            read(wrong)


async def test_a_line_over_tcp_says_what_left_and_hears_the_printer() -> None:
    async with VirtualPrinter() as printer, transport_tcp.open_line(printer.address, SHORT) as line:
        talk = Talk(line, SHORT)
        assert (await talk.status()).is_ready
        before = talk.sent
        await talk.write(b"END\n\x1dV\x00", Ack.GS_R)
        assert await talk.proof(Ack.GS_R, 2) is None
        assert talk.sent - before == len(b"END\n\x1dV\x00\x1dr\x01")
        assert printer.slips[0].text[0] == "END"


async def test_a_long_job_may_take_as_long_as_a_printer_with_little_room_prints_it() -> None:
    async with VirtualPrinter(bytes_a_s=60_000) as printer:
        printer._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        async with transport_tcp.open_line(printer.address, Limits(write_s=0.3)) as line:
            line._writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
            await line.write(b"\n" * 150_000)
            assert line.sent == 150_000


async def test_a_printer_that_hangs_is_silent_and_not_waited_for() -> None:
    async with VirtualPrinter() as printer:
        printer.hang()
        with pytest.raises(Silent):
            async with transport_tcp.open_line(printer.address, SHORT) as line:
                await Talk(line, SHORT).status()
        printer.power_off()
        with pytest.raises(ConnectionRefusedError):
            async with transport_tcp.open_line(printer.address, SHORT):
                pass


class Scripted:
    """A line whose answers are written by the test; `asked` are the questions."""

    def __init__(self) -> None:
        self.sent = 0
        self.asked: list[bytes] = []
        self.answers: list[bytes] = []

    async def write(self, data: bytes) -> None:
        self.asked.append(data)

    async def read(self, most: int, seconds: float) -> bytes:
        if self.answers:
            return self.answers.pop(0)
        await asyncio.sleep(seconds)
        return b""


async def test_an_answer_that_comes_late_answers_no_other_question() -> None:
    line = Scripted()
    talk = Talk(line, Limits(status_s=0.02))
    with pytest.raises(Silent):
        await talk.status()
    line.answers = [b"\x16", b"\x12"]
    assert (await talk.status()).is_ready
    assert line.asked == [b"\x10\x04\x01\x10\x04\x04"]
    line.answers = [ASB, b"\x1a\x7e", b"\x32\x12"]
    assert (await talk.status()).sentence == "It is out of paper."
    assert len(line.asked) == 3


async def test_a_printer_that_is_off_line_while_it_prints_is_not_held_up_by_that() -> None:
    line = Scripted()
    talk = Talk(line, Limits(status_s=0.02))
    line.answers = [b"", b"\x1a\x12", b"\x12\x12", b"\x00"]
    assert await talk.proof(Ack.GS_R, 2) is None
    line.answers = []
    stuck = Talk(line, Limits(status_s=0.02))
    line.answers = [b"", b"\x1a\x12", b"\x12\x12"]
    told = await stuck.proof(Ack.GS_R, 0.1)
    assert told is not None
    assert told.sentence == "It is off line."


@pytest.fixture
def cable() -> Iterator[tuple[str, threading.Event, bytearray]]:
    """A serial port with a printer at its other end that answers as soon as it may."""
    there, here = pty.openpty()
    received, may_answer = bytearray(), threading.Event()
    may_answer.set()

    def serve() -> None:
        while True:
            try:
                data = os.read(there, 4096)
            except OSError:
                return
            received.extend(data)
            if may_answer.is_set():
                os.write(
                    there, {b"\x10": b"\x16\x12", b"\x1d": b"\x00"}.get(data[:1], b"\x00" if b"\x1dr" in data else b"")
                )

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield os.ttyname(here), may_answer, received
    os.close(here)
    os.close(there)
    thread.join(5)


async def test_a_printer_at_a_serial_cable_is_asked_and_proves_its_paper(cable: Any) -> None:
    port, may_answer, received = cable
    address = f"{port}@115200"
    device = transport_cable.SerialDevice(*rules.serial_address(address))
    device.close()
    async with transport_cable.open_serial(address, SHORT) as line:
        talk = Talk(line, SHORT)
        assert (await talk.status()).is_ready
        await talk.write(b"END\n", Ack.GS_R)
        assert await talk.proof(Ack.GS_R, 2) is None
        assert received.endswith(b"END\n\x1dr\x01")
        may_answer.clear()
        with pytest.raises(Silent):
            await talk.status()


async def test_a_cable_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    for opened in (transport_cable.open_usb("04b8:0e15", SHORT), transport_cable.open_serial("/dev/ttyS9", SHORT)):
        with pytest.raises(OSError, match=r"install kiosk\[usb\] and start the kiosk again"):
            async with opened:
                pass


class Pipe:
    """A bulk pipe of a USB printer."""

    wMaxPacketSize = 64

    def __init__(self, address: int, answers: list[bytes]) -> None:
        self.bEndpointAddress, self.answers, self.written = address, answers, bytearray()

    def write(self, data: bytes, timeout: int) -> int:
        self.written += data
        if data.startswith(b"\x10\x04"):
            self.answers.append(b"\x16\x12")
        return len(data)

    def read(self, most: int, timeout: int) -> bytes:
        if not self.answers:
            raise TimeoutError
        return self.answers.pop(0)


@pytest.fixture
def usb(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is plugged in; nothing until a test adds its pipes."""
    plugged: list[Any] = []
    core = SimpleNamespace(NoBackendError=LookupError, USBTimeoutError=TimeoutError)
    core.find = lambda idVendor, idProduct: plugged[0] if plugged else None
    util = SimpleNamespace(
        ENDPOINT_OUT=0,
        ENDPOINT_IN=0x80,
        endpoint_direction=lambda address: address & 0x80,
        claim_interface=lambda device, number: None,
        dispose_resources=lambda device: None,
        find_descriptor=lambda face, custom_match: next(filter(custom_match, face.pipes), None),
    )
    monkeypatch.setitem(sys.modules, "usb", SimpleNamespace(core=core, util=util))
    monkeypatch.setitem(sys.modules, "usb.core", core)
    monkeypatch.setitem(sys.modules, "usb.util", util)
    return plugged


class Plugged(list[Any]):
    """A device: its settings, each a list of faces."""

    def is_kernel_driver_active(self, number: int) -> bool:
        return False


async def test_a_printer_at_usb_is_written_to_and_asked_without_a_reset(usb: list[Any]) -> None:
    answers = [b"\x00 left by somebody"]
    out, back = Pipe(0x01, answers), Pipe(0x82, answers)
    usb.append(Plugged([[SimpleNamespace(bInterfaceClass=7, bInterfaceNumber=0, pipes=[out, back])]]))
    async with transport_cable.open_usb("04b8:0e15", SHORT) as line:
        talk = Talk(line, SHORT)
        assert (await talk.status()).is_ready
        await talk.write(b"END\n", Ack.NONE)
    assert out.written == b"\x10\x04\x01\x10\x04\x04END\n"


async def test_a_printer_that_is_not_plugged_in_is_not_there(usb: list[Any]) -> None:
    with pytest.raises(FileNotFoundError, match="not plugged in"):
        async with transport_cable.open_usb("04b8:0e15", SHORT):
            pass


async def test_a_thread_that_hangs_is_left_behind_and_nobody_follows_it() -> None:
    lane, ends = Lane("hangs"), threading.Event()
    with pytest.raises(TimeoutError):
        await lane.do(0.05, ends.wait)
    with pytest.raises(StillBusy):
        await lane.do(0.05, print)
    ends.set()
    assert await lane.do(5, lambda: 7) == 7


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The computer's print service: keeps what it is given, refuses the queue `none`."""
    command = tmp_path / "lp"
    command.write_text(
        f'#!/bin/sh\n[ "$2" = none ] && echo "lp: no such printer" >&2 && exit 1\n'
        f'[ "$2" = slow ] && exec sleep 5\necho "$@" > {tmp_path}/words\nexec cat > {tmp_path}/paper\n'
    )
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return tmp_path


def test_a_print_queue_is_given_the_bytes_as_they_are(lp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(b"\x1b@END\n", ["END"], 20)
    transport_hand_over.into_queue("kitchen", made, 5)
    assert (lp / "paper").read_bytes() == b"\x1b@END\n"
    assert (lp / "words").read_text() == "-d kitchen -o raw\n"
    with pytest.raises(NotTaken, match="no such printer"):
        transport_hand_over.into_queue("none", made, 5)
    with pytest.raises(OSError, match="does not answer") as doubtful:
        transport_hand_over.into_queue("slow", made, 0.1)
    assert not isinstance(doubtful.value, NotTaken)
    monkeypatch.setenv("PATH", str(lp / "nothing here"))
    with pytest.raises(NotTaken, match="the command lp is missing"):
        transport_hand_over.into_queue("kitchen", made, 5)
