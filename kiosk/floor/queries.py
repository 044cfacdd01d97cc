"""What the floor screen asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from kiosk.checks import queries as checks
from kiosk.checks.rules import Step
from kiosk.core.db import AS_IT_IS_NOW, Read, Tx
from kiosk.floor.errors import TableGone
from kiosk.floor.models import DiningTable, Seating, Section
from kiosk.staff.rules import initials

LIMITS = {"seated": 300, "ordered": 900, "served": 2400, "billing": 600, "paid": 480}
"""Seconds after which a step is late; start values of the design."""


async def show_floor(read: Read) -> dict[str, Any]:
    """Every section and every table with its state."""
    sections = (await read.session.scalars(select(Section).order_by(Section.position, Section.id))).all()
    return {
        "sections": [{"id": section.id, "name": section.name} for section in sections],
        "limits": LIMITS,
        "tables": await show_tables(read),
    }


async def show_tables(read: Read, table_ids: Iterable[int] | None = None) -> list[dict[str, Any]]:
    """The named tables, or all, as their tiles show them."""
    found = select(DiningTable).where(DiningTable.active).order_by(DiningTable.position, DiningTable.id)
    if table_ids is not None:
        found = found.where(DiningTable.id.in_(list(table_ids)))
    tables = list((await read.session.scalars(found)).all())
    seatings = await _held_by(read, [table.id for table in tables])
    summaries = await checks.show_summaries(read, [seating.check_id for seating in seatings.values()])
    keeps_paid = (await read.venue()).clear_tables
    return [_tile(table, seatings.get(table.id), summaries, keeps_paid=keeps_paid) for table in tables]


async def tables_of_checks(read: Read, check_ids: Sequence[int]) -> dict[int, int]:
    """Which table each of these checks was opened for."""
    found = select(Seating.check_id, Seating.table_id).where(Seating.check_id.in_(check_ids))
    return {check_id: table_id for check_id, table_id in await read.session.execute(found)}


async def lock_table(tx: Tx, table_id: int) -> DiningTable:
    """The table, kept from others until the commit."""
    found = select(DiningTable).where(DiningTable.id == table_id, DiningTable.active).with_for_update()
    table = (await tx.session.scalars(found.execution_options(**AS_IT_IS_NOW))).one_or_none()
    if table is None:
        raise TableGone
    return table


async def seating_of(tx: Tx, table_id: int) -> Seating | None:
    """The party that holds the table."""
    found = select(Seating).where(Seating.held_table_id == table_id).execution_options(**AS_IT_IS_NOW)
    return (await tx.session.scalars(found)).one_or_none()


async def _held_by(read: Read, table_ids: list[int]) -> dict[int, Seating]:
    if not table_ids:
        return {}
    found = await read.session.scalars(select(Seating).where(Seating.held_table_id.in_(table_ids)))
    return {seating.table_id: seating for seating in found}


def _tile(
    table: DiningTable, seating: Seating | None, summaries: dict[int, checks.Summary], *, keeps_paid: bool
) -> dict[str, Any]:
    tile: dict[str, Any] = {
        "id": table.id,
        "label": table.label,
        "section_id": table.section_id,
        "seats": table.seats,
        "state": "available",
    }
    if seating is None:
        return tile
    summary = summaries[seating.check_id]
    if summary.step is Step.PAID and not keeps_paid:
        return tile
    return tile | _party(summary) | {"seated_at": seating.seated_at.isoformat()}


def _party(summary: checks.Summary) -> dict[str, Any]:
    return {
        "state": summary.step,
        "since": summary.since.isoformat(),
        "covers": summary.covers,
        "waiter": summary.waiter,
        "waiter_id": summary.waiter_id,
        "initials": initials(summary.waiter),
        "total": summary.total,
        "check_id": summary.check_id,
        "check_number": summary.number,
        "ready": summary.ready,
        "draft": summary.draft,
    }
