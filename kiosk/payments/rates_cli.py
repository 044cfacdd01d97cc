"""`kiosk rates`: what other currencies are worth."""

from __future__ import annotations

import asyncio
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from kiosk.core.actor import Actor
from kiosk.core.commanded import change, with_database
from kiosk.core.db import Database, Tx
from kiosk.core.settings import load_settings
from kiosk.payments import rates as service

T = TypeVar("T")
Code = Annotated[str, typer.Argument(metavar="CURRENCY", help="Three letters, like USD.")]

rates = typer.Typer(help="What other currencies are worth: shown, fetched, set by hand.", invoke_without_command=True)


@rates.callback()
def show(context: typer.Context) -> None:
    """What one of the venue's is worth in every currency that has a rate."""
    if context.invoked_subcommand is None:
        _print()


@rates.command()
def fetch() -> None:
    """Fetch today's rates of the European Central Bank; from then on the kiosk does so every day."""
    published = asyncio.run(service.fetch(load_settings().rates_url))

    async def keep(tx: Tx, _by: Actor) -> int:
        return await service.keep(tx, published)

    changed = change(keep)
    typer.echo(f"{len(published.rates)} rates of {published.day}, {changed} of them new.")


@rates.command("set")
def set_rate(code: Code, rate: Annotated[str, typer.Argument(help="What one euro is worth, like 1.0832.")]) -> None:
    """Set by hand what one euro is worth in a currency; it holds until `kiosk rates follow`."""
    change(lambda tx, by: service.set_rate(tx, code, rate, by=by))
    _print()


@rates.command()
def follow(code: Code) -> None:
    """Give up the rate set by hand: the fetched one holds again."""
    change(lambda tx, by: service.follow(tx, code, by=by))
    _print()


def _print() -> None:
    async def look(db: Database) -> tuple[str, list[service.Rate]]:
        async with db.read() as read:
            return (await read.venue()).currency_code, await service.show_rates(read)

    own, found = with_database(look)
    if not found:
        typer.echo("There are no rates yet. Type: kiosk rates fetch, or kiosk rates set USD 1.08")
        return
    table = Table("currency", f"for 1 {own}", "of", "age", "source", box=None)
    for one in found:
        age = "today" if one.age_days == 0 else f"{one.age_days} day{'s' if one.age_days > 1 else ''}"
        table.add_row(one.code, one.rate, one.day.isoformat(), age, one.source)
    Console(highlight=False, markup=False, emoji=False).print(table)
