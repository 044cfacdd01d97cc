"""The printer behind its socket: buffer, paper, cover, power, drawer, and what it answers."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.support.paper.framing import CLEAR_BUFFER, Framer, RealTime, is_real_time
from tests.support.paper.interpreter import EPSON, Interpreter
from tests.support.paper.slips import Parted, Slip, Ticket, dots_a_mm, tickets

CLEARED = b"\x37\x25\x00"
OFFLINE, DRAWER, COVER, STOPPED, ERROR, NEAR_END, PAPER_END = 0x08, 0x04, 0x04, 0x20, 0x40, 0x0C, 0x60


@dataclass(frozen=True)
class Model:
    """What a printer is and can; the usual one is an Epson that can everything.

    `obeys_in_data`: it obeys DLE EOT and DLE DC4 inside pictures too. `has_process_id`: it knows `GS ( H`.
    `answers_in_order`: it knows `GS r`. `answers_status`: it knows DLE EOT. `mm_a_s`: how fast it prints, None for at
    once. `buffer`: how many bytes it takes while it cannot print.
    """

    columns: int = 42
    dots: int = 512
    code_pages: Mapping[int, str] = field(default_factory=lambda: EPSON)
    has_process_id: bool = True
    answers_in_order: bool = True
    answers_status: bool = True
    obeys_in_data: bool = True
    mm_a_s: float | None = None
    buffer: int = 65536
    name: str = "TM-T88V"


@dataclass(frozen=True)
class Kick:
    """The drawer's pin got a pulse: at once by DLE DC4, or in its turn by ESC p. Time of perf_counter."""

    pin: int
    ms: int
    is_real_time: bool
    at: float


