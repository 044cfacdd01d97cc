"""The command line: `kiosk` or `python -m kiosk`."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import DBAPIError

from kiosk.core import house_rules
from kiosk.core import migrate as migrations
from kiosk.core.actor import command_line
from kiosk.core.alone import serve_alone
from kiosk.core.db import Database, Tx
from kiosk.core.errors import KioskError, Refused
from kiosk.core.ids import use_node
from kiosk.core.secrets import secret
from kiosk.core.settings import Settings, load_settings
from kiosk.payments import rates_cli, tenders_cli
from kiosk.printing import printers_cli
from kiosk.reports import audit_cli, bench_cli, day_cli, everything_cli, forecast_cli, ledgers_cli, pay_cli, payroll_cli
from kiosk.reports import cli as reports

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Restaurant kiosk.")
menu = typer.Typer(no_args_is_help=True, help="Bring a menu in or take it out.")
app.add_typer(menu, name="menu")
app.add_typer(tenders_cli.tenders, name="tenders")
app.add_typer(rates_cli.rates, name="rates")
app.add_typer(pay_cli.pay, name="pay")
app.add_typer(printers_cli.printers, name="printers")
app.add_typer(reports.sales, name="sales")
app.add_typer(reports.report, name="report")
app.add_typer(reports.export, name="export")
reports.export.command("accounting")(ledgers_cli.export_accounting)
reports.export.command("payroll")(payroll_cli.export_payroll)
app.add_typer(everything_cli.data, name="data")
app.add_typer(audit_cli.audit, name="audit")
app.add_typer(bench_cli.bench, name="bench")
for command in (day_cli.x, day_cli.close, day_cli.daybook, forecast_cli.forecast):
    app.command()(command)
ANYWHERE = {"0.0.0.0", "::"}
BESIDE_THE_SERVER = 1


class CannotListen(Refused):
    def __init__(self, host: str, port: int, reason: object) -> None:
        super().__init__(f"The kiosk cannot listen on {host}:{port} ({reason}). Choose another with --host or --port.")


class CertificateRefused(Refused):
    def __init__(self, settings: Settings, reason: object) -> None:
        super().__init__(
            f"KIOSK_TLS_CERT {settings.tls_cert} and KIOSK_TLS_KEY {settings.tls_key} cannot be used ({reason}). "
            "They must be a certificate and its key without a password, both as PEM."
        )


class PepperLost(Refused):
    """A new pepper would be made in silence, and then no PIN would ever be right."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The secret {path} is missing, and without it no PIN of this restaurant works. "
            "Put it back from a backup, or set KIOSK_HOME to the data directory it is in."
        )


class Fault(KioskError):
    """Something nobody foresaw; the log has the whole story at level DEBUG."""

    code = "fault"

    def __init__(self, fault: Exception) -> None:
        super().__init__(
            f"Something went wrong and nothing was changed: {type(fault).__name__}, {_short(fault)}. "
            "With KIOSK_LOG_LEVEL=DEBUG the log tells more."
        )


def _short(fault: object) -> str:
    return " ".join(str(fault).split())[:200]


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
    _must_be_certificate(settings)
    with serve_alone(settings), _listen(settings) as listener:
        migrations.upgrade(settings.database_url)
        pepper, is_sample = asyncio.run(_prepare(settings))
        _, door = house.build(settings, pepper)
        _greet(settings, is_sample=is_sample)
        house.serve(door, settings, listener)


def _must_be_certificate(settings: Settings) -> None:
    if settings.tls_cert and settings.tls_key:
        try:
            # A password would be asked for on the console, where nobody sits.
            ssl.create_default_context().load_cert_chain(settings.tls_cert, settings.tls_key, password="")
        except (OSError, ValueError) as trouble:
            raise CertificateRefused(settings, _short(trouble)) from trouble


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(128)
    except OSError as taken:
        listener.close()
        raise CannotListen(settings.host, settings.port, taken.strerror) from taken
    return listener


async def _prepare(settings: Settings) -> tuple[bytes, bool]:
    """The pepper, and whether this is the sample trattoria, which is founded in an empty database."""
    from kiosk import sample
    from kiosk.staff.pins import Pins

    db = Database(settings.database_url)
    try:
        is_founded = await sample.has_venue(db)
        pepper = _pepper(settings, is_founded=is_founded)
        if settings.sample and not is_founded:
            await sample.load(db, Pins(pepper))
        return pepper, await sample.is_sample(db)
    finally:
        await db.close()


def _pepper(settings: Settings, *, is_founded: bool) -> bytes:
    path = settings.home / "secrets" / "pepper"
    if is_founded and not path.exists():
        raise PepperLost(path)
    return secret(settings.home, "pepper")


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
    host = _lan_name() if settings.host in ANYWHERE else settings.host
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{settings.port}/"


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


@app.command()
def rules(
    name: Annotated[str | None, typer.Argument(help="The rule to choose anew.")] = None,
    value: Annotated[str | None, typer.Argument(help="What it shall be, as it is shown.")] = None,
) -> None:
    """Show the house's rules, or choose one: courses, taking back, limits, service charge, discounts, rounding."""
    table = Table("rule", "value", "meaning", box=None)
    for rule, chosen, meaning in asyncio.run(_rules(name, value)):
        if name in (None, rule):
            table.add_row(rule, chosen, meaning)
    Console(highlight=False, markup=False, emoji=False).print(table)


async def _rules(name: str | None, value: str | None) -> list[tuple[str, str, str]]:
    from kiosk.menu.queries import tax_rates

    db = Database(load_settings().database_url)
    try:
        async with db.read() as read:
            by, chosen = command_line((await read.venue()).id), await house_rules.show_all_rules(read)
        if name is not None and name not in {rule for rule, *_ in chosen}:
            raise house_rules.NoSuchRule(name)
        if name is None or value is None:
            return chosen
        use_node(BESIDE_THE_SERVER)

        async def choose(tx: Tx) -> None:
            await house_rules.change_rule(tx, name, value, tax_codes=await tax_rates(tx), by=by)

        await db.run(choose)
        async with db.read() as read:
            return await house_rules.show_all_rules(read)
    finally:
        await db.close()


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
        code = app(standalone_mode=False)
    except KioskError as refusal:
        sentence = refusal.sentence
    except Exception as fault:
        logging.getLogger(__name__).debug("fault", exc_info=fault)
        sentence = _sentence(fault)
    else:
        raise SystemExit(code)
    sys.stderr.write(f"{sentence}\n" if sentence else "")
    raise SystemExit(2)


def _sentence(fault: Exception) -> str:
    """What to say of what the kiosk did not raise itself."""
    if hasattr(fault, "format_message"):  # typer's own: a command, argument or option that cannot be
        return _misspelt(fault.format_message(), getattr(fault, "ctx", None))
    if isinstance(fault, DBAPIError):
        return f"The database refused: {_short(fault.orig)}. Look at KIOSK_DATABASE_URL and at the database."
    if isinstance(fault, OSError) and fault.filename:
        return (
            f"{fault.filename} cannot be used ({fault.strerror}). Let the kiosk write there, or choose another place."
        )
    return Fault(fault).sentence


def _misspelt(told: str, context: typer.Context | None) -> str:
    """Nothing when typer has shown its help already, as it does of a command that needs another word."""
    command = context.command_path if context else "kiosk"
    return told and f"{told.replace('Value error, ', '').rstrip('.')}. Type: {command} --help"


if __name__ == "__main__":
    main()
