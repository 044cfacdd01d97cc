"""Stations that print, and the slips that wait at their printers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from kiosk.core.db import Database
from kiosk.printing import service as printing
from kiosk.printing.models import JobState, Printer, PrintJob
from tests.support.house import House


async def with_printers(house: House, *stations: str) -> dict[str, int]:
    """A printer for each of these stations; returns their ids."""
    return {
        code: await house.act(printing.add_printer, code=code, name=code.title(), prints=[f"station:{code}"])
        for code in stations
    }


async def papers(db: Database, kind: str = "kitchen") -> list[PrintJob]:
    """Every paper of a kind that was not called off, in the order in which printers take them."""
    mine = (PrintJob.kind == kind, PrintJob.state != JobState.CANCELLED)
    async with db.read() as read:
        return list(await read.session.scalars(select(PrintJob).where(*mine).order_by(PrintJob.id)))


async def told(db: Database) -> list[tuple[str, str, str, list[str]]]:
    """The kitchen's papers in short: printer, act, table, dishes."""
    async with db.read() as read:
        names = {row.id: row.name for row in await read.session.execute(select(Printer.id, Printer.name))}
    return [
        (names[job.printer_id], job.document["act"], _table(job.document), _dishes(job.document))
        for job in await papers(db)
    ]


def _table(slip: dict[str, Any]) -> str:
    return f"{slip['was_table']} to {slip['table']}" if slip["was_table"] else str(slip["table"])


def _dishes(slip: dict[str, Any]) -> list[str]:
    return [f"{dish['quantity']} {dish['name']}" for group in slip["groups"] for dish in group["dishes"]]


async def set_jobs(db: Database, *which: Any, **values: Any) -> None:
    """Let jobs be in another state, as a worker would leave them."""
    await db.run(lambda tx: tx.change(update(PrintJob).where(*which).values(**values)))