class Device:
    """Everything but the network: `feed` it bytes, see `slips`; its answers go to `answer`."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.kicks: list[Kick] = []
        self.answered = bytearray()
        self.answer: Callable[[bytes], None] = lambda _: None
        self.on_cut: Callable[[], None] = lambda: None
        self.on_room: Callable[[], object] = lambda: None
        self.on_paper_end: Callable[[], None] = lambda: None
        self.is_on = True
        self.is_open = False
        self.is_near_end = False
        self.has_asb = False
        self.is_drawer_open = False
        self.ignores_pulses = False
        self.cleared = 0
        """How often its buffer was cleared by DLE DC4 8."""
        self._obeys_pulse = True
        self._paper_left: int | None = None
        self._is_stopped = False
        self._waiting: deque[bytes] = deque()
        self._held = 0
        self._pause: asyncio.TimerHandle | None = None
        self._framer, self._real_time = Framer(), RealTime()
        self._press = Interpreter(model.columns, model.dots, model.code_pages)
        self._press.pulse = lambda pin, ms: self._kick(pin, ms, is_real_time=False)

    @property
    def slips(self) -> list[Slip]:
        """What came off the roll, in order."""
        return self._press.slips

    @property
    def strip(self) -> Slip:
        """What still hangs in the printer."""
        return self._press.strip

    @property
    def lines(self) -> list[str]:
        """Every line of text so far, cut off or not."""
        return [line for slip in [*self.slips, self.strip] for line in slip.text]

    @property
    def tickets(self) -> list[Ticket]:
        """What each job put on paper, cut off or not."""
        return tickets([*self.slips, self.strip])

    @property
    def warnings(self) -> list[str]:
        """What a printer would make rubbish of: unknown commands, text beyond the width."""
        return self._press.warnings

    @property
    def rang(self) -> int:
        """How often the buzzer rang."""
        return self._press.rang

    @property
    def has_paper(self) -> bool:
        return self._paper_left is None or self._paper_left > 0

    @property
    def is_ready(self) -> bool:
        """On, closed, with paper, and not hanging."""
        return self.is_on and self.has_paper and not self.is_open and not self._is_stopped

    @property
    def held(self) -> int:
        """How many bytes wait in its buffer."""
        return self._held

    @property
    def is_full(self) -> bool:
        return self._held >= self.model.buffer

    def feed(self, data: bytes) -> None:
        """What arrives: real-time commands are obeyed now, the rest in its turn."""
        taken = 0
        if self.model.obeys_in_data:
            for command, end in list(self._real_time.feed(data)):
                self._take(data[taken:end])
                taken = end
                self._at_once(command)
        self._take(data[taken:])

    def _take(self, data: bytes) -> None:
        for command in self._framer.feed(data):
            if not is_real_time(command):
                self._waiting.append(command)
                self._held += len(command)
            elif not self.model.obeys_in_data:
                self._go_on()
                self._at_once(command)
        self._go_on()

    def out_of_paper(self, after_lines: int = 0) -> None:
        """The roll ends, now or after so many more lines."""
        self._paper_left = after_lines
        if not after_lines:
            self._end_roll()

    def load_paper(self) -> None:
        """A new roll; what waited follows on it."""
        self._paper_left, self.is_near_end = None, False
        self._tell_change()
        self._go_on()

    def near_end(self) -> None:
        """The roll is nearly used up."""
        self.is_near_end = True
        self._tell_change()

    def open_cover(self) -> None:
        self.is_open = True
        self._tell_change()

    def close_cover(self) -> None:
        self.is_open = False
        self._tell_change()
        self._go_on()

    def close_drawer(self) -> None:
        self.is_drawer_open = False
        self._tell_change()

    def stop(self) -> None:
        """It hangs: takes bytes, does nothing."""
        self._is_stopped = True

    def go_on(self) -> None:
        self._is_stopped = False
        self._go_on()

    def lose_power(self) -> None:
        """What it had taken and not printed is gone; the paper stays where it is."""
        self.is_on = False
        self.has_asb = False
        self._obeys_pulse = True
        self._framer.clear()
        self._real_time.clear()
        self._forget()

    def get_power(self) -> None:
        self.is_on = True
        self._is_stopped = False
        self._go_on()

    def _forget(self) -> None:
        self._waiting.clear()
        self._held = 0
        self._press.forget()
        if self.model.obeys_in_data:
            self._framer.clear()

    def _go_on(self) -> None:
        while self._waiting and self.is_ready and not self._pause:
            command = self._waiting.popleft()
            self._held -= len(command)
            self._wait(self._obey(command))
        if not self._is_stopped and not self.is_full:
            self.on_room()

    def _wait(self, rows: int) -> None:
        """As long as printing these last rows takes."""
        speed = self.model.mm_a_s
        if not speed or not rows:
            return
        dots = sum(row.advance for row in self.strip.rows[-rows:])
        seconds = dots / dots_a_mm(self.model.dots) / speed
        self._pause = asyncio.get_running_loop().call_later(seconds, self._printed)

    def _printed(self) -> None:
        self._pause = None
        self._go_on()

    def _obey(self, command: bytes) -> int:
        """In its turn. Returns how many rows it printed."""
        if command[:2] in {b"\x1dr", b"\x1dI", b"\x1da"} or command[:3] in {b"\x1d(H", b"\x1d(D"}:
            self._answer_in_turn(command)
            return 0
        rows, cuts, slip = len(self.strip.rows), len(self.slips), self.strip
        self._press.obey(command)
        printed = len(slip.rows) - rows
        if len(self.slips) > cuts:
            self.on_cut()
            return 0
        self._use_paper(printed)
        return printed

    def _use_paper(self, rows: int) -> None:
        if self._paper_left is None or not rows:
            return
        self._paper_left = max(0, self._paper_left - rows)
        if not self._paper_left:
            self._end_roll()

    def _end_roll(self) -> None:
        self._press.tear(Parted.END_OF_ROLL)
        self._tell_change()
        self.on_paper_end()

    def _answer_in_turn(self, command: bytes) -> None:
        kind = command[:2]
        if command[:3] == b"\x1d(H":
            self._process_id(command)
        elif command[:3] == b"\x1d(D":
            self._obeys_pulse = self._pulse_allowed(command[5:])
        elif kind == b"\x1da":
            self.has_asb = bool(command[2])
            self._tell_change()
        elif kind == b"\x1dI":
            self._send(_named(command[2], self.model.name))
        elif self.model.answers_in_order:
            paper = 0x03 if self.is_near_end else 0
            self._send(bytes((paper if command[2] in {1, 49} else int(self.is_drawer_open),)))

    def _pulse_allowed(self, parts: bytes) -> bool:
        """`GS ( D`: whether DLE DC4 1 is obeyed from here on."""
        said = dict(zip(parts[1::2], parts[2::2], strict=False)) if parts[:1] == b"\x14" else {}
        return bool(said[1] & 1) if 1 in said else self._obeys_pulse

    def _process_id(self, command: bytes) -> None:
        if self.model.has_process_id:
            self._send(b"\x37\x22" + command[-4:] + b"\0")
            return
        self._press.warnings.append(f"unknown command {command.hex(' ')}")
        self._press.obey(bytes(byte for byte in command[1:] if byte >= 0x20))

    def _at_once(self, command: bytes) -> None:
        if command == CLEAR_BUFFER:
            self._forget()
            self.cleared += 1
            self._go_on()
            self._send(CLEARED)
        elif command[:3] == b"\x10\x14\x01" and len(command) == 5 and self._obeys_pulse:
            self._kick(5 if command[3] == 1 else 2, 100 * command[4], is_real_time=True)
        elif command[:2] == b"\x10\x04" and self.model.answers_status and 1 <= command[2] <= 4:
            self._send(bytes((self.status(command[2]),)))

    def status(self, which: int) -> int:
        """The byte of DLE EOT 1 (whether it can print), 2 (why not), 3 (errors) or 4 (paper)."""
        drawer = DRAWER if self.is_drawer_open else 0
        end = 0 if self.has_paper else STOPPED
        offline = 0 if self.is_ready or self._is_stopped else OFFLINE
        paper = PAPER_END | NEAR_END if not self.has_paper else NEAR_END if self.is_near_end else 0
        bits = {1: offline | drawer, 2: (COVER if self.is_open else 0) | end, 3: 0, 4: paper}
        return 0x12 | bits[which]

    def asb(self) -> bytes:
        """The four bytes of automatic status back."""
        first = (0 if self.is_ready else 0x08) | (0x04 if self.is_drawer_open else 0) | (0x20 if self.is_open else 0)
        paper = 0x0C | 0x03 if not self.has_paper else 0x03 if self.is_near_end else 0
        return bytes((0x10 | first, 0, paper, 0x0F))

    def _tell_change(self) -> None:
        if self.has_asb:
            self._send(self.asb())

    def _kick(self, pin: int, ms: int, *, is_real_time: bool) -> None:
        if self.ignores_pulses:
            return
        self.kicks.append(Kick(pin, ms, is_real_time, time.perf_counter()))
        self.is_drawer_open = True
        self._tell_change()

    def _send(self, data: bytes) -> None:
        if self.is_on and not self._is_stopped:
            self.answered += data
            self.answer(data)


def _named(which: int, name: str) -> bytes:
    """What GS I tells: a byte, or words."""
    words = {65: "1.00", 66: "EPSON", 67: name, 68: "VIRT000001"}
    return b"_" + words[which].encode() + b"\0" if which in words else b"\x02"
