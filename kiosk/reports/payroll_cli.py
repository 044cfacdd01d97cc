"""`kiosk export payroll`."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from exports.errors import ExportRefused
from exports.payroll import write_payroll
from kiosk.core.db import Database
from kiosk.core.money import Currency, percent_text
from kiosk.core.settings import load_settings
from kiosk.reports.errors import ReportRefused
from kiosk.reports.payroll import COLUMNS, Earner, payroll
from kiosk.reports.rules import day_of, hours_text
from kiosk.reports.takings import business_today

Found = tuple[list[Earner], date, date, Currency]


def export_payroll(
    first: Annotated[str, typer.Argument(metavar="FROM", help="The first business day.")],
    last: Annotated[str, typer.Argument(metavar="TO", help="The last business day, included.")],
    out: Annotated[Path | None, typer.Option("--out", help="The file, ending in .csv.")] = None,
) -> None:
    """Write for each person the hours at work, as sign-ins tell them, with wage, sales, commission and tips."""
    if out and out.suffix.lower() != ".csv":
        raise ReportRefused(f"{out} was not written: the payroll is a CSV file. Name it .csv.")
    works, since, until, currency = asyncio.run(_read(first, last))
    target = out or Path(f"kiosk-payroll-{since}-to-{until}.csv")
    try:
        write_payroll(COLUMNS, [_fields(one, since, until, currency) for one in works], target)
    except ExportRefused as refusal:
        raise ReportRefused(str(refusal)) from refusal
    typer.echo(f"The payroll is in {target}.")


def _fields(one: Earner, since: date, until: date, currency: Currency) -> list[str]:
    def money(amount: int | None) -> str:
        return "" if amount is None else currency.plain(amount)

    percent = "" if one.commission_ppm is None else percent_text(one.commission_ppm)
    time = [str(count) for count in (one.days, one.minutes, one.signed_in)]
    sold = [str(one.receipts), str(one.covers), *map(money, (one.sales, one.net, one.tips))]
    earned = [money(one.wage_an_hour), money(one.wage), percent, money(one.commission)]
    period = [one.person, since.isoformat(), until.isoformat()]
    return [*period, *time, hours_text(one.at_work), *sold, *earned, currency.code]


async def _read(first: str, last: str) -> Found:
    db = Database(load_settings().database_url)
    try:
        async with db.read() as read:
            today = await business_today(read)
            days = (day_of(first, today), day_of(last, today))
            return await payroll(read, *days), *days, (await read.venue()).currency
    finally:
        await db.close()
