"""The workbook of every closed day, written into the folder of exports and sent without another tap.

A close wakes the writer; what it missed while the kiosk was not running is made up for at the start.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import date
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from exports.errors import ExportRefused
from exports.files import write_out
from kiosk.core.db import Database, Read
from kiosk.core.errors import KioskError
from kiosk.core.events import Fact
from kiosk.payments.till_events import DayClosed, TillChanged
from kiosk.payments.till_models import ZReport
from kiosk.payments.till_queries import z_report
from kiosk.payments.till_view import EXPORTS, workbook_name
from kiosk.reports.bindery import Bindery
from kiosk.reports.day_mail import mail_day
from kiosk.reports.errors import ReportRefused

log = logging.getLogger(__name__)
MADE_UP_FOR = 30
"""How many of the last closed days get the workbook they lack."""
AGAIN_S = 30.0


def path_of(home: Path, number: int) -> Path:
    """Where the workbook of a closed day lies."""
    return home / EXPORTS / workbook_name(number)


def keep(home: Path, number: int, content: bytes) -> Path:
    """Put a workbook into the folder of exports, whole or not at all. Raises ReportRefused."""
    path = path_of(home, number)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_out(path, lambda file: _fill(file, content))
    except ExportRefused as refusal:
        raise ReportRefused(str(refusal)) from refusal
    except OSError as trouble:
        raise ReportRefused(f"{path} was not written: {trouble.strerror or trouble}.") from trouble
    return path


def _fill(file: BinaryIO, content: bytes) -> None:
    file.write(content)


class DayBooks:
    """Writes what is missing, one at a time, whenever a day was closed; sends it where the house wants it sent.

    The letters are written before the file is there: a kiosk that stops in between makes up for both.
    """

    def __init__(self, db: Database, home: Path, bindery: Bindery, *, has_post: bool = False) -> None:
        self._db = db
        self._home = home
        self._bindery = bindery
        self._has_post = has_post
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin with what is missing, and listen for the next close."""
        self._db.bus.listen(self._hear)
        self._wake.set()
        self._task = asyncio.create_task(self._run(), name="day books")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def write_missing(self) -> list[int]:
        """Write the workbooks that the last closed days lack; returns their numbers."""
        async with self._db.read() as read:
            days = await _last_days(read)
        written = [number for number, _ in days if not path_of(self._home, number).exists()]
        for number in written:
            await self.write(number, is_news=True)
        return written

    async def write(self, number: int, *, is_news: bool = False) -> Path:
        """Write the workbook of a closed day; one that is news is sent as well. Raises NoSuchZ or ReportRefused."""
        async with self._db.read() as read:
            day = (await z_report(read, number)).business_day
        made = await self._bindery.file(self._db, day, day)
        if is_news:
            await mail_day(self._db, number, made.found, made.content, has_post=self._has_post)
        path = await asyncio.to_thread(keep, self._home, number, made.content)
        self._db.bus.publish([TillChanged()])
        return path

    def _hear(self, fact: Fact) -> None:
        if isinstance(fact, DayClosed):
            self._wake.set()

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self.write_missing()
            except KioskError as refusal:
                log.warning("the workbook of a closed day is still to be written: %s", refusal)
                await asyncio.sleep(AGAIN_S)
                self._wake.set()
            except Exception:
                log.exception("the workbook of a closed day could not be written")


async def _last_days(read: Read) -> list[tuple[int, date]]:
    """The last closed days, the oldest first."""
    found = select(ZReport.number, ZReport.business_day).order_by(ZReport.number.desc()).limit(MADE_UP_FOR)
    return [(row.number, row.business_day) for row in await read.session.execute(found)][::-1]
