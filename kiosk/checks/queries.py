"""What is read of checks: whole for the waiter's pad, summed up for the floor, locked for gestures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, Update, bindparam, delete, func, select, update

from kiosk.checks import view
from kiosk.checks.errors import CheckClosed, CheckGone, DiscountGone, LineGone
from kiosk.checks.models import Check, CheckDiscount, CheckLine, CheckState, LineState
from kiosk.checks.reckoned import charging, discounts_of
from kiosk.checks.reckoning import tax_rules
from kiosk.checks.rules import Sums
from kiosk.checks.tile import NextCourse, Summary, summary
from kiosk.checks.view import UNFIRED, Surroundings
from kiosk.core import clock
from kiosk.core.db import AS_IT_IS_NOW, Read, Tx
from kiosk.core.packets import Asked
from kiosk.kitchen import queries as kitchen
from kiosk.menu import queries as menu
from kiosk.staff import queries as staff

__all__ = ["NextCourse", "Summary", "tax_rules"]
_LOCKED = select(Check).where(Check.id == bindparam("mine")).with_for_update()
_LINES = select(CheckLine).where(CheckLine.check_id == bindparam("its_check")).order_by(CheckLine.id)
_THESE = select(Check).where(Check.id.in_(bindparam("those", expanding=True)))
_THEIR_LINES = select(CheckLine).where(CheckLine.check_id.in_(bindparam("those", expanding=True)))
_THEIR_LINES = _THEIR_LINES.order_by(CheckLine.check_id, CheckLine.id)
"""Made once, because every act on a check carries them out."""


def locked(check_id: int) -> Asked:
    """The check, kept from others until the commit; what `lock` asks, for those who look up more at the same time."""
    return _LOCKED, {"mine": check_id}


def every_line(check_id: int) -> Asked:
    """What `lines_of` asks, for those who look up more at the same time."""
    return _LINES, {"its_check": check_id}


async def lock(tx: Tx, check_id: int) -> Check:
    """The check, kept from others until the commit; refused when it is not open."""
    ((*found,),) = await tx.look_up(locked(check_id))
    if not found:
        raise CheckGone
    return must_be_open(found[0])


def must_be_open(check: Check) -> Check:
    """The check, refused when it is not open."""
    if check.state is not CheckState.OPEN:
        raise CheckClosed(check.number)
    return check


async def lock_all(tx: Tx, check_ids: Collection[int], *, open_only: bool = True) -> dict[int, Check]:
    """Several checks, kept from others until the commit, in the order of their ids, which is the order of locks."""
    found = select(Check).where(Check.id.in_(check_ids)).order_by(Check.id).with_for_update()
    checks = {check.id: check for check in await tx.session.scalars(found.execution_options(**AS_IT_IS_NOW))}
    if set(check_ids) - set(checks):
        raise CheckGone
    for check in checks.values() if open_only else ():
        must_be_open(check)
    return checks


async def lock_of_line(tx: Tx, line_id: int) -> tuple[Check, CheckLine]:
    """The line with its check locked first, also when it moved to another check while that lock was waited for."""
    line = await _line(tx, line_id)
    while True:
        check = await lock(tx, line.check_id)
        line = await _line(tx, line_id)
        if line.check_id == check.id:
            return check, line


async def _line(tx: Tx, line_id: int) -> CheckLine:
    found = select(CheckLine).where(CheckLine.id == line_id).execution_options(**AS_IT_IS_NOW)
    line = (await tx.session.scalars(found)).one_or_none()
    if line is None:
        raise LineGone
    return line


async def check_of_discount(read: Read, discount_id: int) -> int:
    """The check that a discount is on now. Raises DiscountGone."""
    found = await read.session.scalars(select(CheckDiscount.check_id).where(CheckDiscount.id == discount_id))
    check_id = found.one_or_none()
    if check_id is None:
        raise DiscountGone
    return check_id


async def lines_of(read: Read, check_id: int) -> list[CheckLine]:
    """Every line of a check in the order rung, voided ones too."""
    (lines,) = await read.look_up(every_line(check_id))
    return list(lines)


async def other_parts(read: Read, line: CheckLine) -> list[CheckLine]:
    """The other lines of the set menu that a line is part of; none for a line by itself."""
    if line.combo_id is None:
        return []
    parts = (CheckLine.check_id == line.check_id, CheckLine.combo_id == line.combo_id, CheckLine.id != line.id)
    found = select(CheckLine).where(*parts).order_by(CheckLine.id).execution_options(**AS_IT_IS_NOW)
    return list((await read.session.scalars(found)).all())


async def whole_lines(read: Read, line_ids: Collection[int]) -> list[CheckLine]:
    """These lines and all parts of the set menus they are of, in the order rung."""
    named = select(CheckLine).where(CheckLine.id.in_(line_ids)).execution_options(**AS_IT_IS_NOW)
    lines = {line.id: line for line in await read.session.scalars(named)}
    combos = {line.combo_id for line in lines.values()} - {None}
    if combos:
        homes = {line.check_id for line in lines.values()}
        parts = select(CheckLine).where(CheckLine.check_id.in_(homes), CheckLine.combo_id.in_(combos))
        found = await read.session.scalars(parts.execution_options(**AS_IT_IS_NOW))
        lines |= {line.id: line for line in found}
    return [lines[line_id] for line_id in sorted(lines)]


async def merged_into_id(read: Read, check_id: int) -> int | None:
    """Which check took the lines of this one."""
    return (await read.session.scalars(select(Check.merged_into_id).where(Check.id == check_id))).one_or_none()


async def closed_at(read: Read, check_ids: Collection[int]) -> dict[int, datetime]:
    """When those of these checks that are not open were paid, cancelled or merged."""
    found = select(Check.id, Check.closed_at).where(Check.id.in_(check_ids))
    return {check_id: at for check_id, at in await read.session.execute(found) if at is not None}


async def merged_under(read: Read, check_ids: Collection[int | None], root_id: int) -> set[int]:
    """Those among the checks that were merged into the root, or into one that was."""
    into: dict[int, int | None] = {}
    ask = {one for one in check_ids if one is not None}
    while ask:
        found = await read.session.execute(select(Check.id, Check.merged_into_id).where(Check.id.in_(ask)))
        into |= {check_id: other for check_id, other in found}
        ask = {other for other in into.values() if other is not None} - set(into)
    under, grown = {root_id}, True
    while grown:
        more = {one for one, other in into.items() if other in under} - under
        under, grown = under | more, bool(more)
    return under - {root_id}


async def set_lines(tx: Tx, line_ids: Sequence[int], **values: Any) -> int:
    """Change the same things on several lines at once."""
    if not line_ids:
        return 0
    return await tx.change(update(CheckLine).where(CheckLine.id.in_(line_ids)).values(**values))


def set_lines_later(tx: Tx, line_ids: Sequence[int], **values: Any) -> None:
    """The same with what is written at the end, for what this transaction does not read any more."""
    if line_ids:
        row = {"those": line_ids, **{f"its_{name}": value for name, value in values.items()}}
        tx.later(_setting(tuple(values)), row)


@cache
def _setting(names: tuple[str, ...]) -> Update:
    lines = cast(Table, CheckLine.__table__)
    those = lines.c.id.in_(bindparam("those", expanding=True))
    return update(lines).where(those).values({name: bindparam(f"its_{name}") for name in names})


async def take_discounts(tx: Tx, line_ids: Sequence[int], source: Check, to: Check) -> None:
    """The discounts of lines that go to another check go with them."""
    if source.discounted and line_ids:
        mine = update(CheckDiscount).where(CheckDiscount.line_id.in_(line_ids), CheckDiscount.check_id == source.id)
        if await tx.change(mine.values(check_id=to.id)):
            to.discounted = True


async def drop_discounts(tx: Tx, line_ids: Sequence[int]) -> None:
    """The discounts of lines that are taken off go with them."""
    await tx.change(delete(CheckDiscount).where(CheckDiscount.line_id.in_(line_ids)))


async def show_open_ids(read: Read, until: date | None = None) -> list[int]:
    """The ids of every open check, or of those of the business days up to one, in the order they were opened."""
    found = select(Check.id).where(Check.state == CheckState.OPEN)
    found = found if until is None else found.where(Check.business_day <= until)
    return list((await read.session.scalars(found.order_by(Check.id))).all())


async def show_drafting(read: Read, item_ids: Collection[int]) -> set[int]:
    """The open checks on which one of these items waits to be sent or fired."""
    open_ids = await show_open_ids(read) if item_ids else []
    waiting = (CheckLine.check_id.in_(open_ids), CheckLine.state.in_(UNFIRED), CheckLine.item_id.in_(item_ids))
    return set(await read.session.scalars(select(CheckLine.check_id).where(*waiting))) if open_ids else set()


async def is_open(read: Read, check_id: int) -> bool:
    found = await read.session.scalars(select(Check.state).where(Check.id == check_id))
    return found.one_or_none() is CheckState.OPEN


async def show_summaries(read: Read, check_ids: Sequence[int]) -> dict[int, Summary]:
    """The named checks as the floor shows them; a handful of selects however many."""
    if not check_ids:
        return {}
    checks, everything = await _with_lines(read, check_ids)
    lines: dict[int, list[CheckLine]] = defaultdict(list)
    for line in everything:
        lines[line.check_id].append(line)
    around = await _surroundings(read, checks, everything)
    waits = any(line.state in UNFIRED for line in everything)
    sold_out = await menu.sold_out_ids(read) if waits else set()
    return {check.id: summary(check, lines[check.id], around, sold_out) for check in checks}


async def _with_lines(read: Read, check_ids: Sequence[int]) -> list[list[Any]]:
    """These checks, and all their lines."""
    those = {"those": list(check_ids)}
    return await read.look_up((_THESE, those), (_THEIR_LINES, those))


async def _surroundings(read: Read, checks: Sequence[Check], lines: Sequence[CheckLine]) -> Surroundings:
    """What these checks and lines are shown with."""
    house = await charging(read, checks)
    at_work = [line.id for line in lines if line.state is LineState.FIRED]
    is_held = any(line.state is LineState.HELD for line in lines)
    return Surroundings(
        venue=house.venue,
        at=clock.now(),
        progress=await kitchen.show_progress_of(read, at_work),
        refired=await kitchen.show_refired(read, [line.id for line in lines if line.fired_at]),
        loads=await kitchen.show_load(read) if is_held else (),
        discounts=await discounts_of(read, checks),
        service_tax=house.service_tax,
    )


async def show_check(read: Read, check_id: int) -> dict[str, Any]:
    """The check as the waiter's pad shows it."""
    return (await show_bill(read, check_id))[0]


