"""`kiosk bench fill`: a past to measure with."""

from __future__ import annotations

import asyncio
import time
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import select

from kiosk.core import clock
from kiosk.core.actor import command_line
from kiosk.core.db import Database, Tx
from kiosk.core.ids import use_node
from kiosk.core.journal import Act
from kiosk.core.settings import load_settings
from kiosk.payments.models import Receipt
from kiosk.reports.believable import COLUMNS, DAYS, SERIES, Batch, History, Place
from kiosk.reports.errors import NotForMeasuring
from kiosk.reports.ranges import ONE
from kiosk.reports.rolling import forget, roll_missing
from kiosk.reports.sales import insert_rows

AT_ONCE = 8000
"""Receipts in one transaction."""
NODE = 31
bench = typer.Typer(no_args_is_help=True, help="Measure the kiosk with a past that never was.")


@bench.callback()
def measuring() -> None:
    """Measure the kiosk with a past that never was."""


@bench.command()
def fill(
    receipts: Annotated[int, typer.Option(min=1, max=20_000_000, help="How many receipts.")] = 1_000_000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same past.")] = 1,
) -> None:
    """Give an empty kiosk three years of believable receipts, to measure its reports with."""
    use_node(NODE)
    say = Console(highlight=False, stderr=True)
    began = time.perf_counter()
    with Progress(console=say, transient=True, disable=not say.is_terminal) as bar:
        work = bar.add_task("Receipts", total=receipts)
        lines = asyncio.run(_with_database(receipts, seed, lambda count: bar.advance(work, count)))
    took = time.perf_counter() - began
    typer.echo(f"{receipts:,} receipts with {lines:,} lines in {took:.0f} s, {lines / took:,.0f} lines a second.")


async def _with_database(receipts: int, seed: int, tell: Any) -> int:
    db = Database(load_settings().database_url)
    try:
        lines = await fill_with(db, receipts, seed, tell)
        await roll_missing(db)
        await db.run(_end)
    finally:
        await db.close()
    return lines


async def fill_with(db: Database, receipts: int, seed: int, tell: Any = lambda _count: None) -> int:
    """Make the past of a kiosk that has none; its last day is yesterday. Returns how many lines were written."""
    async with db.read() as read:
        venue = await read.venue()
        if (await read.session.scalars(select(Receipt.id).limit(1))).first() is not None:
            raise NotForMeasuring
    last = clock.business_day(clock.now(), timezone=venue.timezone, cutover_minutes=venue.cutover_minutes) - ONE
    history = History(Place(venue.id, venue.currency_code, venue.timezone), last, receipts, seed)
    await db.run(lambda tx: _begin(tx, venue.id, last, receipts, seed))
    lines, batch = 0, Batch()
    for day in history.days():
        batch.take(day)
        if batch.receipts >= AT_ONCE:
            lines += await _write(db, batch, tell)
            batch = Batch()
    return lines + await _write(db, batch, tell)


async def _begin(tx: Tx, venue_id: int, last: date, receipts: int, seed: int) -> None:
    await forget(tx, [last - (DAYS - 1) * ONE, last])
    told = {"series": SERIES, "receipts": receipts, "seed": seed}
    tx.record(Act("history_made", "venue", venue_id, command_line(venue_id), told))


async def _end(tx: Tx) -> None:
    """A kiosk that runs meanwhile hears of it, as of a history that was imported."""
    venue = await tx.venue()
    tx.record(Act("history_filled", "venue", venue.id, command_line(venue.id), {"series": SERIES}))


async def _write(db: Database, batch: Batch, tell: Any) -> int:
    async def write(tx: Tx) -> None:
        for table, columns in COLUMNS.items():
            await insert_rows(tx, table, columns, batch.rows[table])

    await db.run(write, seconds=600)
    tell(batch.receipts)
    return batch.lines
