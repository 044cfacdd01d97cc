"""A CSV file as spreadsheets read it; whoever writes rows has made the text in them safe with `csv_text`."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, BinaryIO

from exports.files import write_out


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]], target: Path | BinaryIO) -> None:
    """Write a head and rows, whole or not at all. Raises ExportRefused."""
    write_out(target, lambda file: fill_csv(columns, rows, file))


def fill_csv(columns: Sequence[str], rows: Iterable[Sequence[str]], file: IO[bytes]) -> None:
    """Write a head and rows into an open file, which stays open."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    text.detach()
