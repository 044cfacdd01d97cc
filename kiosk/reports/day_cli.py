"""`kiosk x`, `kiosk close` and `kiosk daybook`."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from kiosk.core.actor import Actor, command_line
from kiosk.core.clock import local
from kiosk.core.commanded import with_database
from kiosk.core.db import Database, Read, Tx
from kiosk.core.ids import NODES, use_node
from kiosk.core.money import Currency
from kiosk.core.settings import load_settings
from kiosk.payments import day, drawers, till_locks, till_paper
from kiosk.payments.day import Closed
from kiosk.payments.till_errors import DrawerShut
from kiosk.payments.till_queries import Standing, standing
from kiosk.printing import sheets
from kiosk.reports import forms
from kiosk.reports.book import book_of
from kiosk.reports.day_books import keep
from kiosk.reports.day_mail import mail_day
from kiosk.reports.daybook_view import show_daybook
from kiosk.reports.errors import CountUnreadable, DaybookTooLong
from kiosk.reports.printed import amount

T = TypeVar("T")
MOST_PRINTED = 2000
WIDE = 160
CALLED = {"return": "refund"}


def x() -> None:
    """Print the figures of the business day so far; nothing changes by it."""

    async def look(db: Database) -> list[str]:
        async with db.read() as read:
            by = command_line((await read.venue()).id)
            sheet = await day.x_paper(read, by, await day.x_report(read))
        return sheets.preview(sheet, till_paper.COLUMNS)

    typer.echo("\n".join(with_database(look)))


def close(
    count: Annotated[
        list[str] | None,
        typer.Option("--count", metavar="TILL=PIECES", help="Count a drawer, like 1=50x7,20x15,0.50x8,USD20x1."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why a drawer is short or over.")] = "",
    carry_over: Annotated[str, typer.Option(metavar="REASON", help="Carry every open check over.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Close every day that is waiting, one after the other.")] = False,
) -> None:
    """Close the business day with its Z, or say what holds it up; its workbook goes to the exports."""
    use_node(1 + secrets.randbelow(NODES - 1))

    async def work(db: Database) -> None:
        async with db.read() as read:
            by = command_line((await read.venue()).id)
        for one in count or ():
            await _count(db, one, reason, by)
        if carry_over:
            await _carry_over(db, carry_over, by)
        waiting = await _close(db, by)
        while every and waiting:
            waiting = await _close(db, by)

    with_database(work)


async def _close(db: Database, by: Actor) -> int:
    """Close the next day, say so, write its workbook. Returns how many days still wait."""
    async with db.read() as read:
        found = await standing(read)
    closed = await db.run(lambda tx: day.close_day(tx, found.day, found.number, by=by))
    typer.echo("\n".join(sheets.preview(sheets.Sheet.from_json(closed.paper), till_paper.COLUMNS)))
    typer.echo(f"\nZ {closed.number} closes {closed.day:%A %Y-%m-%d}. Its workbook is {await _workbook(db, closed)}.")
    return len(found.waiting)


async def _workbook(db: Database, closed: Closed) -> Path:
    async with db.read() as read:
        found = await book_of(read, closed.day, closed.day)
    content, settings = forms.content(found, forms.WORKBOOK.suffix), load_settings()
    await mail_day(db, closed.number, found, content, has_post=bool(settings.smtp_host))
    return keep(settings.home, closed.number, content)


async def _carry_over(db: Database, reason: str, by: Actor) -> None:
    async with db.read() as read:
        found: Standing = await standing(read)
    for blocker in found.blockers:
        if blocker.kind != "drawer":
            await _one_over(db, blocker.id, reason, by)


async def _one_over(db: Database, check_id: int, reason: str, by: Actor) -> None:
    async def carry(tx: Tx) -> None:
        await day.carry_over(tx, check_id, reason, by=by)

    await db.run(carry)


async def _count(db: Database, told: str, reason: str, by: Actor) -> None:
    """Count the drawer of a till as it is told, with the reason where it differs."""
    async with db.read() as read:
        currency = (await read.venue()).currency
        till, pieces = read_count(told, currency)
        mine = [one for one in await till_locks.not_closed(read) if one.till == till]
    if not mine:
        raise DrawerShut(till)

    async def count(tx: Tx) -> None:
        drawer = await drawers.count_drawer(tx, mine[0].id, pieces, by=by)
        if reason and drawer.counted != drawer.expected:
            await drawers.explain_drawer(tx, drawer.id, reason, by=by)

    await db.run(count)


def read_count(told: str, currency: Currency) -> tuple[int, dict[str, int]]:
    """A till and its pieces out of text like 1=50x7,20x15,USD20x1. Raises CountUnreadable, AmountUnreadable."""
    till, equals, listed = told.partition("=")
    if not (equals and till.isdecimal()):
        raise CountUnreadable(told)
    pieces: dict[str, int] = {}
    for part in filter(None, listed.split(",")):
        face, _, many = part.partition("x")
        if not many.isdecimal():
            raise CountUnreadable(told)
        name, count = _piece(face, int(many), currency)
        pieces[name] = pieces.get(name, 0) + count
    return int(till), pieces


def _piece(face: str, many: int, currency: Currency) -> tuple[str, int]:
    """A piece of ours and how many there are; of another currency, written like USD20, its code and the amount."""
    code, amount = face[:3].upper(), face[3:]
    if code.isalpha() and code.isascii() and len(code) == 3:
        return code, Currency(code).parse(amount) * many
    return str(currency.parse(face)), many


def daybook(
    first: Annotated[str, typer.Argument(metavar="FROM", help="A business day like 2015-11-27, or “today”.")] = "today",
    last: Annotated[str, typer.Argument(metavar="TO", help="The last business day, included.")] = "",
    kind: Annotated[str, typer.Option(help="Only this kind, such as sale, return or pay_out.")] = "",
    account: Annotated[str, typer.Option(help="Only this account, such as cash:1 or card.")] = "",
    find: Annotated[str, typer.Option("--find", help="A number, amount, table, person or reason.")] = "",
) -> None:
    """Print every movement of money of a day or a range, with the running balance."""
    words = {"from": first, "to": last, "kind": kind, "account": account, "q": find}

    async def look(db: Database) -> Table:
        async with db.read() as read:
            return await _book(read, words)

    console = Console(highlight=False, markup=False, emoji=False)
    wide = console if console.is_terminal else Console(highlight=False, markup=False, emoji=False, width=WIDE)
    wide.print(with_database(look))


async def _book(read: Read, words: dict[str, str]) -> Table:
    venue = await read.venue()
    told = await show_daybook(read, words)
    rows, page = told["rows"], told
    while page["next"] is not None:
        if len(rows) > MOST_PRINTED:
            raise DaybookTooLong(MOST_PRINTED)
        page = await show_daybook(read, words | {"before": str(page["next"])})
        rows = [*page["rows"], *rows]
    sums = ", ".join(_sum(name, amount(venue.currency, told["sums"][name]), told["counts"]) for name in told["sums"])
    table = Table(title=f"{told['from']} to {told['to']}, {venue.currency_code}", caption=sums, box=None)
    for heading in ("Time", "No.", "Kind", "For", "By", "Account"):
        table.add_column(heading, overflow="fold")
    for heading in ("Amount", "Balance"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        at = local(datetime.fromisoformat(row["at"]), venue.timezone)
        about = ", ".join(filter(None, (row["label"], row["reason"])))
        kind = "corrected" if row["is_correction"] else CALLED.get(row["kind"], row["kind"]).replace("_", " ")
        who = (f"{at:%m-%d %H:%M}", row["number"], kind, about, row["person"])
        figures = (amount(venue.currency, row["amount"]), amount(venue.currency, row["balance"]))
        table.add_row(*who, row["account_name"], *figures)
    return table


def _sum(name: str, amount: str, counts: dict[str, int]) -> str:
    """A sum of the daybook in words, with how many movements it is of where that is counted."""
    called = "refunds and corrections" if name == "returns" else name
    return f"{called} {amount}" + (f" ({counts[name]})" if counts.get(name) else "")
