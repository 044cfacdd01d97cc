"""The virtual printer.

    async with VirtualPrinter(columns=48, dots=576) as printer:
        ...  # let something print at printer.address
        await printer.printed(1)
        assert printer.slips[0].text[0] == "GRILL"

It runs in the loop of the test. Trouble: `out_of_paper`, `open_cover`, `power_off`, `hang`, `busy`, and for one
connection `next(Fault(Kind.RESET, after=200))`; by chance with `faults=flaky(0.14, seed=1)`. What lies in `warnings`
would be rubbish on paper: tests of layouts assert that nothing does.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self

from tests.support import patience
from tests.support.paper.device import Device, Model
from tests.support.paper.faults import Chance, Fault, Kind

CHUNK = 4096
RESETS = struct.pack("ii", 1, 0)


@dataclass
class Session:
    """One client's connection: what it sent, what struck it."""

    socket: socket.socket
    fault: Fault | None = None
    received: bytearray = field(default_factory=bytearray)
    answered: bytearray = field(default_factory=bytearray)
    task: asyncio.Task[None] | None = None
    is_ordered: bool = False
    struck: bool = False
    is_deaf: bool = False
    is_over: bool = False


class VirtualPrinter(Device):
    """A printer at `address`, for one client at a time; words are those of Model.

    `bytes_a_s`: how fast the line is. `faults`: what happens to connections by chance.
    """

    def __init__(self, *, bytes_a_s: float | None = None, faults: Chance | None = None, **model: Any) -> None:
        super().__init__(Model(**model))
        self.sessions: list[Session] = []
        self.bytes_a_s = bytes_a_s
        self.chatters = False
        """Whether ASB frames come before every answer, as from a printer another program has set up."""
        self.refuses_others = False
        """Whether a second client is sent away instead of waiting."""
        self._faults = faults or (lambda: None)
        self._next: deque[Fault] = deque()
        self._session: Session | None = None
        self._turn = asyncio.Lock()
        self._room = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._accepting: asyncio.Task[None] | None = None
        self._timers: list[asyncio.TimerHandle] = []
        self._socket = _bound(0)
        self.host, self.port = self._socket.getsockname()
        self.answer, self.on_room = self._answer, self._room.set
        self.on_cut = self._cut_off

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    async def __aenter__(self) -> Self:
        self._listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        for timer in self._timers:
            timer.cancel()
        if self._pause:
            self._pause.cancel()
        running = [*self._tasks, *([self._accepting] if self._accepting else [])]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        self._close(self._socket)

    async def printed(self, slips: int) -> None:
        """Wait until so many slips were cut."""
        await patience.until(lambda: len(self.slips) >= slips, f"{slips} slips; there are {len(self.slips)}")

    def next(self, *faults: Fault) -> None:
        """What strikes the next connections, each until it has struck once."""
        self._next.extend(faults)

    def flaky(self, faults: Chance | None) -> None:
        """What happens to connections by chance from now on; None for nothing."""
        self._faults = faults or (lambda: None)

    def power_off(self, for_s: float | None = None) -> None:
        """Connections break, new ones are refused, what it had taken is lost."""
        if not self.is_on:
            return
        self.lose_power()
        if self._accepting:
            self._accepting.cancel()
        self._close(self._socket)
        for session in [one for one in self.sessions if not one.is_over]:
            self._end(session, reset=True)
        self._socket = _bound(self.port)
        self._later(for_s, self.power_on)

    def power_on(self) -> None:
        if not self.is_on:
            self.get_power()
            self._listen()

    def hang(self, for_s: float | None = None) -> None:
        """It takes connections and nothing else."""
        self.stop()
        self._later(for_s, self.wake)

    def wake(self) -> None:
        """It hangs no more."""
        self.go_on()

    def drop(self) -> None:
        """The connection of this moment breaks."""
        if self._session:
            self._end(self._session, reset=True)

    @asynccontextmanager
    async def busy(self) -> AsyncIterator[None]:
        """Another client has it: others wait, or are refused when it `refuses_others`."""
        async with self._turn:
            yield

    def _later(self, seconds: float | None, what: Callable[[], None]) -> None:
        if seconds is not None:
            self._timers.append(asyncio.get_running_loop().call_later(seconds, what))

    def _listen(self) -> None:
        self._socket.listen(16)
        self._accepting = asyncio.create_task(self._accept(self._socket), name=f"printer {self.address}")

    async def _accept(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            client, _ = await loop.sock_accept(listening)
            client.setblocking(False)
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            session = Session(client)
            self.sessions.append(session)
            session.task = asyncio.create_task(self._serve(session))
            self._tasks.add(session.task)
            session.task.add_done_callback(self._tasks.discard)

    async def _serve(self, session: Session) -> None:
        if self._turn.locked() and self.refuses_others:
            self._end(session, reset=True)
            return
        try:
            async with self._turn:
                self._session = session
                session.is_ordered = bool(self._next)
                session.fault = self._next.popleft() if self._next else self._faults()
                with suppress(OSError):
                    await self._converse(session)
        finally:
            self._put_away(session)

    def _put_away(self, session: Session) -> None:
        self._end(session)
        self._session = None if self._session is session else self._session
        if session.fault and session.is_ordered and not session.struck:
            self._next.appendleft(session.fault)

    async def _converse(self, session: Session) -> None:
        """Until the client goes, or something happens."""
        self._strike_at(session, 0)
        while not session.is_over:
            await self._ready_to_read()
            data = await self._receive(session)
            if not data:
                return
            if session.is_deaf:
                continue
            session.received += data
            self.feed(data)
            self._strike_at(session, len(session.received))

    async def _ready_to_read(self) -> None:
        while self._is_stopped or self.is_full:
            self._room.clear()
            await self._room.wait()

    async def _receive(self, session: Session) -> bytes:
        """The next bytes, not one more than come before the fault."""
        size = CHUNK
        if self.bytes_a_s:
            size = max(1, min(CHUNK, round(self.bytes_a_s / 100)))
            await asyncio.sleep(size / self.bytes_a_s)
        if (fault := session.fault) and not session.struck and fault.after > len(session.received):
            size = min(size, fault.after - len(session.received))
        return await asyncio.get_running_loop().sock_recv(session.socket, size)

    def _strike_at(self, session: Session, received: int) -> None:
        """Let happen what was ordered for this place of the connection."""
        fault = session.fault
        if not fault or session.struck or fault.kind is Kind.NO_ANSWER:
            return
        if fault.kind is not Kind.PAPER and received < fault.after:
            return
        session.struck = True
        self._strike(session, fault)

    def _strike(self, session: Session, fault: Fault) -> None:
        match fault.kind:
            case Kind.REFUSE | Kind.RESET:
                self._end(session, reset=True)
            case Kind.CLOSE:
                self._end(session)
            case Kind.SILENCE:
                session.is_deaf = True
            case Kind.POWER:
                self.power_off(fault.for_s)
            case Kind.PAPER:
                self.on_paper_end = lambda: self._later(fault.for_s, self.load_paper)
                self.out_of_paper(fault.after)
            case Kind.COVER:
                self.open_cover()
                self._later(fault.for_s, self.close_cover)
            case Kind.STALL:
                self.hang(fault.for_s)

    def _cut_off(self) -> None:
        session = self._session
        if session and session.fault and session.fault.kind is Kind.NO_ANSWER and not session.struck:
            session.struck = True
            self._end(session, reset=True)

    def _answer(self, data: bytes) -> None:
        """To whoever is connected now, as printers do, whoever asked."""
        session = self._session
        if not session or session.is_over or session.is_deaf:
            return
        sent = self.asb() + data if self.chatters else data
        session.answered += sent
        with suppress(OSError):
            session.socket.send(sent)

    def _end(self, session: Session, *, reset: bool = False) -> None:
        if session.is_over:
            return
        session.is_over = True
        if reset:
            with suppress(OSError):
                session.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESETS)
        self._close(session.socket)
        if session.task and session.task is not asyncio.current_task():
            session.task.cancel()

    def _close(self, closed: socket.socket) -> None:
        asyncio.get_running_loop().remove_reader(closed)
        closed.close()


def _bound(port: int) -> socket.socket:
    """A port of our own that refuses connections as long as nobody listens."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", port))
    made.setblocking(False)
    return made
