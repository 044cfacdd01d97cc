"""What screens read of printers: how they are set up, what waits at them and why, what they printed of late."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from kiosk.core.db import Read
from kiosk.printing import composing, queries
from kiosk.printing.errors import JobMovedOn
from kiosk.printing.models import PrintAttempt, Printer, PrintJob
from kiosk.printing.queries import WAITING

log = logging.getLogger(__name__)

PAGE = 50
SHOWN = 20
REROUTED = "rerouted"
MOST_AT_ONCE = 300
"""Jobs that one tap may retry or send elsewhere."""
SET_UP = (
    *("id", "code", "name", "kind", "address", "columns", "dots", "code_page", "code_page_no", "cut", "ack"),
    *("drawer_kick", "till", "buzzer", "backup_id", "backup_after_s", "language", "names", "prints", "active"),
)
"""What a person chooses of a printer, and its id."""
_JOB = (
    *(PrintJob.id, PrintJob.printer_id, PrintJob.kind, PrintJob.label, PrintJob.state, PrintJob.tries),
    *(PrintJob.copy_no, PrintJob.queued_at, PrintJob.not_before, PrintJob.troubled_at, PrintJob.trouble),
    *(PrintJob.printed_at, PrintJob.asked_by, PrintJob.ack, PrintJob.check_id, PrintJob.rerouted_from),
)
"""A job without its document, which may be long."""
_ATTEMPT = (PrintAttempt.copy_no, PrintAttempt.begun_at, PrintAttempt.ms, PrintAttempt.result, PrintAttempt.trouble)


@dataclass(frozen=True)
class Queue:
    """What waits at a printer: how many jobs, how many people are told of, since when, and what is wrong."""

    waiting: int = 0
    troubled: int = 0
    since: datetime | None = None
    trouble: str = ""


EMPTY = Queue()


async def printers(read: Read) -> list[dict[str, Any]]:
    """Every printer in use with its set-up, and those taken away at which something still waits."""
    busy = select(PrintJob.printer_id).where(PrintJob.state.in_(WAITING))
    found = select(Printer).where(Printer.active | Printer.id.in_(busy)).order_by(Printer.id)
    return [set_up_of(one) for one in await read.session.scalars(found)]


def set_up_of(printer: Printer) -> dict[str, Any]:
    """A printer with all that its set-up chooses."""
    return {name: getattr(printer, name) for name in SET_UP}


def named(printer: Printer) -> dict[str, Any]:
    """A printer as one among others to choose from."""
    return {"id": printer.id, "name": printer.name, "kind": printer.kind, "prints": printer.prints}


async def queues(read: Read) -> dict[int, Queue]:
    """What waits, by printer."""
    counted = (
        select(PrintJob.printer_id, func.count(), func.count(PrintJob.troubled_at), func.min(PrintJob.queued_at))
        .where(PrintJob.state.in_(WAITING))
        .group_by(PrintJob.printer_id)
    )
    rows = (await read.session.execute(counted)).all()
    words = await _troubles(read) if any(troubled for _, _, troubled, _ in rows) else {}
    return {one: Queue(count, troubled, since, words.get(one, "")) for one, count, troubled, since in rows}


async def _troubles(read: Read) -> dict[int, str]:
    """What is wrong with the job that has waited longest, by printer."""
    in_trouble = (PrintJob.state.in_(WAITING), PrintJob.troubled_at.is_not(None))
    first = select(func.min(PrintJob.id)).where(*in_trouble).group_by(PrintJob.printer_id)
    found = select(PrintJob.printer_id, PrintJob.trouble).where(PrintJob.id.in_(first))
    return {printer_id: trouble or "" for printer_id, trouble in await read.session.execute(found)}


async def waiting(read: Read, printer_id: int, after: int = 0) -> list[dict[str, Any]]:
    """The next jobs of a printer that are not on paper, in the order they will be printed, after this one."""
    mine = (PrintJob.printer_id == printer_id, PrintJob.state.in_(WAITING), PrintJob.id > after)
    return await _jobs(read, *mine)


async def done(read: Read, printer_id: int, before: int = 0) -> list[dict[str, Any]]:
    """What a printer printed, handed on or was not to print any more, the newest first, before this one."""
    older = (PrintJob.id < before,) if before else ()
    return await _jobs(read, PrintJob.printer_id == printer_id, PrintJob.state.not_in(WAITING), *older, down=True)


async def _jobs(read: Read, *which: ColumnElement[bool], down: bool = False) -> list[dict[str, Any]]:
    order = PrintJob.id.desc() if down else PrintJob.id
    found = await read.session.execute(select(*_JOB).where(*which).order_by(order).limit(PAGE))
    return [told(row._asdict()) for row in found]


def told(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its instants as text."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


async def tries(read: Read, job_id: int) -> list[dict[str, Any]]:
    """The last tries to print a job, the newest first."""
    mine = select(*_ATTEMPT).where(PrintAttempt.job_id == job_id).order_by(PrintAttempt.id.desc()).limit(SHOWN)
    return [told(row._asdict()) for row in await read.session.execute(mine)]


def job_of(job: PrintJob) -> dict[str, Any]:
    """A job as it is shown by itself."""
    return told({column.key: getattr(job, column.key) for column in _JOB})


async def words_on_paper(read: Read, job: PrintJob) -> list[str]:
    """A job's paper as plain lines; none when it cannot be laid out, which its trouble tells."""
    printer = (await read.session.scalars(select(Printer).where(Printer.id == job.printer_id))).one()
    try:
        return composing.words(job.document, printer)
    except (LookupError, TypeError, ValueError):
        log.debug("%s cannot be shown", job.cause, exc_info=True)
        return []


