"""Facts of paper."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class PrintQueued(Fact):
    """Something waits at a printer, or is to be tried again at once."""

    printer_id: int


@dataclass(frozen=True)
class JobChanged(Fact):
    """A job is somewhere else than before: on paper, in doubt, held, given up, sent elsewhere; or it troubles people.

    `check_id` is the check on whose tile people see a difference; None when it was for no check, or all went well.
    """

    job_id: int
    printer_id: int
    check_id: int | None = None


@dataclass(frozen=True)
class PrinterChanged(Fact):
    """A printer was set up otherwise, came back, or stopped working."""

    printer_id: int


@dataclass(frozen=True)
class PaperUnwanted(Fact):
    """What a printer may still hold must not come any more: it was given up, or another printer has it."""

    printer_id: int
