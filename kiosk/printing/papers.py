"""What screens say of papers that did not come, and what is looked up of a check's papers when more are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, or_, select

from kiosk.core.db import Read
from kiosk.printing.documents import KitchenSlip
from kiosk.printing.models import JobState, PrintJob
from kiosk.printing.queries import WAITING, Troubled, troubled

WORST_FIRST = ("failed", "held", "doubt", "waiting", "rerouted")
IN_WORDS = {
    "failed": "was not printed",
    "held": "is stuck in the printer",
    "doubt": "may not be on paper",
    "waiting": "is not on paper yet",
}
WHAT = {"kitchen": "The kitchen's slip", "bill": "The bill"}


_IN_TROUBLE = select(PrintJob.check_id).where(
    PrintJob.check_id.in_(bindparam("papers_of", expanding=True)),
    or_(PrintJob.state == JobState.REROUTED, PrintJob.state.in_(WAITING) & PrintJob.troubled_at.is_not(None)),
)
"""Made once, because every change of a check asks."""


async def of_checks(read: Read, check_ids: Collection[int]) -> dict[int, list[Troubled]]:
    """By check, its papers that people should know about, the oldest first; one SELECT where all is well."""
    found: dict[int, list[Troubled]] = defaultdict(list)
    if not check_ids:
        return found
    (concerned,) = await read.look_up((_IN_TROUBLE, {"papers_of": list(check_ids)}))
    for paper in await troubled(read, {check_id for (check_id,) in concerned}) if concerned else ():
        found[paper.check_id or 0].append(paper)
    return found


def told(paper: Troubled) -> dict[str, Any]:
    """What a screen says of a paper: what became of it, at which printer, and which was used instead."""
    where = {"state": paper.state, "printer": paper.printer, "by": paper.by, "since": paper.since.isoformat()}
    return {"job_id": paper.job_id, "kind": paper.kind, **where, "says": _in_words(paper)}


def worst(papers: Sequence[Troubled]) -> dict[str, Any] | None:
    """What a tile says: the state of the worst paper, its printer, how many are in it. None: all is well."""
    if not papers:
        return None
    one = min(papers, key=lambda paper: (WORST_FIRST.index(paper.state), paper.job_id))
    return {**told(one), "count": sum(paper.state == one.state for paper in papers)}


def _in_words(paper: Troubled) -> str:
    what = WHAT.get(paper.kind, "A paper")
    if paper.state == "rerouted":
        return f"{what} comes from {paper.by or 'another printer'} instead of {paper.printer}."
    why = (paper.trouble or "it waits for its turn").removeprefix(f"{paper.printer}: ").rstrip(".")
    named = why if paper.printer in why else f"{paper.printer}: {why[:1].lower()}{why[1:]}"
    return f"{what} {IN_WORDS[paper.state]}. {named}."


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
    found = select(PrintJob.id, PrintJob.cause, PrintJob.document).where(*mine)
    rows = (await read.session.execute(found)).all()
    last = max(rows, key=lambda row: row.id, default=None)
    return Last(last.cause, last.document) if last else None
