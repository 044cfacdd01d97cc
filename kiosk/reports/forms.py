"""The forms in which the figures of a day or a range are taken away: workbook, CSV, PDF."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from kiosk.reports.rules import Takings

if TYPE_CHECKING:
    from exports.pdf import Typefaces

LATIN: Final = 0x24F


@dataclass(frozen=True)
class Form:
    """One of them, by how its file ends."""

    suffix: str
    mime: str
    meaning: str


WORKBOOK: Final = Form(
    ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "the workbook that reckons itself"
)
FORMS: Final = {
    form.suffix: form
    for form in (
        WORKBOOK,
        Form(".zip", "application/zip", "a zip with every sheet as CSV"),
        Form(".pdf", "application/pdf", "the sheets on A4"),
        Form(".csv", "text/csv; charset=utf-8", "the receipts alone"),
    )
}


def show_forms() -> str:
    """The forms there are, as a sentence names them."""
    *some, last = (f"{form.suffix} for {form.meaning}" for form in FORMS.values())
    return f"{', '.join(some)} or {last}"


def file_name(first: date, last: date, suffix: str = WORKBOOK.suffix) -> str:
    """What the file of a day or a range is called: letters, digits and lines that every system takes."""
    return f"kiosk-{first}{suffix}" if first == last else f"kiosk-{first}-to-{last}{suffix}"


def write(found: Takings, suffix: str, target: Path | BinaryIO) -> None:
    """Write a book in one of the forms. Raises KeyError for another form, ExportRefused with a sentence."""
    from exports.csv_sheets import write_csv_zip, write_receipts_csv
    from exports.pdf import write_pdf
    from exports.workbook import write_workbook
    from kiosk.reports.figures import figures_of

    figures = figures_of(found)
    writers = {".xlsx": write_workbook, ".zip": write_csv_zip, ".csv": write_receipts_csv}
    if suffix == ".pdf":
        write_pdf(figures, target, _typefaces(_letters(found)))
    else:
        writers[suffix](figures, target)


def content(found: Takings, suffix: str) -> bytes:
    """The same as bytes."""
    file = io.BytesIO()
    write(found, suffix, file)
    return file.getvalue()


def _typefaces(letters: str) -> Typefaces:
    """The house's letters, and fonts of this computer for those that it lacks."""
    from exports.pdf import Typefaces
    from kiosk.payments.guest_pdf import FONTS, more_fonts

    beyond = max(map(ord, letters), default=0) > LATIN
    others = [FONTS / "IBMPlexSansArabic-Regular.ttf", *more_fonts(letters)] if beyond else []
    return Typefaces(FONTS / "IBMPlexSans-Regular.ttf", FONTS / "IBMPlexSans-SemiBold.ttf", others)


def _letters(found: Takings) -> str:
    texts = {text for part in found.parts.values() for row in part for text in row if isinstance(text, str)}
    return "".join({letter for text in (found.venue, *texts) for letter in text})
