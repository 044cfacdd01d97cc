"""A kitchen with virtual printers behind a real queue, for tests of what becomes of a paper."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from kiosk.core.db import Database, Tx
from kiosk.core.events import Fact
from kiosk.printing import service
from kiosk.printing.documents import CourseGroup, KitchenDish, KitchenSlip
from kiosk.printing.limits import Limits
from kiosk.printing.models import Ack, JobState, PrintAttempt, PrinterKind, PrintJob
from kiosk.printing.states import PrinterState
from kiosk.printing.worker import PrintWorker
from tests.support import patience
from tests.support.house import House, founded
from tests.support.paper.printer import VirtualPrinter

SHORT = Limits(
    connect_s=0.5,
    status_s=0.3,
    write_s=1,
    fence_s=0.4,
    ms_per_mm=0,
    retry_s=0.01,
    most_retry_s=0.05,
    patient_s=0.1,
    blocked_s=0.05,
    held_s=0.5,
    told_after_s=0.3,
    health_s=0.3,
    look_s=0.5,
)
CHECK = 77


def slip(number: int) -> dict[str, Any]:
    """A ticket for table 5 with one dish."""
    dishes = (KitchenDish(quantity=2, name="Tagliata"),)
    words = {"act": "new", "station": "Grill", "table": "5", "covers": 2, "waiter": "Marco", "time": "20:15"}
    return KitchenSlip(number=f"#{number}-1", groups=(CourseGroup(name="Mains", dishes=dishes),), **words).to_json()


@dataclass
class Kitchen:
    """The house, its worker, and its printers by code."""

    house: House
    worker: PrintWorker
    stack: AsyncExitStack
    printers: dict[str, VirtualPrinter] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)

    @property
    def db(self) -> Database:
        return self.house.db

    async def add(self, code: str, *, model: dict[str, Any] | None = None, **row: Any) -> VirtualPrinter:
        """One more printer at station `code`."""
        printer = await self.stack.enter_async_context(VirtualPrinter(**(model or {})))
        words = {"kind": PrinterKind.TCP, "address": printer.address, "ack": Ack.PROCESS_ID, **row}
        name, prints = code.title(), [f"station:{code}"]
        self.ids[code] = await self.house.act(service.add_printer, code=code, name=name, prints=prints, **words)
        self.printers[code] = printer
        return printer

    async def write(self, *numbers: int, code: str = "grill", **told: Any) -> None:
        """Tickets in one transaction."""

        async def run(tx: Tx) -> None:
            for number in numbers:
                words = {"cause": f"ticket {number}", "check_id": CHECK, "label": "5", **told}
                service.print_on(tx, [self.ids[code]], slip(number), kind="kitchen", **words)

        await self.db.run(run)

    async def jobs(self, code: str | None = None) -> list[PrintJob]:
        mine = (PrintJob.printer_id == self.ids[code],) if code else ()
        async with self.db.read() as read:
            return list(await read.session.scalars(select(PrintJob).where(*mine).order_by(PrintJob.id)))

    async def job(self, code: str = "grill") -> PrintJob:
        """The only one."""
        (job,) = await self.jobs(code)
        return job

    async def are(self, *states: JobState, code: str = "grill") -> list[PrintJob]:
        """Wait until the jobs of a printer are in these states."""

        async def so() -> bool:
            return [job.state for job in await self.jobs(code)] == list(states)

        await patience.until(so, f"{code}: {states}")
        return await self.jobs(code)

    async def tries(self) -> list[str]:
        """What came of each try, in order."""
        async with self.db.read() as read:
            return list(await read.session.scalars(select(PrintAttempt.result).order_by(PrintAttempt.id)))

    def state(self, code: str = "grill") -> PrinterState:
        """How its worker knows a printer."""
        return self.worker.states().get(self.ids[code]) or PrinterState(self.ids[code], code)

    def start(self) -> None:
        self.worker.start()


@asynccontextmanager
async def opened(db: Database, home: Path, limits: Limits = SHORT) -> AsyncIterator[Kitchen]:
    """A kitchen without printers whose worker does not run yet."""
    async with AsyncExitStack() as stack:
        kitchen = Kitchen(await founded(db), PrintWorker(db, home, limits), stack)
        stack.callback(db.bus.listen(kitchen.facts.append))
        yield kitchen
        await kitchen.worker.stop()
