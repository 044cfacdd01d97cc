"""`kiosk pay`: what people earn, shown and agreed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from kiosk.core.actor import Actor
from kiosk.core.commanded import change, with_database
from kiosk.core.db import Database, Read, Tx
from kiosk.core.money import Currency, percent_ppm, percent_text
from kiosk.reports.rules import day_of
from kiosk.reports.takings import business_today
from kiosk.staff.pay import Pay, Rate, drop_pay, person_named, rate_on, set_pay, show_pay

NONE: Final = "none"
Name = Annotated[str, typer.Argument(metavar="PERSON", help="The name, as it stands on the sign-in screen.")]

pay = typer.Typer(help="What people earn: a wage an hour and a commission, from a day on.", invoke_without_command=True)


@pay.callback()
def show(context: typer.Context) -> None:
    """Everything that was agreed, by person and day."""
    if context.invoked_subcommand is None:
        _print()


@pay.command("set")
def set_rate(
    name: Name,
    wage: Annotated[str, typer.Option(help="An hour, like 12.50, or “none”. Else it stays as it is.")] = "",
    commission: Annotated[str, typer.Option(help="Percent of net sales, like 2.5, or “none”. Else it stays.")] = "",
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first business day of it.")] = "today",
) -> None:
    """Agree what somebody earns from a business day on, until the next day of which something else is agreed."""

    async def agree(tx: Tx, by: Actor) -> None:
        person_id, day = await person_named(tx, name), day_of(first, await business_today(tx))
        known, currency = await rate_on(tx, person_id, day), (await tx.venue()).currency
        an_hour = _read(wage, known.wage, currency)
        share = known.commission_ppm if not commission else None if commission == NONE else percent_ppm(commission)
        await set_pay(tx, person_id, Rate(day, an_hour, share), by=by)

    change(agree)
    _print()


def _read(wage: str, known: int | None, currency: Currency) -> int | None:
    return known if not wage else None if wage == NONE else currency.parse(wage)


@pay.command()
def drop(name: Name, day: Annotated[str, typer.Argument(help="The day from which it was agreed.")]) -> None:
    """Take back what was agreed from a day on: what held before holds again."""

    async def take_back(tx: Tx, by: Actor) -> None:
        await drop_pay(tx, await person_named(tx, name), day_of(day, await business_today(tx)), by=by)

    change(take_back)
    _print()


def _print() -> None:
    async def look(db: Database) -> tuple[Currency, date, list[Pay]]:
        async with db.read() as read:
            return await _agreed(read)

    currency, today, found = with_database(look)
    if not found:
        typer.echo("Nobody has a wage or a commission yet. Type: kiosk pay set Marco --wage 12.50 --commission 2")
        return
    table = Table("person", "from", box=None)
    for heading in (f"{currency.code} an hour", "% of net sales", ""):
        table.add_column(heading, justify="right")
    for one in found:
        for rate in one.rates:
            wage = "" if rate.wage is None else currency.plain(rate.wage)
            share = "" if rate.commission_ppm is None else percent_text(rate.commission_ppm)
            table.add_row(one.name, f"{rate.from_day}", wage, share, "now" if rate == one.on(today) else "")
    Console(highlight=False, markup=False, emoji=False).print(table)


async def _agreed(read: Read) -> tuple[Currency, date, list[Pay]]:
    return (await read.venue()).currency, await business_today(read), list((await show_pay(read)).values())
