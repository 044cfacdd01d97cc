"""`kiosk sales import`, `kiosk report` and `kiosk export`."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress

from exports.errors import ExportRefused
from kiosk.core.actor import command_line
from kiosk.core.commanded import with_database
from kiosk.core.db import Database, Read
from kiosk.core.ids import NODES, use_node
from kiosk.core.models import Venue
from kiosk.reports import forms, printed, sales_cells
from kiosk.reports.book import LISTED, book_of
from kiosk.reports.errors import RangeBackwards, ReportRefused
from kiosk.reports.rules import Dimension, Takings, day_of
from kiosk.reports.sales import Imported, import_sales
from kiosk.reports.takings import business_today, takings, told_by

T = TypeVar("T")


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"


Day = Annotated[str, typer.Argument(metavar="DATE", help="A business day like 2015-11-27, or “today”.")]
First = Annotated[str, typer.Argument(metavar="FROM", help="The first business day.")]
Last = Annotated[str, typer.Argument(metavar="TO", help="The last business day, included.")]
As = Annotated[Format, typer.Option("--format", help="How to print it.")]
Out = Annotated[Path | None, typer.Option("--out", help=f"The file: {forms.show_forms()}.")]
WHOLE_LISTS = {".csv", ".zip"}
"""Files that list every receipt, however many."""

sales = typer.Typer(no_args_is_help=True, help="Bring in the sales history of another system.")
report = typer.Typer(no_args_is_help=True, help="Print the figures of a day or a range.")
export = typer.Typer(no_args_is_help=True, help="Write the figures of a day or a range to a file.")


@sales.command("import")
def import_history(
    file: Annotated[Path, typer.Argument(help=f"The history as .csv in UTF-8: {', '.join(sales_cells.COLUMNS)}.")],
) -> None:
    """Bring a sales history in: all of it or nothing, each receipt once."""
    use_node(1 + secrets.randbelow(NODES - 1))
    say = Console(highlight=False, stderr=True)
    with Progress(console=say, transient=True, disable=not say.is_terminal) as bar:
        work = bar.add_task("Reading", total=None)

        def show(what: str, done: int, of: int) -> None:
            bar.update(work, description=what, completed=done, total=of)

        imported, venue = with_database(lambda db: _import(db, file, show))
    typer.echo(
        f"{_many(imported.receipts, 'receipt')} with {_many(imported.lines, 'line')} came in, "
        f"{printed.amount(venue.currency, imported.total)} {venue.currency_code} "
        f"from {imported.first_day} to {imported.last_day}."
    )


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


async def _import(db: Database, file: Path, show: Callable[[str, int, int], None]) -> tuple[Imported, Venue]:
    async with db.read() as read:
        venue = await read.venue()
    return await import_sales(db, file, by=command_line(venue.id), progress=show), venue


@report.command("day")
def report_day(day: Day, form: As = Format.TABLE) -> None:
    """The figures of one business day."""
    _print_takings(_takings(day, day), form)


@report.command("range")
def report_range(
    first: First,
    last: Last,
    by: Annotated[Dimension | None, typer.Option("--by", help="Tell the range by this alone.")] = None,
    form: As = Format.TABLE,
) -> None:
    """The figures of a range of business days, all of them or by one dimension."""
    if by is None:
        _print_takings(_takings(first, last), form)
        return
    told = _reading(lambda read: _told_by(read, first, last, by))
    typer.echo(printed.dimension_json(told)) if form is Format.JSON else printed.print_dimension(told)


async def _told_by(read: Read, first: str, last: str, by: Dimension) -> printed.Told:
    days = await _days(read, first, last)
    columns, rows = await told_by(read, *days, by)
    venue = await read.venue()
    return printed.Told(venue.name, venue.currency, *days, by, columns, rows, await business_today(read))


def _print_takings(found: Takings, form: Format) -> None:
    typer.echo(printed.takings_json(found)) if form is Format.JSON else printed.print_takings(found)


@export.command("day")
def export_day(day: Day, out: Out = None) -> None:
    """Write the workbook of one business day, or its sheets as CSV or PDF."""
    _export(day, day, out)


@export.command("range")
def export_range(first: First, last: Last, out: Out = None) -> None:
    """Write the workbook of a range of business days, or its sheets as CSV or PDF."""
    _export(first, last, out)


def _export(first: str, last: str, out: Path | None) -> None:
    say = Console(highlight=False, stderr=True)
    with Progress(console=say, transient=True, disable=not say.is_terminal) as bar:
        work = bar.add_task("Reading the ledger", total=None)
        suffix = out.suffix.lower() if out else forms.WORKBOOK.suffix
        if suffix not in forms.FORMS:
            raise ReportRefused(f"{out} was not written: name it {forms.show_forms()}.")
        found = _book(first, last, None if suffix in WHOLE_LISTS else LISTED)
        target = out or Path(forms.file_name(found.first_day, found.last_day))
        bar.update(work, description=f"Writing {target.name}")
        _write(found, target)
    typer.echo(f"The figures are in {target}.")


def _write(found: Takings, target: Path) -> None:
    try:
        forms.write(found, target.suffix.lower(), target)
    except ExportRefused as refusal:
        raise ReportRefused(str(refusal)) from refusal


def _takings(first: str, last: str) -> Takings:
    async def read_them(read: Read) -> Takings:
        return await takings(read, *await _days(read, first, last), with_receipts=False)

    return _reading(read_them)


def _book(first: str, last: str, most: int | None) -> Takings:
    async def read_it(read: Read) -> Takings:
        return await book_of(read, *await _days(read, first, last), most=most)

    return _reading(read_it)


async def _days(read: Read, first: str, last: str) -> tuple[date, date]:
    today = await business_today(read)
    days = (day_of(first, today), day_of(last, today))
    if days[1] < days[0]:
        raise RangeBackwards(*days)
    return days


def _reading(look: Callable[[Read], Awaitable[T]]) -> T:
    async def read_it(db: Database) -> T:
        async with db.read() as read:
            return await look(read)

    return with_database(read_it)
