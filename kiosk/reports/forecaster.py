"""Forecasts made in a process of their own. Run as `python -m kiosk.reports.forecaster` this is that process."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from datetime import date
from typing import Final

from kiosk.core import workshop
from kiosk.reports.errors import ReportRefused
from kiosk.reports.forecast_rules import AHEAD, ONE, WEEKS, Answered, Asked

log = logging.getLogger(__name__)
PATIENCE_S: Final = 120
ONE_CORE: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
ENGLISH: Final = "en_US"


class Forecaster(workshop.Workshop):
    """Turns what was into what is to be expected, one question at a time."""

    def __init__(self) -> None:
        super().__init__(__name__)

    async def outlooks(self, asked: Asked) -> Answered:
        """The outlook of each. Raises ReportRefused with a sentence when they cannot be made."""
        try:
            found: Answered = await self.ask(asked, seconds=PATIENCE_S)
        except workshop.WorkLost as trouble:
            log.exception("the forecast's process failed")
            raise ReportRefused("The forecast could not be made. Try again in a minute.") from trouble
        return found


def foreseen(asked: Asked) -> Answered:
    """What is to be expected after each of these pasts."""
    from kiosk.reports.forecast_model import TRIED_WEEKS, outlook

    pasts = [one.past for one in asked.questions]
    first = min(one.first for one in pasts)
    known = public_holidays(asked.country, first, first + ONE * (max(len(one.days) for one in pasts) + AHEAD - 1))
    free = frozenset(known or ())
    return Answered(
        [
            outlook(
                replace(one.past, free=free),
                weeks_shared=WEEKS if one.is_items else TRIED_WEEKS,
                tomorrow_only=one.is_items,
            )
            for one in asked.questions
        ],
        known,
    )


def public_holidays(country: str, first: date, last: date) -> dict[date, str] | None:
    """The public holidays of a country by name; None where the extra is missing or does not know the country."""
    try:
        import holidays

        years = range(first.year, last.year + 1)
        known = holidays.country_holidays(country, years=years, language=ENGLISH)
    except (ImportError, NotImplementedError):
        return None
    return {day: name for day, name in sorted(known.items()) if first <= day <= last}


if __name__ == "__main__":
    os.environ.update(dict.fromkeys(ONE_CORE, "1"))
    workshop.work(foreseen)
