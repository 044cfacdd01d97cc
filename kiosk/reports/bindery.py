"""Workbooks made in a process of their own. Run as `python -m kiosk.reports.bindery` this is that process."""

from __future__ import annotations

import logging
from typing import Final

from kiosk.core import workshop
from kiosk.reports import forms
from kiosk.reports.errors import ReportRefused
from kiosk.reports.forms import WORKBOOK, Form
from kiosk.reports.rules import Takings

log = logging.getLogger(__name__)
PATIENCE_S: Final = 120


class Bindery(workshop.Workshop):
    """Turns a book into the bytes of a workbook or another form of it, one at a time."""

    def __init__(self) -> None:
        super().__init__(__name__)

    async def workbook(self, found: Takings) -> bytes:
        """The workbook of this book. Raises ReportRefused with a sentence when it cannot be made."""
        return await self.file(found, WORKBOOK)

    async def file(self, found: Takings, form: Form) -> bytes:
        """The book in a form. Raises ReportRefused with a sentence when it cannot be made."""
        try:
            is_made, made = await self.ask((found, form.suffix), seconds=PATIENCE_S)
        except workshop.WorkLost as trouble:
            log.exception("the workbook's process failed")
            raise ReportRefused("The workbook could not be made. Try again, or use `kiosk export`.") from trouble
        if not is_made:
            raise ReportRefused(made)
        return bytes(made)


def bound(asked: tuple[Takings, str]) -> tuple[bool, bytes | str]:
    """(True, the file) or (False, the sentence why not)."""
    from exports.errors import ExportRefused

    try:
        return True, forms.content(*asked)
    except ExportRefused as refusal:
        return False, str(refusal)


if __name__ == "__main__":
    workshop.work(bound)
