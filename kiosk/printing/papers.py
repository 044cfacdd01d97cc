"""What screens say of papers that did not come, and what is looked up of a check's papers when more are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import select

from kiosk.core.db import Read
from kiosk.printing.documents import KitchenSlip
from kiosk.printing.models import JobState, PrintJob
from kiosk.printing.queries import Troubled, troubled

WORST_FIRST = ("failed", "held", "doubt", "waiting", "rerouted")


@dataclass
class Remembered:
    """What screens were last told of papers, by check: a slip that is printed as it should be is no news."""

    _told: dict[int, Any] = field(default_factory=dict)

    def keep(self, check_id: int, told: Any) -> None:
        """Screens are told this of a check's papers; nothing where all is well."""
        if told:
            self._told[check_id] = told
        else:
            self._told.pop(check_id, None)

    def is_news(self, check_id: int, told: Any) -> bool:
        """Whether screens know otherwise."""
        return (self._told.get(check_id) or None) != (told or None)


async def of_checks(read: Read, check_ids: Collection[int]) -> dict[int, list[Troubled]]:
    """By check, its papers that people should know about, the oldest first; one SELECT however many checks."""
    found: dict[int, list[Troubled]] = defaultdict(list)
    for paper in await troubled(read, check_ids) if check_ids else ():
        found[paper.check_id or 0].append(paper)
    return found


def told(paper: Troubled) -> dict[str, Any]:
    """What a screen says of a paper: what became of it, at which printer, and which was used instead."""
    where = {"state": paper.state, "printer": paper.printer, "by": paper.by, "since": paper.since.isoformat()}
    return {"job_id": paper.job_id, "kind": paper.kind, **where, "trouble": paper.trouble}


def worst(papers: Sequence[Troubled]) -> dict[str, Any] | None:
    """What a tile says: the state of the worst paper, its printer, how many are in it. None: all is well."""
    if not papers:
        return None
    one = min(papers, key=lambda paper: (WORST_FIRST.index(paper.state), paper.job_id))
    count = sum(paper.state == one.state for paper in papers)
    where = {"state": one.state, "printer": one.printer, "by": one.by, "since": one.since.isoformat()}
    return {**where, "count": count}


async def causes_of(read: Read, check_id: int) -> list[str]:
    """The cause of each of the kitchen's papers for a check that was not called off, one for each of its printers."""
    mine = (PrintJob.check_id == check_id, PrintJob.kind == KitchenSlip.KIND, PrintJob.state != JobState.CANCELLED)
    return list(await read.session.scalars(select(PrintJob.cause).where(*mine)))


class Last(NamedTuple):
    """A paper and what caused it."""

    cause: str
    document: dict[str, Any]


async def last_of_check(read: Read, check_id: int, kind: str) -> Last | None:
    """The paper of this kind that was last printed for a check, or is to be."""
    mine = (PrintJob.check_id == check_id, PrintJob.kind == kind, PrintJob.state != JobState.CANCELLED)
    found = select(PrintJob.cause, PrintJob.document).where(*mine).order_by(PrintJob.id.desc()).limit(1)
    row = (await read.session.execute(found)).one_or_none()
    return Last(*row) if row else None
