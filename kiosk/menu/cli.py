"""`kiosk menu import` and `kiosk menu export`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from kiosk.core.actor import command_line
from kiosk.core.db import Database, Tx
from kiosk.core.errors import Refused
from kiosk.core.ids import use_node
from kiosk.core.settings import load_settings
from kiosk.menu import service
from kiosk.menu.changes import MenuChange
from menus.document import MenuDocument
from menus.errors import MenuRefused
from menus.files import read_menu, write_menu

BESIDE_THE_SERVER = 1


class MenuFileRefused(Refused):
    code = "menu_file"


def import_menu(file: Path, *, dry_run: bool, skip_unpriced: bool) -> None:
    """Bring a menu file in, or only say what it would change."""
    say = Console(highlight=False, soft_wrap=True)
    use_node(BESIDE_THE_SERVER)
    bar = Console(stderr=True)
    with Progress(console=bar, transient=True, disable=not bar.is_terminal) as progress:
        progress.add_task(f"Reading {file.name}", total=None)
        change = asyncio.run(_import(file, dry_run=dry_run, skip_unpriced=skip_unpriced, say=say))
    for line in change.lines:
        say.print(f"  {line}", markup=False)
    would = "would be " if dry_run else ""
    say.print(f"{change.added} {would}added, {change.changed} changed, {change.removed} removed, {change.moved} moved.")


async def _import(file: Path, *, dry_run: bool, skip_unpriced: bool, say: Console) -> MenuChange:
    db = Database(load_settings().database_url)
    try:
        async with db.read() as read:
            venue = await read.venue()
        document = _read(file, venue.currency_code, skip_unpriced=skip_unpriced, say=say)
        if dry_run:
            async with db.read() as read:
                return await service.plan_menu(read, document)

        async def load(tx: Tx) -> MenuChange:
            return await service.load_menu(tx, document, by=command_line(venue.id))

        return await db.run(load)
    finally:
        await db.close()


def _read(file: Path, currency: str, *, skip_unpriced: bool, say: Console) -> MenuDocument:
    try:
        menu = read_menu(file, currency=currency, skip_unpriced=skip_unpriced)
    except MenuRefused as refusal:
        raise MenuFileRefused(str(refusal)) from refusal
    for name in menu.skipped:
        say.print(f"  left out, no price: {name}", markup=False)
    for note in menu.notes:
        say.print(f"  {note}", markup=False)
    return menu.document


def export_menu(file: Path) -> None:
    """Write the menu as it is now to a file."""

    async def read() -> MenuDocument:
        db = Database(load_settings().database_url)
        try:
            async with db.read() as look:
                return await service.read_document(look)
        finally:
            await db.close()

    try:
        write_menu(asyncio.run(read()), file)
    except MenuRefused as refusal:
        raise MenuFileRefused(str(refusal)) from refusal
    Console(highlight=False).print(f"The menu is in {file}.", markup=False)
