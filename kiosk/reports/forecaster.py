"""Forecasts made in a process of their own. Run as `python -m kiosk.reports.forecaster` this is that process."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from typing import Final

from kiosk.core import workshop
from kiosk.reports.errors import ReportRefused
from kiosk.reports.forecast_rules import WEEKS, Outlook, Past

log = logging.getLogger(__name__)
PATIENCE_S: Final = 120
ONE_CORE: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@dataclass(frozen=True)
class Question:
    """A past by hour, or by item of which only tomorrow is wanted."""

    past: Past
    is_items: bool = False


class Forecaster(workshop.Workshop):
    """Turns what was into what is to be expected, one question at a time."""

    def __init__(self) -> None:
        super().__init__(__name__)

    async def outlooks(self, questions: list[Question]) -> list[Outlook]:
        """The outlook of each. Raises ReportRefused with a sentence when they cannot be made."""
        try:
            found: list[Outlook] = await self.ask(questions, seconds=PATIENCE_S)
        except workshop.WorkLost as trouble:
            log.exception("the forecast's process failed")
            raise ReportRefused("The forecast could not be made. Try again in a minute.") from trouble
        return found


def foreseen(questions: list[Question]) -> list[Outlook]:
    """What is to be expected after each of these pasts."""
    from kiosk.reports.forecast_model import TRIED_WEEKS, outlook

    return [
        outlook(one.past, weeks_shared=WEEKS if one.is_items else TRIED_WEEKS, tomorrow_only=one.is_items)
        for one in questions
    ]


if __name__ == "__main__":
    os.environ.update(dict.fromkeys(ONE_CORE, "1"))
    workshop.work(foreseen)
