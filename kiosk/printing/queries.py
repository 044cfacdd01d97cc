"""What waits at the printers, what troubles people, and where a paper went."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, case, func, literal, or_, select

from kiosk.core import clock
from kiosk.core.db import AS_IT_IS_NOW, Read
from kiosk.core.tables import Instant
from kiosk.printing.errors import NoJob, NoPrinter
from kiosk.printing.models import DrawerKick, JobState, Printer, PrintJob

ROLES_OF_PRINTERS = select(Printer.id, Printer.prints).where(Printer.active).order_by(Printer.id)
"""Every active printer with the roles it prints, for those who look up more at the same time."""
_ACTIVE = select(Printer).where(Printer.active).order_by(Printer.id)
AT_ONCE = 50
"""How many jobs a printer is given to know of at a time."""
TO_PRINT = (JobState.QUEUED, JobState.SENDING, JobState.DOUBT, JobState.HELD)
"""What its printer still has to put on paper."""
WAITING = (*TO_PRINT, JobState.FAILED)
"""What is not on paper and nobody has given up."""
SHOWN_AS = {JobState.QUEUED: "waiting", JobState.SENDING: "waiting"}
"""The states of a troubled paper that people read by another word."""

TOLD_FOR = timedelta(minutes=10)
"""How long people are told of a paper that another printer has."""
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""Before all that was ever printed."""
_JOBS, _PRINTERS = cast(Table, PrintJob.__table__), cast(Table, Printer.__table__)
_TOLD = select(
    _JOBS.c.id,
    _JOBS.c.check_id,
    _JOBS.c.state,
    _JOBS.c.kind,
    _JOBS.c.cause,
    _JOBS.c.label,
    _JOBS.c.printer_id,
    _PRINTERS.c.name,
    _JOBS.c.troubled_at,
    _JOBS.c.trouble,
).join_from(_JOBS, _PRINTERS, _JOBS.c.printer_id == _PRINTERS.c.id)


@dataclass(frozen=True)
class Troubled:
    """A paper that is not where it should be: `state` is waiting, doubt, held, failed or rerouted.

    `by` is the name of the printer that stands in. `since` is when people were first told.
    """

    job_id: int
    check_id: int | None
    state: str
    kind: str
    cause: str
    label: str
    printer_id: int
    printer: str
    by: str | None
    since: datetime
    trouble: str | None


async def troubled(read: Read, check_ids: Collection[int] | None = None) -> list[Troubled]:
    """The papers people should know about, of these checks or of all; where they went instead, for ten minutes."""
    of_late, ever = literal(clock.now() - TOLD_FOR, Instant()), literal(NEVER, Instant())
    since = case((_JOBS.c.state == JobState.REROUTED, of_late), else_=ever)
    mine = _TOLD.where(_JOBS.c.state.in_((*WAITING, JobState.REROUTED)), _JOBS.c.troubled_at > since)
    if check_ids is not None:
        mine = mine.where(_JOBS.c.check_id.in_(check_ids))
    # Sorted here: asked for in the order of ids, SQLite reads every job there ever was.
    found = sorted((await read.session.execute(mine)).all(), key=lambda row: row.id)
    instead = await _instead_of(read, [row.id for row in found if row.state is JobState.REROUTED])
    return [_troubled(row, instead.get(row.id)) for row in found]


def _troubled(row: Any, by: str | None) -> Troubled:
    what, where = (row.kind, row.cause, row.label), (row.printer_id, row.name, by)
    shown_as = SHOWN_AS.get(row.state, row.state.value)
    return Troubled(row.id, row.check_id, shown_as, *what, *where, row.troubled_at, row.trouble)


async def _instead_of(read: Read, job_ids: Sequence[int]) -> dict[int | None, str]:
    """By job, the name of the printer that stands in; who stands in is younger, so that few are looked at."""
    if not job_ids:
        return {}
    younger = (PrintJob.id > min(job_ids), PrintJob.rerouted_from.in_(job_ids))
    found = select(PrintJob.rerouted_from, Printer.name).join_from(PrintJob, Printer, PrintJob.printer_id == Printer.id)
    return {row.rerouted_from: row.name for row in await read.session.execute(found.where(*younger))}


async def printers_for(read: Read, role: str) -> list[Printer]:
    """The active printers that print this role, such as `receipt`."""
    found = await read.session.scalars(_ACTIVE)
    return [printer for printer in found if role in printer.prints]


async def printers(read: Read) -> list[Printer]:
    """Every printer that was not taken away."""
    return list(await read.session.scalars(_ACTIVE))


async def drawer_printer(read: Read, till: int) -> int | None:
    """The printer under which the drawer of a till hangs: its own, else one for every till; None without one."""
    able = [one for one in await printers(read) if one.drawer_kick is not DrawerKick.NONE and one.till in {till, None}]
    return min(able, key=lambda one: one.till is None).id if able else None


