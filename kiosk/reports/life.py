"""The life of a check and of each of its lines, read from the journal and from the lines themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from kiosk.checks.models import CheckLine, CheckState, LineState
from kiosk.core import clock
from kiosk.core.db import Read
from kiosk.reports.life_records import Records, name_of, read_records
from kiosk.reports.life_telling import of_check, of_line
from kiosk.reports.life_words import Entry, Event, Teller, many, quoted

STANDS: Final = {
    LineState.DRAFT: "Not sent",
    LineState.HELD: "Held",
    LineState.FIRED: "With the kitchen",
    LineState.SERVED: "Served",
    LineState.VOIDED: "Voided",
}


@dataclass(frozen=True)
class LineLife:
    """One line: what it is called, what it comes to, how it ended, and its story; `is_off` when nobody pays it here."""

    id: int
    title: str
    amount: int
    ended: str
    told: list[Event]
    is_off: bool = False

    @property
    def is_grave(self) -> bool:
        return any(event.is_grave for event in self.told)


@dataclass(frozen=True)
class Life:
    """A check, what became of it as a whole, and of every line that ever was on it."""

    id: int
    number: int
    title: str
    subtitle: str
    opened_at: datetime
    timezone: str
    told: list[Event]
    lines: list[LineLife]


async def show_life(read: Read, check_id: int) -> Life:
    """The life of a check. Raises CheckGone."""
    records = await read_records(read, check_id)
    teller = _teller(records)
    told = [event for entry in records.of_check if (event := of_check(entry, teller))]
    lines = [_line(records, line_id, teller) for line_id in records.line_ids()]
    lines.sort(key=lambda line: (line.told[0].at if line.told else records.check.opened_at, line.id))
    return Life(
        id=check_id,
        number=records.check.number,
        title=name_of(records.check.number, records.check.label),
        subtitle=_subtitle(records, teller),
        opened_at=records.check.opened_at,
        timezone=records.venue.timezone,
        told=_in_order(told),
        lines=lines,
    )


def _teller(records: Records) -> Teller:
    venue = records.venue

    def local(at: datetime) -> str:
        return clock.local(at, venue.timezone).strftime("%H:%M")

    return Teller(
        money=lambda amount: venue.currency.show(amount, venue.locale),
        clock=local,
        check=lambda check_id: records.names.get(check_id, "a check that is gone"),
    )


def _in_order(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda event: (event.at, event.entry or 0))


def _subtitle(records: Records, teller: Teller) -> str:
    check = records.check
    day = clock.local(check.opened_at, records.venue.timezone).strftime("%A %-d %B %Y")
    closed = f"{check.state.value} at {teller.clock(check.closed_at)}" if check.closed_at else "still open"
    guests = many(check.covers, "guest")
    return f"{day}, opened at {teller.clock(check.opened_at)}, {guests}, waiter {check.waiter}, {closed}"


def _line(records: Records, line_id: int, teller: Teller) -> LineLife:
    entries = records.by_line.get(line_id, [])
    told = [event for entry in entries if (event := of_line(entry, line_id, teller, _after(entry, records, teller)))]
    row, last = records.rows.get(line_id), _last_told(entries, line_id)
    if row is None and last is None:
        return LineLife(line_id, "A line that is gone", 0, "Gone", _in_order(told))
    title, amount = _title(row, last), row.amount if row else int((last or {}).get("amount", 0))
    rung = _rung(records, row, entries, last or {}, teller)
    is_off = row is None or row.state is LineState.VOIDED or row.check_id != records.check.id
    return LineLife(line_id, title, amount, _ended(records, row, entries), _in_order([*rung, *told]), is_off)


def _last_told(entries: list[Entry], line_id: int) -> dict[str, Any] | None:
    """What the journal keeps of a line that is told by itself."""
    told = [entry.details for entry in entries if entry.details.get("line") == line_id and "quantity" in entry.details]
    return told[-1] if told else None


def _title(row: CheckLine | None, told: dict[str, Any] | None) -> str:
    if row is not None:
        return _dish(row.quantity, row.name, row.portion_name)
    return _dish(told["quantity"], told["name"], told["portion"]) if told else ""


def _dish(quantity: int, name: str, portion: str) -> str:
    return f"{quantity} × {name}" + (f", {portion}" if portion else "")


def _rung(
    records: Records, row: CheckLine | None, entries: list[Entry], last: dict[str, Any], teller: Teller
) -> list[Event]:
    """Ringing is no entry of its own: the line tells of it, or the entry of its removal."""
    if row is None and "rung_at" not in last:
        return []
    at = row.rung_at if row else datetime.fromisoformat(last["rung_at"])
    who = records.people.get((row.rung_by if row else last.get("rung_by")) or 0, "The kiosk")
    seat = row.seat_no if row else last.get("seat_no")
    note = row.note if row else last.get("note")
    menu = f" as part of {row.combo_name}" if row and row.combo_name else ""
    said = (f" for seat {seat}" if seat else "") + (f", {quoted(note)}" if note else "")
    quantity, amount = _at_first(row, entries, last)
    what = f"{quantity} for {teller.money(amount)}"
    return [Event(at, "rung", f"{who} rang {what}{menu}{said}.")]


def _at_first(row: CheckLine | None, entries: list[Entry], last: dict[str, Any]) -> tuple[int, int]:
    """How many were rung and what they came to, before somebody took some off or added some."""
    quantity, amount = (row.quantity, row.amount) if row else (last["quantity"], last["amount"])
    each = amount // quantity if quantity else 0
    for entry in entries:
        if entry.act == "line_reduced":
            return entry.details["quantity"], entry.details["amount"]
        if entry.act == "line_changed" and "quantity" in entry.details.get("was", {}):
            return entry.details["was"]["quantity"], each * entry.details["was"]["quantity"]
    return quantity, amount


def _after(entry: Entry, records: Records, teller: Teller) -> str:
    """Whether the bill was out, or a part of it paid, when something was put right."""
    before = [one for one in records.bills if one.seq < entry.seq and one.subject == entry.subject]
    bills = [one for one in before if one.act == "bill_asked"]
    paid = [one for one in before if one.act == "settled"]
    said = [f"after the bill was asked for at {teller.clock(bills[-1].at)}"] if bills else []
    if paid:
        said.append(f"after receipt {paid[-1].details.get('receipt')} at {teller.clock(paid[-1].at)}")
    return "".join(f", {one}" for one in said)


def _ended(records: Records, row: CheckLine | None, entries: list[Entry]) -> str:
    """How a line stands now, in a few words."""
    if row is None:
        return "Removed"
    if row.state is LineState.VOIDED:
        return STANDS[row.state]
    if row.check_id != records.check.id:
        return f"On {records.names.get(row.check_id, 'another check')}"
    is_all = records.check.state is CheckState.CLOSED or row.paid >= row.amount
    return _paid(row, is_all, entries) or ("On the house" if row.comped_at else STANDS[row.state])


def _paid(row: CheckLine, is_all: bool, entries: list[Entry]) -> str:
    """On which receipts a line was paid, or given back; a payment that was undone counts for neither."""
    undone = {entry.details["of"] for entry in entries if entry.act == "payment_undone"}
    paid = [receipt for receipt in _receipts(entries, "settled", row.id) if receipt[0] not in undone]
    back = _receipts(entries, "refunded", row.id)
    if back:
        is_whole = sum(amount for _, amount in back) >= sum(amount for _, amount in paid)
        return _on("Given back" if is_whole else "Partly given back", back)
    if not paid:
        return ""
    return _on("Partly paid" if not is_all else "On the house" if row.comped_at else "Paid", paid)


def _receipts(entries: list[Entry], act: str, line_id: int) -> list[tuple[str, int]]:
    """The numbers of the receipts of an act, and what each has of the line."""
    lines = [(entry.details["receipt"], one) for entry in entries if entry.act == act for one in entry.details["lines"]]
    return [(number, abs(one[1])) for number, one in lines if one[0] == line_id]


def _on(how: str, receipts: list[tuple[str, int]]) -> str:
    numbers = [number for number, _ in receipts]
    return f"{how}, receipt{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"
