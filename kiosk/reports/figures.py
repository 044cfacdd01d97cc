"""The figures as frames, for the exports. Home of pandas here; a server that serves tablets never imports this file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from exports.figures import Figures
from kiosk.core.db import Read
from kiosk.reports.book import BOOK, BOOK_WHOLE, LISTED, book_of
from kiosk.reports.rules import Dimension, Row, Takings
from kiosk.reports.takings import told_by


async def day_figures(read: Read, day: date) -> Figures:
    """The figures of one business day, balanced."""
    return figures_of(await book_of(read, day, day))


async def range_figures(read: Read, first: date, last: date, *, most: int | None = LISTED) -> Figures:
    """The figures of a range of business days, balanced; of its receipts at most so many are listed, or all."""
    return figures_of(await book_of(read, first, last, most=most))


async def by(read: Read, first: date, last: date, dimension: Dimension | str) -> pd.DataFrame:
    """A range told by day, month, item, category, portion, hour, staff or tender."""
    return frame_of(*await told_by(read, first, last, Dimension(dimension)))


def figures_of(found: Takings) -> Figures:
    """The figures of a book as frames."""
    frames = {name: frame_of(columns, found.parts[name]) for name, columns in BOOK.items()}
    return Figures(
        venue=found.venue,
        currency=found.currency,
        decimals=found.decimals,
        first_day=found.first_day,
        last_day=found.last_day,
        made_at=found.made_at,
        **frames,
    )


def frame_of(columns: Sequence[str], rows: Sequence[Row]) -> pd.DataFrame:
    """Rows as a frame whose sums and counts are whole numbers, also when it is empty."""
    frame = pd.DataFrame(list(rows), columns=list(columns))
    whole = [column for column in columns if column in BOOK_WHOLE]
    return frame.astype({column: "Int64" if frame[column].isna().any() else "int64" for column in whole})