async def printer(read: Read, printer_id: int) -> Printer:
    """A printer that is there. Raises NoPrinter."""
    mine = select(Printer).where(Printer.id == printer_id, Printer.active).execution_options(**AS_IT_IS_NOW)
    found = (await read.session.scalars(mine)).one_or_none()
    if found is None:
        raise NoPrinter
    return found


async def job(read: Read, job_id: int) -> PrintJob:
    """A job as it is now. Raises NoJob."""
    mine = select(PrintJob).where(PrintJob.id == job_id).execution_options(**AS_IT_IS_NOW)
    found = (await read.session.scalars(mine)).one_or_none()
    if found is None:
        raise NoJob
    return found


async def busy_printers(read: Read) -> list[Printer]:
    """The printers that have something to print, also those that were taken away since."""
    mine = select(PrintJob.printer_id).where(PrintJob.state.in_(TO_PRINT))
    return list(await read.session.scalars(select(Printer).where(Printer.id.in_(mine)).order_by(Printer.id)))


async def waiting(read: Read, printer_id: int, after: int = 0, limit: int = AT_ONCE) -> list[PrintJob]:
    """The next jobs a printer still has to print, in order, after the job with this id."""
    mine = (PrintJob.printer_id == printer_id, PrintJob.state.in_(TO_PRINT), PrintJob.id > after)
    return list(await read.session.scalars(select(PrintJob).where(*mine).order_by(PrintJob.id).limit(limit)))


async def queue(read: Read, printer_id: int, limit: int = 100) -> list[PrintJob]:
    """What is not on paper yet at a printer, in order, with what a person has to look after."""
    mine = (PrintJob.printer_id == printer_id, PrintJob.state.in_(WAITING))
    return list(await read.session.scalars(select(PrintJob).where(*mine).order_by(PrintJob.id).limit(limit)))


async def lately(read: Read, printer_id: int, limit: int = 20) -> list[PrintJob]:
    """What a printer printed, sent elsewhere or was not to print any more, the newest first."""
    mine = (PrintJob.printer_id == printer_id, PrintJob.state.not_in(WAITING))
    return list(await read.session.scalars(select(PrintJob).where(*mine).order_by(PrintJob.id.desc()).limit(limit)))


async def left_in_printer(read: Read, printer_id: int, since: datetime) -> list[JobState]:
    """The states of jobs that may still lie in a printer's memory: bytes left since then, and nothing proved them."""
    unproved = (JobState.SENDING, JobState.DOUBT, JobState.HELD, JobState.REROUTED, JobState.CANCELLED)
    mine = (PrintJob.printer_id == printer_id, PrintJob.state.in_(unproved), PrintJob.first_sent_at >= since)
    return list(await read.session.scalars(select(PrintJob.state).where(*mine)))


async def is_any_late(read: Read, since: datetime) -> bool:
    """Whether something was due then, is not on paper, and nobody was told."""
    due = func.coalesce(PrintJob.not_before, PrintJob.queued_at)
    late = (PrintJob.state.in_(TO_PRINT), PrintJob.troubled_at.is_(None), due <= since)
    return (await read.session.execute(select(PrintJob.id).where(*late).limit(1))).first() is not None


async def count_waiting(read: Read) -> int:
    """How many documents are not on paper yet."""
    return (await read.session.execute(select(func.count()).where(PrintJob.state.in_(WAITING)))).scalar_one()


async def printed_by(read: Read, causes: Collection[str]) -> dict[str, list[int]]:
    """Which printers have or had each of these papers, also when it still waits there; not what was withdrawn.

    What was given up after bytes of it had left may be on paper all the same.
    """
    found: dict[str, list[int]] = {cause: [] for cause in causes}
    # The index over causes begins with the printer: without its ids every job there ever was is read.
    ids = list(await read.session.scalars(select(Printer.id)))
    gone = (JobState.CANCELLED, JobState.REROUTED)
    may_lie_there = (PrintJob.state == JobState.CANCELLED) & PrintJob.first_sent_at.is_not(None)
    is_there = or_(PrintJob.state.not_in(gone), may_lie_there)
    mine = (PrintJob.printer_id.in_(ids), PrintJob.cause.in_(causes), is_there)
    for cause, printer_id in await read.session.execute(
        select(PrintJob.cause, PrintJob.printer_id).where(*mine).order_by(PrintJob.id)
    ):
        found[cause].append(printer_id)
    return found


async def first_of(read: Read, rerouted_from: int | None) -> Printer | None:
    """The printer a paper was meant for that stands in for another; None for what stands in for nothing."""
    found: Printer | None = None
    while rerouted_from:
        meant = select(Printer, PrintJob.rerouted_from).join_from(PrintJob, Printer, PrintJob.printer_id == Printer.id)
        found, rerouted_from = (await read.session.execute(meant.where(PrintJob.id == rerouted_from))).one()
    return found


async def newest_job(read: Read) -> int:
    """The largest id of a job, 0 where there is none."""
    return (await read.session.scalars(select(func.max(PrintJob.id)))).one() or 0
