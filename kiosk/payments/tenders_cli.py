"""`kiosk tenders`: the ways to pay that the house takes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kiosk.core.actor import Actor, command_line
from kiosk.core.db import Database, Read, Tx
from kiosk.core.ids import use_node
from kiosk.core.settings import load_settings
from kiosk.payments import ways
from kiosk.payments.rules import TenderKind, Way

BESIDE_THE_SERVER = 1
tenders = typer.Typer(help="Show the ways to pay, take another one, or one no more.")


@tenders.callback(invoke_without_command=True)
def show(context: typer.Context) -> None:
    """Show the ways to pay."""
    if context.invoked_subcommand is None:
        _print(asyncio.run(_changed(None)))


@tenders.command()
def add(
    code: Annotated[str, typer.Argument(help="What the books call it: small letters, digits and _.")],
    name: Annotated[str, typer.Argument(help="What people read.")],
    kind: Annotated[TenderKind, typer.Option(help="How it pays: only cash gives change.")] = TenderKind.OTHER,
    provider: Annotated[str, typer.Option(help="Who is asked for the money: manual or stripe.")] = "manual",
    note: Annotated[bool, typer.Option("--note", help="The cashier writes a number or a name down.")] = False,
) -> None:
    """Take another way to pay, or one that was off, or an old one under a new name."""
    way = Way(code, name, kind, "cash" if kind is TenderKind.CASH else provider, note)
    _print(asyncio.run(_changed(lambda tx, by: ways.add_way(tx, way, by=by))))


@tenders.command()
def off(code: Annotated[str, typer.Argument(help="Its code.")]) -> None:
    """Take a way to pay no more; what was paid with it stays in the books."""
    _print(asyncio.run(_changed(lambda tx, by: ways.drop_way(tx, code, by=by))))


async def _changed(change: Callable[[Tx, Actor], Awaitable[None]] | None) -> list[tuple[Way, bool]]:
    """The ways to pay after a change."""
    db = Database(load_settings().database_url)
    try:
        if change:
            use_node(BESIDE_THE_SERVER)
            await db.run(lambda tx: _by_command_line(tx, change))
        async with db.read() as read:
            return await ways.show_every_way(read)
    finally:
        await db.close()


async def _by_command_line(tx: Tx, change: Callable[[Tx, Actor], Awaitable[None]]) -> None:
    await change(tx, await _me(tx))


async def _me(read: Read) -> Actor:
    return command_line((await read.venue()).id)


def _print(known: list[tuple[Way, bool]]) -> None:
    table = Table("code", "name", "kind", "provider", "note", "taken", box=None)
    for way, is_taken in known:
        note = "needed" if way.needs_note else ""
        table.add_row(way.code, way.name, way.kind, way.provider, note, "yes" if is_taken else "no")
    Console(highlight=False, markup=False, emoji=False).print(table)
