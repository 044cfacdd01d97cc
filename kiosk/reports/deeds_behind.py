"""The entries of the journal behind a number of the leak report, the newest first."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, select

from kiosk.checks.models import Check, CheckLine
from kiosk.core.db import Read
from kiosk.core.models import JournalEntry
from kiosk.payments.models import Receipt
from kiosk.reports.deed_days import deed_days
from kiosk.reports.deeds import KINDS, TAKEN_BACK, told
from kiosk.reports.errors import FilterUnreadable
from kiosk.reports.ranges import Days

PAGE: Final = 50
AT_ONCE: Final = 400
"""Entries looked at in one go, so that nobody waits for years of them to be unpacked."""
KEYS: Final = frozenset({"kind", "reason", "person"})
INDEX: Final = "FORCE INDEX (ix_journal_entries_act)"


@dataclass(frozen=True)
class DeedsWanted:
    """Deeds of a range by `kind`, `reason` and `person`, any of which may be left open.

    `is_late` asks for those after the bill, `until` for those up to a moment; `before` is the last one of the page
    before.
    """

    days: Days
    key: Mapping[str, Any]
    before: int | None = None
    is_late: bool = False
    until: datetime | None = None


@dataclass(frozen=True)
class _Entry:
    seq: int
    at: datetime
    day: date
    act: str
    content: dict[str, Any]

    @property
    def details(self) -> dict[str, Any]:
        return dict(self.content["details"])

    def subject(self, kind: str) -> int | None:
        """The id of what it is about, where that is of this kind."""
        about, number = self.content["subject"]
        return int(number) if about == kind else None

    @property
    def receipt_id(self) -> int | None:
        named = self.details.get("receipt_id")
        return int(named) if named else self.subject("receipt")

    @property
    def line_id(self) -> int | None:
        named = self.details.get("line")
        return int(named) if named else None


async def deeds_behind(read: Read, wanted: DeedsWanted) -> dict[str, Any]:
    """A page of entries with their check and line, and the entry to go on from, or None at the end."""
    if not wanted.key.keys() <= KEYS:
        raise FilterUnreadable("key", str(dict(wanted.key)), "the key of a deed: kind, reason and person")
    found: list[_Entry] = []
    async for entry in _entries(read, wanted):
        if _is_wanted(entry, wanted):
            found.append(entry)
        if len(found) > PAGE:
            break
    page = found[:PAGE]
    return {"of": "deeds", "rows": await _rows(read, page), "next": page[-1].seq if len(found) > PAGE else None}


async def _entries(read: Read, wanted: DeedsWanted) -> AsyncIterator[_Entry]:
    """The entries that may be meant, the newest first, some at a time."""
    days, before = await deed_days(read, wanted.days), wanted.before
    columns = (JournalEntry.seq, JournalEntry.acted_at, JournalEntry.act, JournalEntry.body)
    while True:
        older = [JournalEntry.seq < before] if before is not None else []
        asked = (
            select(*columns)
            .where(days.within(), *_mine(wanted), *older)
            .order_by(JournalEntry.seq.desc())
            .limit(AT_ONCE)
        )
        hinted = asked.with_hint(JournalEntry, INDEX, "mysql").with_hint(JournalEntry, INDEX, "mariadb")
        some = (await read.session.execute(hinted)).all()
        for seq, at, act, body in some:
            if days.holds(seq, at) and (wanted.until is None or at <= wanted.until):
                yield _Entry(seq, at, days.of(seq, at), act, json.loads(body))
        if len(some) < AT_ONCE:
            return
        before = some[-1][0]


def _mine(wanted: DeedsWanted) -> Iterable[ColumnElement[bool]]:
    kind = wanted.key.get("kind")
    yield JournalEntry.act.in_([act for act, called in KINDS.items() if kind in {None, called}])
    for name in ("reason", "person"):
        if wanted.key.get(name):
            written = json.dumps(str(wanted.key[name]), ensure_ascii=False)[1:-1]
            yield JournalEntry.body.contains(written, autoescape=True)


def _is_wanted(entry: _Entry, wanted: DeedsWanted) -> bool:
    key, (_, after_bill, _) = told(entry.act, entry.content)
    named = dict(zip(("kind", "reason", "person"), key, strict=True))
    return all(named[name] == value for name, value in wanted.key.items()) and (after_bill > 0 or not wanted.is_late)


async def _rows(read: Read, page: list[_Entry]) -> list[dict[str, Any]]:
    receipts = await _by_id(read, Receipt, {entry.receipt_id for entry in page})
    lines = await _by_id(read, CheckLine, {entry.line_id for entry in page})
    checks = await _by_id(read, Check, {_check_id(entry, receipts) for entry in page})
    return [
        _row(entry, receipts.get(entry.receipt_id), lines.get(entry.line_id))
        | _of_check(checks.get(_check_id(entry, receipts)))
        for entry in page
    ]


async def _by_id(read: Read, table: Any, ids: Collection[int | None]) -> dict[int | None, Any]:
    known = [one for one in ids if one is not None]
    found = await read.session.scalars(select(table).where(table.id.in_(known)))
    return {one.id: one for one in found}


def _check_id(entry: _Entry, receipts: Mapping[int | None, Receipt]) -> int | None:
    receipt = receipts.get(entry.receipt_id)
    return entry.subject("check") or (receipt.check_id if receipt else None)


def _row(entry: _Entry, receipt: Receipt | None, line: CheckLine | None) -> dict[str, Any]:
    (kind, reason, person), (times, after_bill, amount) = told(entry.act, entry.content)
    details, approver = entry.details, entry.content["approved_by"]
    is_priced = entry.act == "price_typed"
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "day": entry.day.isoformat(),
        "kind": kind,
        "is_taken_back": entry.act in TAKEN_BACK,
        "reason": reason,
        "person": person,
        "approver": approver[1] if approver else None,
        "times": times,
        "after_bill": bool(after_bill),
        "amount": details.get("price") if is_priced else amount,
        "line": (details.get("name") if line is None or "portion" in details else line.name) or "",
        "portion": (line.portion_name if line else details.get("portion")) or "",
        "quantity": details.get("quantity"),
        "till": details.get("till"),
        "receipt_id": receipt.id if receipt else None,
        "receipt": receipt.number if receipt else None,
    }


def _of_check(check: Check | None) -> dict[str, Any]:
    if check is None:
        return {"check_id": None, "check": None, "label": ""}
    return {"check_id": check.id, "check": check.number, "label": check.label}
