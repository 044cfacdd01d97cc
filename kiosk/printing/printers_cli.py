"""`kiosk printers`: the printers of the house, seen and set up where no tablet is at hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from kiosk.core import clock
from kiosk.core.actor import Actor
from kiosk.core.commanded import change, with_database
from kiosk.core.db import Database, Read, Tx
from kiosk.core.errors import NotFound
from kiosk.printing import queries, service, shown
from kiosk.printing.models import Ack, Buzzer, Cut, DrawerKick, Printer, PrinterKind, PrintJob

T = TypeVar("T")
MOST_SHOWN = 300
DOTS = {48: 576, 42: 512, 32: 384}
Code = Annotated[str, typer.Argument(help="The printer's short name, as `kiosk printers` shows it.")]

printers = typer.Typer(help="Show the printers, add one, try it, see what waits.", invoke_without_command=True)


class UnknownPrinter(NotFound):
    def __init__(self, code: str, known: list[str]) -> None:
        names = ", ".join(known) or "none yet"
        super().__init__(f"There is no printer {code}. Known are: {names}. `kiosk printers add` adds one.")


@printers.callback()
def show(context: typer.Context) -> None:
    """Show every printer: where it is, what it prints, what waits there."""
    if context.invoked_subcommand is None:
        _print()


@printers.command("list")
def show_all() -> None:
    """Show every printer: where it is, what it prints, what waits there."""
    _print()


@printers.command()
def add(
    code: Annotated[str, typer.Argument(help="A short name: small letters, digits and -.")],
    name: Annotated[str, typer.Argument(help="What people read.")],
    *,
    prints: Annotated[str, typer.Option(help="Roles, with commas: receipt, bill, report, slip, station:grill.")] = "",
    kind: Annotated[PrinterKind, typer.Option(help="How it is reached.")] = PrinterKind.TCP,
    address: Annotated[str, typer.Option(help="192.168.1.50, 04b8:0e15, /dev/ttyUSB0@19200, queue or folder.")] = "",
    columns: Annotated[int, typer.Option(help="Letters in a row: 48, 42 or 32.")] = 48,
    cut: Annotated[Cut, typer.Option(help="What its knife does.")] = Cut.PARTIAL,
    ack: Annotated[Ack | None, typer.Option(help="How it proves that a paper is printed.")] = None,
    drawer: Annotated[DrawerKick, typer.Option(help="The pin of the cash drawer under it.")] = DrawerKick.NONE,
    buzzer: Annotated[Buzzer, typer.Option(help="Whether it rings for a ticket.")] = Buzzer.NONE,
    backup: Annotated[str, typer.Option(help="The short name of the printer that stands in.")] = "",
) -> None:
    """Add a printer; `kiosk printers test` then prints a page that shows whether it is set up right."""
    told: dict[str, Any] = {
        "kind": kind,
        "address": address,
        "cut": cut,
        "drawer_kick": drawer,
        "buzzer": buzzer,
    }
    if ack is not None:
        told["ack"] = ack
    roles = [role.strip() for role in prints.split(",") if role.strip()]

    async def work(tx: Tx, by: Actor) -> int:
        told["backup_id"] = (await _printer(tx, backup)).id if backup else None
        width = {"columns": columns, "dots": DOTS.get(columns, columns * 12)}
        return await service.add_printer(tx, code=code, name=name, prints=roles, by=by, **width, **told)

    change(work)
    _print()


@printers.command()
def test(code: Code) -> None:
    """Print a test page; a kiosk that runs prints it within seconds, else it comes with the next start."""

    async def work(tx: Tx, by: Actor) -> str:
        printer = await _printer(tx, code)
        await service.test_page(tx, printer.id, by=by)
        return printer.name

    typer.echo(f"A test page waits for {change(work)}.")


@printers.command()
def queue(code: Annotated[str, typer.Argument(help="A printer's short name; without one, all.")] = "") -> None:
    """Show what is not on paper yet, and why."""

    async def look(db: Database) -> list[tuple[Printer, list[PrintJob]]]:
        async with db.read() as read:
            wanted = [await _printer(read, code)] if code else await queries.printers(read)
            return [(one, await queries.queue(read, one.id, MOST_SHOWN)) for one in wanted]

    found = with_database(look)
    if not any(jobs for _, jobs in found):
        typer.echo("Nothing waits.")
        return
    table = Table("printer", "paper", "since", "state", "tries", "trouble", box=None)
    for printer, jobs in found:
        for job in jobs:
            age = f"{(clock.now() - job.queued_at).total_seconds() // 60:.0f} min"
            table.add_row(printer.code, f"{job.kind} {job.label}", age, job.state, str(job.tries), job.trouble or "")
    Console(highlight=False, markup=False, emoji=False).print(table)


@printers.command()
def retry(code: Annotated[str, typer.Argument(help="A printer's short name; without one, all.")] = "") -> None:
    """Try again what is stuck; what may be on paper already is marked when it comes again."""

    async def work(tx: Tx, by: Actor) -> int:
        wanted = [await _printer(tx, code)] if code else await queries.printers(tx)
        return sum([await shown.each(await _stuck(tx, one), _again(tx, by)) for one in wanted])

    typer.echo(f"Tried again: {change(work)}.")


def _again(tx: Tx, by: Actor) -> Callable[[int], Awaitable[None]]:
    return lambda job_id: service.retry_job(tx, job_id, by=by)


async def _stuck(read: Read, printer: Printer) -> list[int]:
    return await shown.troubled_jobs(read, printer.id)


async def _printer(read: Read, code: str) -> Printer:
    known = await queries.printers(read)
    for printer in known:
        if printer.code == code:
            return printer
    raise UnknownPrinter(code, [printer.code for printer in known])


def _print() -> None:
    async def look(db: Database) -> tuple[list[Printer], dict[int, shown.Queue]]:
        async with db.read() as read:
            return await queries.printers(read), await shown.queues(read)

    known, waiting = with_database(look)
    if not known:
        typer.echo("There are no printers yet. Type: kiosk printers add grill Grill --address 192.168.1.50")
        return
    names = {printer.id: printer.code for printer in known}
    table = Table("code", "name", "kind", "address", "columns", "prints", "backup", "waiting", "trouble", box=None)
    for one in known:
        told = waiting.get(one.id, shown.EMPTY)
        place = (one.code, one.name, one.kind, one.address, str(one.columns), ", ".join(one.prints))
        table.add_row(*place, names.get(one.backup_id or 0, ""), str(told.waiting), told.trouble)
    Console(highlight=False, markup=False, emoji=False).print(table)
