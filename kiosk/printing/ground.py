"""What every printer's task stands on: the database, the limits, the folder of the kiosk, and who else prints."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kiosk.core import clock
from kiosk.core.db import Database, Read, Tx
from kiosk.core.errors import Unavailable
from kiosk.printing import composing, encode, layouts, queries
from kiosk.printing.limits import Limits
from kiosk.printing.models import Printer, PrintJob
from kiosk.printing.rows import Copy, QrCode, Raster, Row, Slip
from kiosk.printing.scribe import Scribe
from kiosk.printing.transport_hand_over import Made

log = logging.getLogger(__name__)
T = TypeVar("T")
LOGO = "logo.png"
MM_A_ROW = 4.3
MM_A_PICTURE = 40
MM_TO_THE_KNIFE = 30


@dataclass(frozen=True)
class Ground:
    """Shared by all printers' tasks; `is_down` tells whether a printer is known not to work."""

    db: Database
    home: Path
    limits: Limits
    scribe: Scribe
    is_down: Callable[[int], bool]

    async def look(self, query: Callable[[Read], Awaitable[T]]) -> T:
        """What a query finds."""
        async with self.db.read() as read:
            return await query(read)

    async def write_down(self, gesture: Callable[[Tx], Awaitable[T]]) -> T:
        """Do it in a transaction, however long the database is away: what is on paper must not be forgotten."""
        while True:
            try:
                return await self.scribe.do(gesture)
            except Unavailable as away:
                log.warning("what a printer did is not written down yet: %s", away)
            await asyncio.sleep(self.limits.most_retry_s)

    async def made(self, job: PrintJob, printer: Printer, copy_no: int) -> Made:
        """A job as this printer prints it. Raises whatever keeps it from being laid out."""
        backed = await self.look(lambda read: queries.first_of(read, job.rerouted_from)) if job.rerouted_from else None
        heading = f"BACKUP FROM {backed.name.upper()}" if backed else ""
        copy = Copy(copy_no, heading, job.asked_by, await self._asked_at(job))
        return await asyncio.to_thread(compose, job, printer, copy, self.home / LOGO)

    async def _asked_at(self, job: PrintJob) -> str:
        """When somebody asked for this copy, as the venue's clock showed it."""
        if not job.asked_by:
            return ""
        venue = await self.look(lambda read: read.venue())
        return f"{clock.local(job.queued_at, venue.timezone):%Y-%m-%d %H:%M}"


def compose(job: PrintJob, printer: Printer, copy: Copy, logo: Path) -> Made:
    """The bytes and the words of a job. The only place that knows how documents become either."""
    slip = composing.slip_for(job.document, printer, copy)
    picture = logo.read_bytes() if _has_picture(slip) and logo.is_file() else b""
    data = encode.encode(slip, composing.speech_of(printer, picture))
    return Made(data, layouts.preview(slip, printer.columns), _length(slip))


def warm_up() -> None:
    """Load the library that makes bytes; it takes half a second once."""
    encode.encode(Slip((), 42, ""), encode.Speech())


def _has_picture(slip: Slip) -> bool:
    return any(isinstance(part, Raster) for part in slip.rows)


def _length(slip: Slip) -> float:
    """Millimetres of paper, rather more than less."""
    rows = sum(part.style.height if isinstance(part, Row) else 1 for part in slip.rows)
    pictures = sum(isinstance(part, Raster | QrCode) for part in slip.rows)
    return rows * MM_A_ROW + pictures * MM_A_PICTURE + MM_TO_THE_KNIFE
