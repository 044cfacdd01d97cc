"""`kiosk export accounting`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from exports.accounting import Posting, write_journal
from exports.errors import ExportRefused
from kiosk.core.db import Database
from kiosk.core.models import Venue
from kiosk.core.settings import load_settings
from kiosk.reports.errors import ReportRefused
from kiosk.reports.ledgers import journal
from kiosk.reports.ledgers_errors import NotForJournals
from kiosk.reports.rules import day_of
from kiosk.reports.takings import business_today

SUFFIX = ".csv"


def export_accounting(
    first: Annotated[str, typer.Argument(metavar="FROM", help="The first business day.")],
    last: Annotated[str, typer.Argument(metavar="TO", help="The last business day, included.")],
    out: Annotated[Path | None, typer.Option("--out", help="The file, ending in .csv.")] = None,
) -> None:
    """Write the accountant's journal of closed business days: double entry, debits and credits equal every day.

    The accounts are the house's: `kiosk rules accounts` shows them, `kiosk rules accounts "tips=2310, safe=1050"`
    chooses them.
    """
    if out and out.suffix.lower() != SUFFIX:
        raise NotForJournals(out)
    venue, postings = asyncio.run(_read(first, last))
    target = out or Path(f"kiosk-accounting-{first}-to-{last}{SUFFIX}")
    try:
        write_journal(postings, venue.currency.code, venue.currency.decimals, target)
    except ExportRefused as refusal:
        raise ReportRefused(str(refusal)) from refusal
    typer.echo(f"The journal is in {target}.")


async def _read(first: str, last: str) -> tuple[Venue, list[Posting]]:
    db = Database(load_settings().database_url)
    try:
        async with db.read() as read:
            today = await business_today(read)
            return await read.venue(), await journal(read, day_of(first, today), day_of(last, today))
    finally:
        await db.close()
