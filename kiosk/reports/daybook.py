"""The daybook: a page of movements by day and number, out of any filter, and what they come to.

A page is read by keyset in one index, whatever is asked for; sums come from the running sums that every Z keeps, and
only the days not closed are added up, so that neither grows with the book.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select

from kiosk.core.db import Read
from kiosk.core.money import AmountUnreadable, Currency
from kiosk.payments.rules import MovementKind
from kiosk.payments.till_models import FILTERED, Movement

S = TypeVar("S", bound=Select[*tuple[Any, ...]])
BEFORE_ALL: Final = date(1, 1, 2)
PAGE: Final = 50
NEWEST: Final = 200
"""How many new rows a screen that follows the book is given at once."""
SEARCHED: Final = 20_000
"""How many movements one page of a search looks through; the next page goes on from there."""
LONGEST: Final = 60


@dataclass(frozen=True)
class Asked:
    """What of the daybook is asked for: business days, both included, and filters that all must fit."""

    first: date
    last: date
    kind: MovementKind | None = None
    person: int | None = None
    account: str | None = None
    text: str = ""
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Page:
    """Rows in the order of the book, the oldest first; `next` asks for those before them, where there are more."""

    rows: list[Movement]
    next: int | None
    is_first: bool


async def page(read: Read, asked: Asked) -> Page:
    """A page of the daybook: the newest rows, those before a movement, or those after it."""
    if asked.after is not None:
        return Page(await _rows(read, await newer(read, asked), NEWEST), None, is_first=False)
    if asked.text:
        return await _search(read, asked)
    found = await _rows(read, await older(read, asked), PAGE + 1)
    rows = found[:PAGE]
    return Page(rows[::-1], rows[-1].seq if len(found) > PAGE else None, is_first=asked.before is None)


def index_of(asked: Asked) -> str:
    """The one index that holds the rows of these filters in the order of the book."""
    given = {"kind": asked.kind, "person_id": asked.person, "account": asked.account}
    columns = tuple(name for name, value in given.items() if value is not None)
    return next((name for name, of in FILTERED.items() if of == columns), "ix_movements_day")


async def statement(read: Read, asked: Asked) -> Select[Movement]:
    """The rows of these days and filters, without an order yet. MariaDB is told which index to walk."""
    venue = await read.venue()
    mine: list[ColumnElement[bool]] = [
        Movement.venue_id == venue.id,
        Movement.business_day.between(asked.first, asked.last),
    ]
    if asked.kind is not None:
        mine.append(Movement.kind == asked.kind)
    if asked.person is not None:
        mine.append(Movement.person_id == asked.person)
    if asked.account is not None:
        mine.append(Movement.account == asked.account)
    return with_index(select(Movement).where(*mine), index_of(asked))


def with_index(statement: S, name: str) -> S:
    """The statement with the index that MariaDB and MySQL are to use; left alone, they walk the whole book."""
    hint = f"FORCE INDEX ({name})"
    return statement.with_hint(Movement, hint, "mysql").with_hint(Movement, hint, "mariadb")


async def older(read: Read, asked: Asked) -> Select[Movement]:
    """The rows before a movement, else all, the newest first."""
    if asked.before is None:
        found = await statement(read, asked)
    else:
        day = min(await _day_of(read, asked.before), asked.last)
        found = await statement(read, replace(asked, last=day))
        found = found.where(or_(Movement.business_day < day, _seq() < asked.before))
    return found.order_by(Movement.business_day.desc(), Movement.seq.desc())


async def newer(read: Read, asked: Asked) -> Select[Movement]:
    """The rows after a movement, the oldest first."""
    if not asked.after:
        found = await statement(read, asked)
    else:
        day = max(await _day_of(read, asked.after), asked.first)
        found = await statement(read, replace(asked, first=day))
        found = found.where(or_(Movement.business_day > day, _seq() > asked.after))
    if asked.text:
        found = found.where(_fits(asked.text, (await read.venue()).currency))
    return found.order_by(Movement.business_day, Movement.seq)


def _seq() -> ColumnElement[int]:
    """A movement's number where it must not tempt SQLite to walk the whole book by it: the day does the finding."""
    return Movement.seq + 0


async def _day_of(read: Read, seq: int) -> date:
    """The business day of a movement; of one that is not there, the first there ever was."""
    venue = await read.venue()
    found = select(Movement.business_day).where(Movement.venue_id == venue.id, Movement.seq == seq)
    return (await read.session.execute(found)).scalar_one_or_none() or BEFORE_ALL


async def _search(read: Read, asked: Asked) -> Page:
    """The rows whose number, amount, label, person or reason fits, in so much of the book as one page looks through."""
    rows_before, is_first = await older(read, asked), asked.before is None
    only = rows_before.with_only_columns(Movement.seq, maintain_column_froms=True)
    looked = (await read.session.scalars(only.limit(SEARCHED + 1))).all()
    end = looked[SEARCHED] if len(looked) > SEARCHED else None
    within = rows_before.where(_fits(asked.text, (await read.venue()).currency))
    found = await _rows(read, within if end is None else within.where(_seq() > end), PAGE + 1)
    rows = found[:PAGE]
    if len(found) > PAGE:
        return Page(rows[::-1], rows[-1].seq, is_first)
    return Page(rows[::-1], None if end is None else looked[SEARCHED - 1], is_first)


async def _rows(read: Read, statement: Select[Movement], most: int) -> list[Movement]:
    return list(await read.session.scalars(statement.limit(most)))


def _fits(text: str, currency: Currency) -> ColumnElement[bool]:
    """Whether a movement has this text in it, or this amount."""
    part = text[:LONGEST].replace("/", "//").replace("%", "/%").replace("_", "/_")
    columns = (Movement.number, Movement.label, Movement.person, Movement.reason)
    fits = [column.like(f"%{part}%", escape="/") for column in columns]
    # Neither engine lowers every letter, so what was typed as it stands in the book is found in any case.
    fits += [func.lower(column).like(f"%{part.lower()}%", escape="/") for column in columns]
    return or_(*fits, *(Movement.amount.in_((amount, -amount)) for amount in amounts_of(text, currency)))


def amounts_of(text: str, currency: Currency) -> Sequence[int]:
    """The amount that somebody looks for, with a point or a comma; nothing when it is none."""
    try:
        return [abs(currency.parse(text.replace(",", ".").lstrip("+-\u2212")))]
    except AmountUnreadable:
        return []
