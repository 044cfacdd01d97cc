"""How a printer can prove that a paper is printed is found out by asking it, once, when it is set up."""

from __future__ import annotations

from kiosk.printing.errors import PrinterMute
from kiosk.printing.limits import Limits
from kiosk.printing.models import Ack, Printer
from kiosk.printing.status import Status
from kiosk.printing.talking import Silent, Talk
from kiosk.printing.transport import ONE_WAY, open_line

ANSWERS_S = 1.5


async def best_proof(printer: Printer, limits: Limits | None = None) -> Ack:
    """The best proof that a printer knows: process ID, an answer in order, its status, or none.

    A printer without process IDs may print the question as a few letters, on the test page's top.
    Raises PrinterMute when it cannot be reached, or waits for paper or its cover.
    """
    if printer.kind in ONE_WAY:
        return Ack.NONE
    limits = limits or Limits()
    try:
        async with open_line(printer, limits) as line:
            return await _asked(Talk(line, limits), printer.name)
    except OSError as broken:
        raise PrinterMute(printer.name, broken.strerror or str(broken) or "no answer") from broken


async def _asked(talk: Talk, name: str) -> Ack:
    try:
        _must_be_ready(await talk.status(), name)
    except Silent:
        return Ack.NONE
    if not await _answers(talk, Ack.GS_R, name):
        return Ack.STATUS
    return Ack.PROCESS_ID if await _answers(talk, Ack.PROCESS_ID, name) else Ack.GS_R


async def _answers(talk: Talk, ack: Ack, name: str) -> bool:
    try:
        await talk.write(b"", ack)
        _must_be_ready(await talk.proof(ack, ANSWERS_S), name)
    except Silent:
        return False
    return True


def _must_be_ready(status: Status | None, name: str) -> None:
    if status is not None and not status.is_ready:
        raise PrinterMute(name, status.sentence)
