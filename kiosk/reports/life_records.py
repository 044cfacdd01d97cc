"""What the journal and the rows know of a check and of every line that was ever on it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from sqlalchemy import select

from kiosk.checks.errors import CheckGone
from kiosk.checks.models import Check, CheckLine
from kiosk.core.db import Read
from kiosk.core.models import JournalEntry, Venue
from kiosk.reports.life_telling import lines_of
from kiosk.reports.life_words import Entry
from kiosk.staff.models import Person

MOVES: Final = {
    "lines_moved": "to",
    "lines_came": "from",
    "lines_went": "to",
    "check_merged": "into",
    "check_unmerged": "from",
}
"""Acts that take lines to another check or bring them from there, and what they call it."""
MONEY: Final = ("bill_asked", "settled")
IN_ONE_LIST: Final = 500


@dataclass
class Records:
    """What is known of a check and of the lines that were ever on it."""

    check: Check
    venue: Venue
    entries: dict[int, Entry] = field(default_factory=dict)
    rows: dict[int, CheckLine] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)

    @property
    def own(self) -> list[Entry]:
        """The entries about the check itself, in order."""
        mine = ("check", self.check.id)
        return [entry for entry in self.entries.values() if (entry.kind, entry.subject) == mine]

    @property
    def of_check(self) -> list[Entry]:
        """The entries about the check itself and about its receipts, in order."""
        return [entry for entry in self.entries.values() if entry.kind == "receipt" or entry.subject == self.check.id]

    @cached_property
    def by_line(self) -> dict[int, list[Entry]]:
        """The entries that name each line, in order; known once everything is read."""
        found: dict[int, list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            for line_id in set(lines_of(entry)):
                found[line_id].append(entry)
        return found

    @cached_property
    def bills(self) -> list[Entry]:
        """When bills were asked for and shares were paid, in order."""
        return [entry for entry in self.entries.values() if entry.act in MONEY]

    def line_ids(self) -> set[int]:
        """Every line that is on the check, or that one of its entries names."""
        here = {line.id for line in self.rows.values() if line.check_id == self.check.id}
        return here | {line_id for entry in self.own for line_id in lines_of(entry)}


def name_of(number: int, label: str) -> str:
    """What people call a check: check 41 (12)."""
    return f"check {number} ({label})" if label else f"check {number}"


async def read_records(read: Read, check_id: int) -> Records:
    """Everything about a check, also from the checks its lines came from or went to. Raises CheckGone."""
    check = (await read.session.scalars(select(Check).where(Check.id == check_id))).one_or_none()
    if check is None:
        raise CheckGone
    records = Records(check, await read.venue())
    here = select(CheckLine).where(CheckLine.check_id == check_id)
    records.rows |= {line.id: line for line in await read.session.scalars(here)}
    await _follow(read, records)
    gone = records.line_ids() - set(records.rows)
    for some in _batches(gone):
        found = await read.session.scalars(select(CheckLine).where(CheckLine.id.in_(some)))
        records.rows |= {line.id: line for line in found}
    receipts = {entry.details["receipt_id"] for entry in records.own if "receipt_id" in entry.details}
    await _entries(read, records, "receipt", receipts)
    await _name(read, records)
    return records


async def _follow(read: Read, records: Records) -> None:
    """The entries of the check, and of every check on which one of its lines ever was."""
    seen: set[int] = set()
    ask = {records.check.id}
    while ask:
        await _entries(read, records, "check", ask)
        seen |= ask
        mine = records.line_ids()
        ask = {_other(entry) for entry in records.entries.values() if mine.intersection(lines_of(entry))} - seen - {0}


def _other(entry: Entry) -> int:
    """The check on the other side of a move; 0 when nothing moved."""
    there = entry.details.get(MOVES.get(entry.act, ""))
    return there if isinstance(there, int) else 0


async def _entries(read: Read, records: Records, kind: str, ids: Collection[int]) -> None:
    of_venue = (JournalEntry.venue_id == records.venue.id, JournalEntry.subject_kind == kind)
    for some in _batches(ids):
        found = select(JournalEntry.seq, JournalEntry.acted_at, JournalEntry.body).where(*of_venue)
        for seq, at, body in await read.session.execute(found.where(JournalEntry.subject_id.in_(some))):
            records.entries[seq] = _entry(seq, at, json.loads(body))
    records.entries = dict(sorted(records.entries.items()))


def _entry(seq: int, at: datetime, told: dict[str, Any]) -> Entry:
    approver = told["approved_by"][1] if told["approved_by"] else None
    kind, subject = told["subject"]
    person_id, name = told["by"]
    by = f"The {name}" if person_id is None else name
    return Entry(seq, at, told["act"], kind, subject, by, approver, told["details"])


async def _name(read: Read, records: Records) -> None:
    """What the other checks are called, and who rang the lines."""
    checks = {other for entry in records.entries.values() if (other := _other(entry))} | {records.check.id}
    checks |= {line.check_id for line in records.rows.values()}
    for some in _batches(checks):
        found = select(Check.id, Check.number, Check.label).where(Check.id.in_(some))
        records.names |= {one: name_of(number, label) for one, number, label in await read.session.execute(found)}
    records.people = {one: name for one, name in await read.session.execute(select(Person.id, Person.name))}


def _batches(ids: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(ids)
    return (ordered[start : start + IN_ONE_LIST] for start in range(0, len(ordered), IN_ONE_LIST))
