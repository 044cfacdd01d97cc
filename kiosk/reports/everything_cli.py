"""`kiosk data export` and `kiosk data import`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from exports.errors import ExportRefused
from exports.full import Manifest
from kiosk.core.alone import serve_alone
from kiosk.core.db import Database
from kiosk.core.settings import Settings, load_settings
from kiosk.reports.audit import verify_books
from kiosk.reports.errors import ReportRefused
from kiosk.reports.everything import export_everything, import_everything

HOURS_S = 6 * 3600
NOT_WHOLE = 1
SUFFIX = ".zip"

data = typer.Typer(no_args_is_help=True, help="Take everything out of this kiosk, or bring it into an empty one.")


@data.command("export")
def export_data(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="Where to write.")],
) -> None:
    """Write every table as CSV with a manifest to one zip, as they are at one instant; the kiosk may serve meanwhile.

    SECRETS ARE IN IT: the hashes of PINs, the people's names, everything that was sold. Only you can read the file, so
    keep it that way wherever it goes. What is not in it: the folder "secrets" of the data directory, without which no
    PIN is ever right. Copy that by another way.
    """
    if file.suffix.lower() != SUFFIX:
        raise ReportRefused(f"{file} was not written: an archive of everything is a zip. Name it {SUFFIX}.")
    try:
        manifest = export_everything(load_settings().database_url, file)
    except ExportRefused as refusal:
        raise ReportRefused(str(refusal)) from refusal
    typer.echo(f"{_counted(manifest)} of {manifest.venue} are in {file}. Secrets are in it: keep it to yourself.")
    if manifest.journal:
        typer.echo(f"Kept elsewhere, this proves it later:\n  kiosk audit verify --anchor {manifest.journal}")


@data.command("import")
def import_data(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="What `kiosk data export` wrote.")],
) -> None:
    """Bring an archive into an empty kiosk of the same version: all of it, or nothing at all.

    Every file is proved against its checksum. SECRETS ARE IN IT: the hashes of PINs. The new kiosk goes on where the
    old one stopped, with what was still to be printed and sent: let only one of the two serve.
    """
    settings = load_settings()
    with serve_alone(settings):
        manifest = import_everything(settings.database_url, file)
    typer.echo(f"{_counted(manifest)} of {manifest.venue} came in from {file}.")
    if not (settings.home / "secrets" / "pepper").exists():
        typer.echo(f"Now copy the old kiosk's folder “secrets” to {settings.home}: without it no PIN is right.")
    _tell_of_journal(settings)


def _counted(manifest: Manifest) -> str:
    return f"{sum(one.rows for one in manifest.tables):,} rows in {len(manifest.tables)} tables"


def _tell_of_journal(settings: Settings) -> None:
    if fault := asyncio.run(_fault(settings)):
        typer.echo(f"NOT WHOLE, as it was where it comes from. {fault}")
        raise typer.Exit(NOT_WHOLE)
    typer.echo("Its journal is whole.")


async def _fault(settings: Settings) -> str:
    """The first entry of the journal that is not what was written; nothing where all are."""
    db = Database(settings.database_url)
    try:
        async with db.read(seconds=HOURS_S) as read:
            verdict = await verify_books(read, 1, None)
    finally:
        await db.close()
    return verdict.fault.sentence if verdict.fault else ""
