"""`kiosk audit verify`, `kiosk audit rollups` and `kiosk audit show`."""

from __future__ import annotations

from typing import Annotated, TypeVar

import typer
from sqlalchemy import select

from kiosk.checks.models import Check
from kiosk.core import clock
from kiosk.core.commanded import with_database
from kiosk.core.db import Database, Read
from kiosk.core.journal_audit import Verdict
from kiosk.reports.audit import anchor_of, place_of, range_of, verify_books
from kiosk.reports.audit_errors import NoSuchCheck
from kiosk.reports.guards import unguarded
from kiosk.reports.life import Life, show_life
from kiosk.reports.life_words import Event
from kiosk.reports.rolling import Difference, differences, kept_days, make_anew

T = TypeVar("T")
HOURS_S = 6 * 3600
NOT_WHOLE = 1

audit = typer.Typer(no_args_is_help=True, help="Prove that the books are whole; tell the life of a check.")


@audit.command("verify")
def verify(
    first: Annotated[str | None, typer.Option("--from", help="The first entry, by number or business day.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last entry, by number or business day.")] = None,
    anchor: Annotated[
        list[str] | None, typer.Option("--anchor", help="What a Z report or this command said before: SEQ:DIGEST.")
    ] = None,
) -> None:
    """Go along the journal's chain and name the first entry that is not what was written; exit code 1 if there is one.

    Also tries whether the database still refuses to change and to drop what is written once.

    Whoever can change the database can write the whole chain anew. That shows only against something kept elsewhere:
    the journal's end on a Z report's paper, or as this command printed it.
    """
    anchors, since, until = [anchor_of(text) for text in anchor or ()], place_of(first), place_of(last)

    async def look(db: Database) -> tuple[Verdict, list[str]]:
        async with db.read(seconds=HOURS_S) as read:
            verdict = await verify_books(read, *await range_of(read, since, until), anchors)
        return verdict, await unguarded(db)

    verdict, deeds = with_database(look)
    typer.echo(f"NOT WHOLE. {verdict.fault.sentence}" if verdict.fault else _whole(verdict))
    if deeds:
        typer.echo(
            f"NOT GUARDED. This database would let somebody {', '.join(deeds)}: its triggers are gone. "
            "Go back to a backup that has them."
        )
    if verdict.fault or deeds:
        raise typer.Exit(NOT_WHOLE)


def _whole(verdict: Verdict) -> str:
    if not verdict.count:
        return "The journal is empty, and its head says so."
    entries = f"Entry {verdict.first} is" if verdict.count == 1 else f"Entries {verdict.first} to {verdict.last} are"
    return (
        f"{entries} as written. The last of them is {verdict.end.spoken}\n"
        f"Kept elsewhere, this proves later that nothing up to it was written anew:\n"
        f"  kiosk audit verify --anchor {verdict.end.anchor}"
    )


@audit.command("rollups")
def rollups(
    anew: Annotated[bool, typer.Option("--anew", help="Make the days that differ anew from their receipts.")] = False,
) -> None:
    """Prove that what is kept of days that are over is what their receipts come to; exit code 1 where it is not.

    Reports over years read those sums; every sum of every day is reckoned again from the receipts.
    """

    async def look(db: Database) -> tuple[int, list[Difference]]:
        async with db.read(seconds=HOURS_S) as read:
            days = await kept_days(read)
            bent = await differences(read, days[0], days[-1]) if days else []
        if anew:
            await make_anew(db, sorted({one.day for one in bent}))
        return len(days), bent

    count, bent = with_database(look)
    typer.echo(_equal(count) if not bent else "\n".join(_differing(bent)))
    if bent:
        typer.echo("They were made anew." if anew else "Make them anew: kiosk audit rollups --anew")
        raise typer.Exit(0 if anew else NOT_WHOLE)


def _equal(days: int) -> str:
    if not days:
        return "No day is added up yet: every report reads the receipts."
    return f"What is kept of {days:,} {'day' if days == 1 else 'days'} is what their receipts come to."


def _differing(bent: list[Difference]) -> list[str]:
    named: dict[str, list[str]] = {}
    for one in bent:
        named.setdefault(one.day.isoformat(), []).append(one.dimension)
    return [f"NOT EQUAL. {day}: {', '.join(dimensions)}" for day, dimensions in named.items()]


@audit.command("show")
def show(number: Annotated[int, typer.Argument(metavar="CHECK", help="The number of the check.", min=1)]) -> None:
    """Tell the life of a check and of each of its lines: by whom, approved by whom, when."""
    for line in printed(with_database(lambda db: _look(db, number))):
        typer.echo(line)


async def _look(db: Database, number: int) -> Life:
    async with db.read() as read:
        return await show_life(read, await _check_id(read, number))


async def _check_id(read: Read, number: int) -> int:
    venue = await read.venue()
    found = select(Check.id).where(Check.venue_id == venue.id, Check.number == number)
    check_id = (await read.session.execute(found)).scalar_one_or_none()
    if check_id is None:
        raise NoSuchCheck(number)
    return check_id


def printed(life: Life) -> list[str]:
    """A life on a terminal, line by line; what cannot be printed is a question mark."""
    lines = [life.title, life.subtitle, "", *(_sentence(event, life) for event in life.told)]
    for line in life.lines:
        lines += ["", f"{line.title}: {line.ended}", *(_sentence(event, life) for event in line.told)]
    return ["".join(one if one.isprintable() else "?" for one in line) for line in lines]


def _sentence(event: Event, life: Life) -> str:
    at = clock.local(event.at, life.timezone)
    first = clock.local(life.opened_at, life.timezone).date()
    day = "" if at.date() == first else f"{at:%-d %b} "
    entry = f"#{event.entry}" if event.entry else ""
    return f"  {day}{at:%H:%M}  {entry:>8}  {event.text}"
