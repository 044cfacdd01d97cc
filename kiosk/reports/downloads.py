"""The figures of a range of days, or of a closed one, as a file that a browser takes away."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from pathlib import Path

from fastapi import Response

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Database
from kiosk.reports import forms
from kiosk.reports.bindery import Bindery
from kiosk.reports.day_books import DayBooks, path_of
from kiosk.reports.errors import NoSuchForm
from kiosk.reports.ranges import Days, range_of
from kiosk.reports.rules import Takings
from kiosk.reports.takings import business_today
from kiosk.ui.gesture import answer


async def range_file(db: Database, bindery: Bindery, days: tuple[str, str], ending: str, by: Actor) -> Response:
    """The book from one business day to another in the form that the ending names, or the refusal as a sentence."""

    async def make() -> Response:
        by.must(Permission.EXPORT)
        form = forms.FORMS.get(f".{ending.lower()}")
        if form is None:
            raise NoSuchForm(ending, forms.show_forms())
        bound = await bindery.file(db, *await _days(db, *days), form)
        return download(bound.content, name_of(bound.found, form), form.mime)

    return await answer(make)


async def day_book(books: DayBooks, home: Path, number: int, by: Actor) -> Response:
    """The workbook of a closed day as it was kept, or as it is written now where it is missing."""

    async def make() -> Response:
        by.must(Permission.EXPORT)
        path = path_of(home, number)
        if not await asyncio.to_thread(path.exists):
            await books.write(number)
        return download(await asyncio.to_thread(path.read_bytes), path.name, forms.WORKBOOK.mime)

    return await answer(make)


async def _days(db: Database, first: str, last: str) -> Days:
    async with db.read() as read:
        locale = (await read.venue()).locale
        return range_of(first, last, await business_today(read), locale)


def name_of(found: Takings, form: forms.Form) -> str:
    """What the file is called: whose figures, of which days."""
    until = "" if found.first_day == found.last_day else f"-to-{found.last_day}"
    return f"{slug(found.venue)}-{found.first_day}{until}{form.suffix}"


def download(content: bytes, name: str, mime: str) -> Response:
    """A file as an answer that nobody keeps on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=mime, headers=headers)


def slug(name: str) -> str:
    """A name as part of a file name that every system and every header takes: "Al Ponte!" is al-ponte."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "kiosk"
