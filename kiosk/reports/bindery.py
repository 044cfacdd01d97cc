"""Where workbooks are ordered: they are made in a process of their own, see `binder`.

It reads the database itself: a month has tens of thousands of receipts, and the kiosk's one loop never holds them.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kiosk.core import workshop
from kiosk.core.errors import Unavailable
from kiosk.reports.errors import ReportRefused
from kiosk.reports.forms import WORKBOOK, Form
from kiosk.reports.rules import Takings

if TYPE_CHECKING:
    from kiosk.core.db import Database

log = logging.getLogger(__name__)
PROCESS: Final = "kiosk.reports.binder"
PATIENCE_S: Final = 120
WARM_AFTER_S: Final = 3.0
"""How long after the kiosk's start its process begins, so that nobody waits for either."""
BEFOREHAND = True
"""Whether it begins before anybody orders; tests have more kiosks than a computer has cores."""


@dataclass(frozen=True)
class Order:
    """A book that is wanted: out of which database, of which business days, in which form.

    Without days it is a rehearsal, of the day that is going on.
    """

    url: str
    days: tuple[date, date] | None = None
    suffix: str = WORKBOOK.suffix


@dataclass(frozen=True)
class Made:
    """A book as a file, and its figures without the single receipts."""

    content: bytes
    found: Takings


@dataclass(frozen=True)
class Refusal:
    """Why there is no book; what is away may be there in a moment."""

    sentence: str
    is_away: bool


class Bindery(workshop.Workshop):
    """Makes a workbook or another form of the figures of some days, one at a time."""

    def __init__(self) -> None:
        super().__init__(PROCESS)
        self._warming: asyncio.Task[None] | None = None

    async def file(self, db: Database, first: date, last: date, form: Form = WORKBOOK) -> Made:
        """The book from one business day to another in a form.

        Raises ReportRefused with a sentence when it cannot be made, Unavailable when the database is away.
        """
        try:
            made = await self.ask(Order(url_of(db), (first, last), form.suffix), seconds=PATIENCE_S)
        except workshop.WorkLost as trouble:
            log.exception("the workbook's process failed")
            raise ReportRefused("The workbook could not be made. Try again, or use `kiosk export`.") from trouble
        if isinstance(made, Refusal):
            raise (Unavailable if made.is_away else ReportRefused)(made.sentence)
        assert isinstance(made, Made)
        return made

    def warm(self, db: Database, *, after_s: float = 0.0) -> None:
        """Begin the process before anybody waits for a book, unless it runs or begins already."""
        if BEFOREHAND and not self.is_running and (self._warming is None or self._warming.done()):
            self._warming = asyncio.create_task(self._warm(url_of(db), after_s), name="bindery")

    async def _warm(self, url: str, after_s: float) -> None:
        await asyncio.sleep(after_s)
        with suppress(workshop.WorkLost):
            await self.ask(Order(url), seconds=PATIENCE_S)

    async def close(self) -> None:
        """End the process, if there is one."""
        if self._warming:
            self._warming.cancel()
            await asyncio.gather(self._warming, return_exceptions=True)
        await super().close()


def url_of(db: Database) -> str:
    """Where another process finds the same database."""
    return db.url.render_as_string(hide_password=False)
