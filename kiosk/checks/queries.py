"""What is read of checks: whole for the waiter's pad, summed up for the floor, locked for gestures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from kiosk.checks import rules
from kiosk.checks.errors import CheckClosed, CheckGone, LineGone
from kiosk.checks.models import Check, CheckLine, CheckState, LineState
from kiosk.core.db import AS_IT_IS_NOW, Read, Tx
from kiosk.core.models import Venue
from kiosk.core.money import Money
from kiosk.kitchen import queries as kitchen

DEAD = (LineState.VOIDED,)


@dataclass(frozen=True)
class Summary:
    """A check as its table's tile shows it."""

    check_id: int
    number: int
    covers: int
    waiter: str
    waiter_id: int | None
    step: rules.Step
    since: datetime
    total: Money
    ready: int
    draft: int


def tax_rules(venue: Venue) -> rules.TaxRules:
    """The venue's settings as the sums need them."""
    return rules.TaxRules(venue.prices_include_tax, venue.tax_per_line, venue.rounding)


def sums_of(lines: Iterable[CheckLine], venue: Venue) -> rules.Sums:
    """What these lines come to; voided ones count nothing."""
    live = [rules.Priced(line.amount, line.rate_ppm) for line in lines if line.state not in DEAD]
    return rules.sums(live, tax_rules(venue))


async def lock(tx: Tx, check_id: int) -> Check:
    """The check, kept from others until the commit; refused when it is not open."""
    found = select(Check).where(Check.id == check_id).with_for_update().execution_options(**AS_IT_IS_NOW)
    check = (await tx.session.scalars(found)).one_or_none()
    if check is None:
        raise CheckGone
    if check.state is not CheckState.OPEN:
        raise CheckClosed(check.number)
    return check


async def lock_of_line(tx: Tx, line_id: int) -> tuple[Check, CheckLine]:
    """The line with its check locked first."""
    check_id = (await tx.session.scalars(select(CheckLine.check_id).where(CheckLine.id == line_id))).one_or_none()
    if check_id is None:
        raise LineGone
    check = await lock(tx, check_id)
    found = select(CheckLine).where(CheckLine.id == line_id).execution_options(**AS_IT_IS_NOW)
    line = (await tx.session.scalars(found)).one_or_none()
    if line is None:
        raise LineGone
    return check, line


async def lines_of(read: Read, check_id: int) -> list[CheckLine]:
    """Every line of a check in the order rung, voided ones too."""
    found = select(CheckLine).where(CheckLine.check_id == check_id).order_by(CheckLine.id)
    return list((await read.session.scalars(found.execution_options(**AS_IT_IS_NOW))).all())


async def set_lines(tx: Tx, line_ids: Sequence[int], **values: Any) -> int:
    """Change the same things on several lines at once."""
    return await tx.change(update(CheckLine).where(CheckLine.id.in_(line_ids)).values(**values))


async def show_open_ids(read: Read) -> list[int]:
    """The ids of every open check."""
    return list((await read.session.scalars(select(Check.id).where(Check.state == CheckState.OPEN))).all())


async def is_open(read: Read, check_id: int) -> bool:
    found = await read.session.scalars(select(Check.state).where(Check.id == check_id))
    return found.one_or_none() is CheckState.OPEN


async def show_summaries(read: Read, check_ids: Sequence[int]) -> dict[int, Summary]:
    """The named checks as the floor shows them; three selects however many."""
    if not check_ids:
        return {}
    checks = (await read.session.scalars(select(Check).where(Check.id.in_(check_ids)))).all()
    lines: dict[int, list[CheckLine]] = defaultdict(list)
    for line in await read.session.scalars(select(CheckLine).where(CheckLine.check_id.in_(check_ids))):
        lines[line.check_id].append(line)
    progress = await kitchen.show_progress(read, check_ids)
    venue = await read.venue()
    return {check.id: _summary(check, lines[check.id], progress, venue) for check in checks}


def _summary(check: Check, lines: list[CheckLine], progress: dict[int, datetime | None], venue: Venue) -> Summary:
    live = [line for line in lines if line.state not in DEAD]
    return Summary(
        check.id,
        check.number,
        check.covers,
        check.waiter,
        check.waiter_id,
        rules.step(
            is_open=check.state is CheckState.OPEN,
            bill_asked=check.bill_asked_at is not None,
            live_lines=len(live),
            served_lines=sum(line.state is LineState.SERVED for line in live),
        ),
        _since(check, live),
        sums_of(lines, venue).total,
        sum(line.state is LineState.FIRED and progress.get(line.id) is not None for line in live),
        sum(line.state is LineState.DRAFT for line in live),
    )


def _since(check: Check, live: list[CheckLine]) -> datetime:
    """When the party reached its step: closed, asked for the bill, was last fired for or served, first ordered, sat."""
    steps = [at for line in live for at in (line.fired_at, line.served_at) if at]
    first_order = min((line.rung_at for line in live), default=check.opened_at)
    return check.closed_at or check.bill_asked_at or max(steps, default=first_order)


async def show_check(read: Read, check_id: int) -> dict[str, Any]:
    """The check as the waiter's pad shows it."""
    check = (await read.session.scalars(select(Check).where(Check.id == check_id))).one_or_none()
    if check is None:
        raise CheckGone
    lines = await lines_of(read, check_id)
    progress = await kitchen.show_progress(read, [check_id])
    venue = await read.venue()
    return {
        "id": check.id,
        "v": check.version,
        "number": check.number,
        "label": check.label,
        "covers": check.covers,
        "waiter": check.waiter,
        "dining": check.dining,
        "state": check.state,
        "opened_at": check.opened_at.isoformat(),
        "bill_asked_at": check.bill_asked_at.isoformat() if check.bill_asked_at else None,
        "lines": [_line(line, progress) for line in lines],
        "sums": _sums(lines, venue),
    }


def _sums(lines: list[CheckLine], venue: Venue) -> dict[str, Any]:
    whole = sums_of(lines, venue)
    unsent = sums_of([line for line in lines if line.state is LineState.DRAFT], venue)
    return {
        "lines": whole.lines,
        "tax_included": venue.prices_include_tax,
        "net": whole.net,
        "tax": whole.tax,
        "taxes": [{"rate_ppm": row.rate_ppm, "net": row.net, "tax": row.tax} for row in whole.by_rate],
        "total": whole.total,
        "draft": unsent.total,
        "sent": whole.total - unsent.total,
    }


def _line(line: CheckLine, progress: dict[int, datetime | None]) -> dict[str, Any]:
    ready_at = progress.get(line.id)
    return {
        "id": line.id,
        "item_id": line.item_id,
        "portion_id": line.portion_id,
        "name": line.name,
        "portion": line.portion_name,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "modifiers": line.modifiers,
        "amount": line.amount,
        "course": line.course,
        "seat_no": line.seat_no,
        "note": line.note,
        "is_allergy": line.is_allergy,
        "state": _shown_state(line, ready_at, is_cooking=line.id in progress),
        "stations": line.stations,
        "rung_at": line.rung_at.isoformat(),
        "fired_at": line.fired_at.isoformat() if line.fired_at else None,
        "ready_at": ready_at.isoformat() if ready_at else None,
        "void_reason": line.void_reason,
    }


def _shown_state(line: CheckLine, ready_at: datetime | None, *, is_cooking: bool) -> str:
    if line.state is not LineState.FIRED:
        return line.state
    if ready_at:
        return "ready"
    return "cooking" if is_cooking else "fired"
