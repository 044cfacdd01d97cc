"""When the backup of a printer prints what the printer could not for too long."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from kiosk.core import clock
from kiosk.printing import keeping, queries
from kiosk.printing.delivery import Memory
from kiosk.printing.errors import AddressRefused, NoPrinter
from kiosk.printing.ground import Ground
from kiosk.printing.models import Ack, JobState, Printer, PrintJob
from kiosk.printing.rerouting import reroute
from kiosk.printing.talking import Talk
from kiosk.printing.transport import ONE_WAY, open_line

if TYPE_CHECKING:
    from kiosk.printing.feeder import Feeder

log = logging.getLogger(__name__)


async def stand_in(feeder: Feeder, ground: Ground, memory: Memory, talk: Talk | None, held: PrintJob | None) -> bool:
    """Send elsewhere what is due and has waited for too long; whether `held` was among it.

    What may lie in the printer is cleared before its copy goes elsewhere, now or as soon as the printer answers.
    What follows a paper that stays, for the same check, stays behind it: no void may come before its ticket.
    """
    backup = await _backup(feeder, ground)
    if backup is None:
        return False
    went, staying = False, set[tuple[str, int]]()
    for job in await ground.look(lambda read: queries.waiting(read, feeder.printer.id, limit=200)):
        mine = (job.kind, job.check_id or job.id)
        if mine in staying or not _is_over(feeder, ground, job):
            staying.add(mine)
            continue
        if job.state in (JobState.DOUBT, JobState.HELD):
            await _clear(feeder, ground, memory, talk)
        why = f"{feeder.printer.name}: {feeder.state.reason or 'it does not print'}. {backup.name} prints it."
        child = await ground.db.run(partial(reroute, job=job, printer_id=backup.id, why=why))
        went = went or (held is not None and job.id == held.id and child is not None)
    return went


async def _backup(feeder: Feeder, ground: Ground) -> Printer | None:
    printer = feeder.printer
    is_time = feeder.has_been_down() >= timedelta(seconds=printer.backup_after_s)
    if not is_time or printer.backup_id is None or ground.is_down(printer.backup_id):
        return None
    try:
        return await ground.look(lambda read: queries.printer(read, printer.backup_id or 0))
    except NoPrinter:
        return None


def _is_over(feeder: Feeder, ground: Ground, job: PrintJob) -> bool:
    """Whether this job's time here is over; what is half printed gets longer."""
    if job.state is JobState.HELD:
        return feeder.has_been_down() >= timedelta(seconds=ground.limits.held_s)
    return job.state in (JobState.QUEUED, JobState.DOUBT) and not keeping.is_early(job, clock.now())


async def _clear(feeder: Feeder, ground: Ground, memory: Memory, talk: Talk | None) -> None:
    """Let the printer forget what it holds; what cannot be said now is said before anything else is."""
    if feeder.printer.kind in ONE_WAY or feeder.printer.ack is Ack.NONE:
        return
    memory.must_clear = True
    try:
        if talk is not None:
            memory.must_clear = not await talk.clear()
            return
        async with open_line(feeder.printer, ground.limits) as line:
            memory.must_clear = not await Talk(line, ground.limits).clear()
    except (OSError, AddressRefused) as away:
        log.info("%s is to be cleared when it answers again: %s", feeder.printer.name, away)