async def show_bill(read: Read, check_id: int) -> tuple[dict[str, Any], Sums]:
    """The check as the waiter's pad shows it, and what of it is open, to be shared; nothing once it is settled."""
    checks, lines = await _with_lines(read, [check_id])
    if not checks:
        raise CheckGone
    check = checks[0]
    around = await _surroundings(read, [check], lines)
    people = {one.id: one.name for one in await staff.show_people(read)}
    merged = await _merged_into(read, check_id, {line.came_from_id for line in lines} - {None})
    found = around.reckon(check, lines)
    shown = view.check(check, lines, found, replace(around, people=people, merged=merged))
    return shown, found.open if check.state is CheckState.OPEN else Sums()


async def _merged_into(read: Read, check_id: int, came_from: Collection[int | None]) -> list[dict[str, Any]]:
    """The checks whose lines are on this one because the parties came together: {id, number, label}."""
    if not came_from:
        return []
    found = select(Check.id, Check.number, Check.label).where(Check.id.in_(came_from), Check.merged_into_id == check_id)
    return [dict(row._mapping) for row in await read.session.execute(found.order_by(Check.number))]


async def show_held(read: Read, check_ids: Iterable[int] | None = None) -> dict[int, list[dict[str, Any]]]:
    """What is held back of these checks, or of all open ones, as the kitchen is told in advance."""
    found = select(CheckLine).join(Check, Check.id == CheckLine.check_id)
    found = found.where(Check.state == CheckState.OPEN, CheckLine.state == LineState.HELD)
    if check_ids is not None:
        found = found.where(CheckLine.check_id.in_(list(check_ids)))
    held: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for line in await read.session.scalars(found.order_by(CheckLine.course, CheckLine.id)):
        held[line.check_id].append(view.held(line))
    return dict(held)


async def checks_of_lines(read: Read, line_ids: Collection[int]) -> set[int]:
    """The checks that these lines are on now."""
    if not line_ids:
        return set()
    return set(await read.session.scalars(select(CheckLine.check_id).where(CheckLine.id.in_(line_ids)).distinct()))


async def newest_line(read: Read) -> int:
    """The largest id of a line, 0 where there is none."""
    return (await read.session.scalars(select(func.max(CheckLine.id)))).one() or 0
