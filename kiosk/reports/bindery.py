"""Workbooks made in a process of their own. Run as `python -m kiosk.reports.bindery` this is that process."""

from __future__ import annotations

import logging
from typing import Final

from kiosk.core import workshop
from kiosk.reports.errors import ReportRefused
from kiosk.reports.rules import Takings

log = logging.getLogger(__name__)
PATIENCE_S: Final = 120


class Bindery(workshop.Workshop):
    """Turns takings into the bytes of a workbook, one at a time."""

    def __init__(self) -> None:
        super().__init__(__name__)

    async def workbook(self, found: Takings) -> bytes:
        """The workbook of these figures. Raises ReportRefused with a sentence when it cannot be made."""
        try:
            is_made, made = await self.ask(found, seconds=PATIENCE_S)
        except workshop.WorkLost as trouble:
            log.exception("the workbook's process failed")
            raise ReportRefused("The workbook could not be made. Try again, or use `kiosk export`.") from trouble
        if not is_made:
            raise ReportRefused(made)
        return bytes(made)


def bound(found: Takings) -> tuple[bool, bytes | str]:
    """(True, workbook) or (False, the sentence why not)."""
    from exports.errors import ExportRefused
    from exports.workbook import workbook_bytes
    from kiosk.reports.figures import figures_of

    try:
        return True, workbook_bytes(figures_of(found))
    except ExportRefused as refusal:
        return False, str(refusal)


if __name__ == "__main__":
    workshop.work(bound)
