"""Paper is printed outside every transaction: a send takes as long while every printer hangs as while none does."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from time import perf_counter

import pytest

from kiosk.core.db import Database
from kiosk.printing import service
from kiosk.printing.models import Ack, PrinterKind
from kiosk.printing.worker import PrintWorker
from tests.support import house, patience
from tests.support.house import House
from tests.support.paper.faults import Fault, Kind
from tests.support.paper.printer import VirtualPrinter
from tests.support.rules import set_rules

pytestmark = pytest.mark.slow
SENDS = 40
SEND_S = 0.05
"""What a send may take, with five printers told."""
STALL_S = 0.05
"""What the loop may stand still."""


@contextmanager
def nobody_accepts() -> Iterator[str]:
    """An address where connections are neither made nor refused: others have filled its queue."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        others = [socket.socket() for _ in range(3)]
        for other in others:
            other.setblocking(False)
            other.connect_ex(full.getsockname())
        host, port = full.getsockname()
        yield f"{host}:{port}"
        for other in others:
            other.close()


@pytest.fixture
async def printers() -> AsyncIterator[dict[str, VirtualPrinter]]:
    """Printers that hang, each in its own way."""
    async with AsyncExitStack() as stack:
        some = {
            name: await stack.enter_async_context(VirtualPrinter())
            for name in ("hangs", "is taken", "goes silent", "stops in the middle")
        }
        some["hangs"].hang()
        await stack.enter_async_context(some["is taken"].busy())
        some["goes silent"].next(*[Fault(Kind.SILENCE, after=30)] * SENDS)
        some["stops in the middle"].next(Fault(Kind.STALL, after=60))
        yield some


@pytest.fixture
async def hanging(
    db: Database, database_url: str, tmp_path: Path, printers: dict[str, VirtualPrinter]
) -> AsyncIterator[House]:
    """The restaurant whose grill prints on all of them, and on one that is never reached."""
    founded = await house.founded(db)
    await set_rules(database_url, undo_s=0)
    worker = PrintWorker(db, tmp_path)
    with nobody_accepts() as nowhere:
        addresses = {"accepts nobody": nowhere} | {name: printer.address for name, printer in printers.items()}
        for number, (name, address) in enumerate(addresses.items()):
            words = {"kind": PrinterKind.TCP, "address": address, "ack": Ack.PROCESS_ID, "prints": ["station:grill"]}
            await founded.act(service.add_printer, code=f"p{number}", name=name, **words)
        worker.start()
        yield founded
        await worker.stop()


async def test_a_send_never_waits_while_all_printers_hang(hanging: House, printers: dict[str, VirtualPrinter]) -> None:
    stalls = [0.0]
    watch = asyncio.create_task(watched(stalls))
    check_id = await hanging.seat()
    took = []
    for _ in range(SENDS):
        await hanging.ring(check_id)
        began = perf_counter()
        await hanging.send(check_id)
        took.append(perf_counter() - began)
        await asyncio.sleep(0.05)
    watch.cancel()
    assert [name for name, printer in printers.items() if not printer.sessions] == []
    assert [name for name, printer in printers.items() if printer.slips] == []
    patience.in_time(max(took), SEND_S, "a send")
    patience.in_time(max(stalls), STALL_S, "the longest stall of the loop")


async def watched(stalls: list[float]) -> None:
    """Notes how long the loop stands still."""
    while True:
        began = perf_counter()
        await asyncio.sleep(0.005)
        stalls.append(perf_counter() - began - 0.005)
