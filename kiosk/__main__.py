"""The command line: `kiosk` or `python -m kiosk`."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kiosk.core import migrate as migrations
from kiosk.core.db import Database
from kiosk.core.errors import KioskError, Refused
from kiosk.core.secrets import secret
from kiosk.core.settings import Settings, load_settings
from kiosk.reports import cli as reports

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Restaurant kiosk.")
menu = typer.Typer(no_args_is_help=True, help="Bring a menu in or take it out.")
app.add_typer(menu, name="menu")
app.add_typer(reports.sales, name="sales")
app.add_typer(reports.report, name="report")
app.add_typer(reports.export, name="export")
ANYWHERE = {"0.0.0.0", "::"}


class PortTaken(Refused):
    def __init__(self, host: str, port: int, reason: object) -> None:
        super().__init__(f"The kiosk cannot listen on {host}:{port} ({reason}). Choose another with --port.")


class Fault(KioskError):
    """Something nobody foresaw; the log has the whole story at level DEBUG."""

    code = "fault"

    def __init__(self, fault: Exception) -> None:
        reason = " ".join(str(getattr(fault, "orig", fault)).split())[:200]
        super().__init__(
            f"Something went wrong and nothing was changed: {type(fault).__name__}, {reason}. "
            "With KIOSK_LOG_LEVEL=DEBUG the log tells more."
        )


@app.callback()
def prepare(context: typer.Context) -> None:
    """Bring the database up to date before any command but those that do so themselves."""
    if "--help" in sys.argv:
        return
    settings = load_settings()
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if context.invoked_subcommand not in {"run", "migrate"}:
        migrations.upgrade(settings.database_url)


@app.command()
def run(
    host: Annotated[str | None, typer.Option(help="Address to listen on; 0.0.0.0 for tablets.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on.")] = None,
) -> None:
    """Serve tablets, kitchen screens and the counter."""
    from kiosk import app as house

    settings = load_settings(**{key: value for key, value in (("host", host), ("port", port)) if value is not None})
    listener = _listen(settings)
    migrations.upgrade(settings.database_url)
    pepper = secret(settings.home, "pepper")
    is_sample = asyncio.run(_prepare(settings, pepper))
    _, door = house.build(settings, pepper)
    _greet(settings, is_sample=is_sample)
    house.serve(door, settings, listener)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(128)
    except OSError as taken:
        listener.close()
        raise PortTaken(settings.host, settings.port, taken.strerror) from taken
    return listener


async def _prepare(settings: Settings, pepper: bytes) -> bool:
    from kiosk import sample
    from kiosk.staff.pins import Pins

    db = Database(settings.database_url)
    try:
        if settings.sample and not await sample.has_venue(db):
            await sample.load(db, Pins(pepper))
        return await sample.is_sample(db)
    finally:
        await db.close()


def _greet(settings: Settings, *, is_sample: bool) -> None:
    import segno

    from kiosk.sample import PEOPLE

    say = Console(highlight=False).print
    address = _address(settings)
    say(f"\n[bold]The kiosk is open at {address}[/bold]\n")
    if settings.host in ANYWHERE:
        segno.make(address, micro=False).terminal(out=sys.stdout, compact=True)
        say("Tablets in the same network open this address, or scan the code.\n")
    else:
        segno.make(address, micro=False).terminal(out=sys.stdout, compact=True)
        say("For this computer only. For tablets start it with [bold]--host 0.0.0.0[/bold].\n")
    if is_sample:
        say("Sample PINs, until you change them:")
        for person in PEOPLE:
            say(f"  {person.name:<8} {person.role:<8} {person.pin}")
    say(f"\nData: {settings.home}\n")


def _address(settings: Settings) -> str:
    scheme = "https" if settings.tls_cert else "http"
    return f"{scheme}://{_lan_name() if settings.host in ANYWHERE else settings.host}:{settings.port}/"


def _lan_name() -> str:
    """This machine's address in its own network; connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])


@app.command()
def migrate() -> None:
    """Bring the database to this version of the kiosk."""
    settings = load_settings()
    migrations.upgrade(settings.database_url)
    Console().print("The database is up to date.")


@menu.command("import")
def import_menu(
    file: Annotated[Path, typer.Argument(help="A menu as .yaml, .xlsx or .csv.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, change nothing.")] = False,
    skip_unpriced: Annotated[bool, typer.Option("--skip-unpriced", help="Leave out what has no price.")] = False,
) -> None:
    """Bring a menu in: all of it or nothing; the same file twice changes nothing."""
    from kiosk.menu import cli

    cli.import_menu(file, dry_run=dry_run, skip_unpriced=skip_unpriced)


@menu.command("export")
def export_menu(file: Annotated[Path, typer.Argument(help="Where to write: .yaml, .xlsx or .csv.")]) -> None:
    """Write the menu to a file that can be edited and brought in again."""
    from kiosk.menu import cli

    cli.export_menu(file)


def main() -> None:
    """Run a command; an error is one sentence and exit code 2, never a traceback."""
    try:
        app()
    except KioskError as refusal:
        sys.stderr.write(f"{refusal.sentence}\n")
        raise SystemExit(2) from refusal
    except Exception as fault:
        logging.getLogger(__name__).debug("fault", exc_info=fault)
        sys.stderr.write(f"{Fault(fault).sentence}\n")
        raise SystemExit(2) from fault


if __name__ == "__main__":
    main()
