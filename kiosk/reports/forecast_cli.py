"""`kiosk forecast`."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kiosk.core.db import Database
from kiosk.core.money import Currency
from kiosk.core.settings import load_settings
from kiosk.reports.cli import Format
from kiosk.reports.forecast import forecast as foreseen
from kiosk.reports.forecast import in_words
from kiosk.reports.forecast_rules import Errors, Forecast, Outlook
from kiosk.reports.forecaster import Forecaster
from kiosk.reports.printed import PIPE_WIDTH


def forecast(
    items: Annotated[bool, typer.Option("--items", help="How many of each item for tomorrow.")] = False,
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TABLE,
) -> None:
    """What the next seven days are to bring, hour by hour, and with --items what to prepare for tomorrow."""
    found = asyncio.run(_with_database(items))
    if form is Format.JSON:
        typer.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    say = console if console.is_terminal else Console(highlight=False, width=PIPE_WIDTH)
    for table in _prep(found) if items else _hours(found):
        say.print(table)
    say.print("\n".join(f"[dim]{escape(sentence)}[/dim]" for sentence in sentences(found)), soft_wrap=True)


async def _with_database(with_items: bool) -> Forecast:
    db, maker = Database(load_settings().database_url), Forecaster()
    try:
        async with db.read() as read:
            return await foreseen(read, maker, with_items=with_items)
    finally:
        await maker.close()
        await db.close()


def sentences(found: Forecast) -> list[str]:
    """How each figure was made and how far off it was in the past."""
    told = [
        in_words(found.guests, lambda off: f"{off:.2f}", f"{found.guests_are.capitalize()} an hour"),
        in_words(found.sales, lambda off: f"{off:,.2f} {found.currency}", "Sales an hour"),
    ]
    pieces = found.pieces
    return [*told, in_words(pieces, lambda off: f"{off:.2f}", "Pieces of an item")] if pieces else told


def as_json(found: Forecast) -> dict[str, Any]:
    """Days with their hours, tomorrow's items where they were asked for, and the errors; amounts as decimal strings."""
    plain = Currency(found.currency).plain
    told: dict[str, Any] = {
        "currency": found.currency,
        "days": [
            {
                "day": str(day),
                "hours": [
                    {"hour": hour, found.guests_are: guests[place], "sales": plain(sales[place])}
                    for place, hour in enumerate(found.hours)
                ],
                found.guests_are: sum(guests),
                "sales": plain(sum(sales)),
            }
            for day, guests, sales in zip(found.days, found.guests.days, found.sales.days, strict=True)
        ],
        "errors": {found.guests_are: _outlook(found.guests), "sales": _outlook(found.sales)},
        "in_words": sentences(found),
    }
    if found.pieces:
        listed = [
            {"category": category, "item": item, "pieces": count, "at_most": most}
            for category, item, count, most in found.prep()
        ]
        told |= {"items_for": str(found.first), "items": listed}
        told["errors"]["items"] = _outlook(found.pieces)
    return told


def _outlook(found: Outlook) -> dict[str, Any]:
    return {
        "by": "scikit-learn" if found.is_learned else "weekday median",
        "tried": found.tried,
        "own": _errors(found.own),
        "seasonal_naive": _errors(found.naive),
    }


def _errors(found: Errors | None) -> dict[str, float] | None:
    return {"mae": round(found.mae, 4), "rmsle": round(found.rmsle, 4)} if found else None


def _hours(found: Forecast) -> list[str | Table]:
    """Guests and sales, each with a row for an hour and a column for a day."""
    plain = Currency(found.currency).plain
    guests = _grid(found, found.guests_are.capitalize(), found.guests, str)
    return [guests, _grid(found, f"Sales, {found.currency}", found.sales, plain)]


def _grid(found: Forecast, title: str, outlook: Outlook, show: Any) -> Table:
    table = Table("Hour", title=title, box=None)
    for day in found.days:
        table.add_column(f"{day:%a %m-%d}", justify="right", no_wrap=True)
    for place, hour in enumerate(found.hours):
        table.add_row(f"{hour:02}", *(show(day[place]) for day in outlook.days))
    table.add_row("Day", *(show(sum(day)) for day in outlook.days), style="bold")
    return table


def _prep(found: Forecast) -> list[str | Table]:
    table = Table("Category", "Item", box=None)
    table.add_column("Pieces", justify="right")
    table.add_column("rarely over", justify="right", style="dim")
    for category, item, count, most in found.prep():
        table.add_row(escape(category), escape(item), str(count), str(most))
    return [f"To prepare for {found.first:%A %Y-%m-%d}", table]
