"""The forecast as the house keeps it: made again when a day is over or a history came in, and told to screens."""

from __future__ import annotations

import asyncio
import logging
from datetime import date
from typing import Final

from sqlalchemy import func, select

from kiosk.core.db import Database
from kiosk.core.errors import Unavailable
from kiosk.core.events import Fact
from kiosk.payments.models import Receipt
from kiosk.payments.till_events import DayClosed
from kiosk.reports.errors import ReportRefused
from kiosk.reports.events import ForecastMade, SalesImported
from kiosk.reports.forecast import YEARS, Gathered, TooEarly, foresee, gathered
from kiosk.reports.forecast_rules import Forecast
from kiosk.reports.forecaster import Forecaster
from kiosk.reports.rolling import last_over
from kiosk.reports.rollups import spanned

log = logging.getLogger(__name__)
LOOK_EVERY_S: Final = 600
FIRST_LOOK_S: Final = 20
"""A kiosk that has just started has other things to do, unless somebody asks."""
SETTLE_S: Final = 1.0
"""The screen that asks is drawn first."""
AGAIN_S: Final = 60
ROLLING_S: Final = 2.0
LOOKS: Final = 60
"""So often it is waited until past days are added up; then they are read from their receipts."""


class Foresight:
    """What is known of the days ahead; `trouble` is the sentence why nothing is, `early` the days of a past so short.

    Its process lives only while a forecast is made.
    """

    def __init__(self, db: Database, maker: Forecaster | None = None, *, settle_s: float = SETTLE_S) -> None:
        self.known: Forecast | None = None
        self.trouble = ""
        self.early: int | None = None
        self._db = db
        self._maker = maker or Forecaster()
        self._settle_s = settle_s
        self._made_for: date | None = None
        self._is_asked = False
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._db.bus.listen(self._hear)
        self._task = asyncio.create_task(self._run(), name="forecast")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._maker.close()

    def look(self) -> Forecast | None:
        """The forecast, if there is one; the first who asks has it made."""
        if not self._is_asked:
            self._is_asked = True
            self._wake.set()
        return self.known

    async def renew(self) -> None:
        """Make the forecast where the days it was made of are not the last any more, and tell screens."""
        past = await self._past()
        if past is None:
            return
        try:
            self.known = await foresee(past, self._maker)
        finally:
            await self._maker.close()
        self.early, self.trouble = None, ""
        self._db.bus.publish([ForecastMade()])

    def _hear(self, fact: Fact) -> None:
        if isinstance(fact, DayClosed | SalesImported):
            self._made_for = None
            self._wake.set()

    async def _past(self) -> Gathered | None:
        """What a forecast is to be made of; None where it was made."""
        for _ in range(LOOKS):
            if not await self._is_rolling():
                break
            await asyncio.sleep(ROLLING_S)
        async with self._db.read() as read:
            last = await last_over(read)
            if last == self._made_for:
                return None
            self._made_for = last
            return await gathered(read, with_items=True)

    async def _is_rolling(self) -> bool:
        """Whether days that are over are still to be added up, as after a start or an import."""
        async with self._db.read() as read:
            last, venue = await last_over(read), await read.venue()
            mine = Receipt.venue_id == venue.id
            first = (await read.session.scalars(select(func.min(Receipt.business_day)).where(mine))).one()
            if first is None or first > last:
                return False
            return bool((await spanned(read, venue.id, max(first, last - YEARS), last)).young)

    async def _run(self) -> None:
        pause: float = FIRST_LOOK_S
        while True:
            try:
                async with asyncio.timeout(pause):
                    await self._wake.wait()
            except TimeoutError:
                log.debug("looking whether a forecast is due")
            await asyncio.sleep(self._settle_s)
            self._wake.clear()
            pause = LOOK_EVERY_S if await self._try() else AGAIN_S

    async def _try(self) -> bool:
        """Renew, and keep why it could not be done; False where it is to be tried again soon."""
        try:
            await self.renew()
        except TooEarly as early:
            self.known, self.early, self.trouble = None, early.known, early.sentence
            self._db.bus.publish([ForecastMade()])
        except (ReportRefused, Unavailable) as refused:
            self._fail(refused.sentence)
        except Exception:
            log.exception("the forecast could not be made")
            self._fail("The forecast could not be made. The kiosk tries again by itself.")
        return not self.trouble or self.early is not None

    def _fail(self, sentence: str) -> None:
        log.warning("no forecast: %s", sentence)
        self._made_for, self.early, self.trouble = None, None, sentence
        self._db.bus.publish([ForecastMade()])