async def troubled_jobs(read: Read, printer_id: int) -> list[int]:
    """The jobs of a printer that people are told of, in order, as many as one tap may take."""
    mine = (PrintJob.printer_id == printer_id, PrintJob.state.in_(WAITING), PrintJob.troubled_at.is_not(None))
    found = select(PrintJob.id).where(*mine).order_by(PrintJob.id).limit(MOST_AT_ONCE)
    return list(await read.session.scalars(found))


async def troubles(read: Read) -> list[dict[str, Any]]:
    """The printers at which paper is not where it should be, each with what people are told of it."""
    by_printer: dict[int, list[queries.Troubled]] = {}
    for one in await queries.troubled(read):
        by_printer.setdefault(one.printer_id, []).append(one)
    return [_trouble(printer_id, papers) for printer_id, papers in by_printer.items()]


def _trouble(printer_id: int, papers: list[queries.Troubled]) -> dict[str, Any]:
    stuck = [one for one in papers if one.state != REROUTED]
    moved = [one for one in papers if one.state == REROUTED]
    return {
        "id": printer_id,
        "name": papers[0].printer,
        "since": min(one.since for one in stuck or papers).isoformat(),
        "trouble": next((one.trouble for one in [*stuck, *papers] if one.trouble), ""),
        "count": len(stuck),
        "jobs": [_paper(one) for one in stuck[:SHOWN]],
        "moved": len(moved),
        "moved_at": max(one.since for one in moved).isoformat() if moved else None,
        "by": next((one.by for one in reversed(moved) if one.by), ""),
    }


def _paper(one: queries.Troubled) -> dict[str, Any]:
    return {"id": one.job_id, "kind": one.kind, "label": one.label, "state": one.state, "check_id": one.check_id}


async def each(jobs: list[int], do: Callable[[int], Awaitable[object]]) -> int:
    """Do it with each of these jobs; what moved on meanwhile is left alone. Returns with how many it was done."""
    count = 0
    for job_id in jobs:
        with suppress(JobMovedOn):
            await do(job_id)
            count += 1
    return count
