"""`kiosk menu import` and `kiosk menu export`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from kiosk.core.actor import command_line
from kiosk.core.db import Database, Read, Tx
from kiosk.core.errors import Refused
from kiosk.core.ids import use_node
from kiosk.core.settings import load_settings
from kiosk.menu import service
from kiosk.menu.changes import MenuChange
from kiosk.menu.errors import NoMenuYet
from kiosk.menu.keeping import keep_costs, keep_set_menus, keep_taxes
from menus.document import MenuDocument
from menus.drafts import UNTAXED
from menus.errors import MenuRefused
from menus.files import ReadMenu, read_menu, write_menu

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
            menu = _read(file, venue.currency_code, skip_unpriced=skip_unpriced)
            document, remarks = await told_and_kept(read, menu)
            for line in remarks:
                say.print(f"  {line}", markup=False)
            if dry_run:
                return await service.plan_menu(read, document)

        async def load(tx: Tx) -> MenuChange:
            return await service.load_menu(tx, document, by=command_line(venue.id))

        return await db.run(load)
    finally:
        await db.close()


def _read(file: Path, currency: str, *, skip_unpriced: bool) -> ReadMenu:
    try:
        return read_menu(file, currency=currency, skip_unpriced=skip_unpriced)
    except MenuRefused as refusal:
        raise MenuFileRefused(str(refusal)) from refusal


async def told_and_kept(read: Read, menu: ReadMenu) -> tuple[MenuDocument, list[str]]:
    """What the file says, with what there is already where it has no place for it, and what the owner should know."""
    document, remarks = menu.document, [f"left out, no price: {name}" for name in menu.skipped]
    notes = list(menu.notes)
    try:
        lacks = menu.is_untaxed or not (menu.tells_set_menus and menu.tells_costs)
        old = await service.read_document(read) if lacks else None
    except NoMenuYet:
        old = None
    if old and menu.is_untaxed:
        document = keep_taxes(document, old)
        first = document.tax_classes[0].name
        notes = [note for note in notes if note != UNTAXED]
        notes.append(f"The file names no tax classes: items keep theirs, new ones are taxed as “{first}”.")
    if old and not menu.tells_costs:
        document = keep_costs(document, old)
    if old and not menu.tells_set_menus:
        document, said = keep_set_menus(document, old)
        notes += said
    return document, remarks + notes


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
