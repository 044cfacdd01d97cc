"""The process that makes workbooks: it reads the days that are ordered and answers with a file.

Run as `python -m kiosk.reports.binder`; a server that serves tablets never imports this file.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from exports.errors import ExportRefused
from kiosk.core import workshop
from kiosk.core.db import Database
from kiosk.core.errors import KioskError, Unavailable
from kiosk.reports import forms
from kiosk.reports.bindery import Made, Order, Refusal, url_of
from kiosk.reports.book import book_of
from kiosk.reports.takings import business_today


class Bench:
    """Where the process works: it stays connected to the database it was asked about last."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._db: Database | None = None

    def bound(self, order: Order) -> Made | Refusal | None:
        """The file, or why not; nothing after a rehearsal."""
        try:
            return self._runner.run(self._bound(order))
        except ExportRefused as refusal:
            return Refusal(str(refusal), is_away=False)
        except KioskError as refusal:
            return Refusal(refusal.sentence, is_away=isinstance(refusal, Unavailable))

    def close(self) -> None:
        """Leave the database."""
        if self._db:
            self._runner.run(self._db.close())
        self._runner.close()

    async def _bound(self, order: Order) -> Made | None:
        db = await self._opened(order.url)
        async with db.read() as read:
            first, last = order.days or [await business_today(read)] * 2
            found = await book_of(read, first, last)
        content = forms.content(found, order.suffix)
        brief = replace(found, parts=found.parts | {"receipts": []}, with_receipts=False)
        return Made(content, brief) if order.days else None

    async def _opened(self, url: str) -> Database:
        if self._db is None or url_of(self._db) != url:
            if self._db:
                await self._db.close()
            self._db = Database(url)
        return self._db


def main() -> None:
    """Be the process."""
    bench = Bench()
    try:
        workshop.work(bench.bound)
    finally:
        bench.close()


if __name__ == "__main__":
    main()
