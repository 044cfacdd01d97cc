"""The test page: what a person compares with the printer's settings. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.printing.codepages import page
from kiosk.printing.documents import TestPage
from kiosk.printing.rows import (
    BAR,
    BOLD,
    TALL,
    Copy,
    Paper,
    Part,
    QrCode,
    Raster,
    Row,
    Rule,
    Slip,
    Style,
    centered,
    heading,
    rows_of,
    sides,
)
from kiosk.printing.text import plain

RULERS = (32, 42, 48)
LETTERS = "€ é è ñ ü ß ç à ö å"
SCRIPTS = ("Ελληνικά Кухня", "مطبخ 12 מטבח", "रसोई 12 ครัว", "厨房 12 キッチン")
EXAMPLES = {
    "Greek": "Κουζίνα",
    "Cyrillic": "Кухня",
    "Arabic": "مطبخ",
    "Hebrew": "מטבח",
    "Hindi": "रसोई",
    "Thai": "ครัว",
    "Chinese": "厨房",
    "Japanese": "キッチン",
}
LINK = "KIOSK TEST 0123456789"
PROOFS = {"process_id": "when on paper", "gs_r": "answers in order", "status": "status only", "none": "none"}
DRAWERS = {"pin_2": "pin 2", "pin_5": "pin 5", "none": "none"}
BELLS = {"esc_b": "rings", "esc_a": "rings (Epson)", "none": "silent"}
CUTS = {
    "partial": "It should now be cut and leave a bridge",
    "full": "It should now be cut all through",
    "none": "It is not cut: tear it here",
}


def trial_page(document: TestPage, paper: Paper, copy: Copy) -> Slip:
    """Settings, rulers, letters, sizes, a picture, a code, and the end mark before the cut."""
    end = f"END TEST {plain(document.time)}"
    rows: list[Part] = [*heading(document.printer, paper.columns), *centered("TEST PAGE", paper.columns, bold=True)]
    rows += [*sides("Time", plain(document.time), paper.columns), *_settings(document, paper), Rule()]
    rows += [*_rulers(paper), Rule(), *_letters(document, paper), Rule(), *_sizes(paper), Rule()]
    rows += [*centered("A frame from edge to edge", paper.columns), Raster("test")]
    rows += [*centered("A code that a phone can read", paper.columns), QrCode(document.link or LINK)]
    rows += [*rows_of(CUTS.get(document.cut, plain(document.cut)), paper.columns)]
    return Slip((*rows, *centered(end, paper.columns)), paper.columns, end)


def _settings(document: TestPage, paper: Paper) -> Iterator[Row]:
    told = {
        "Columns": str(document.columns),
        "Dots": str(document.dots),
        "Code page": f"{plain(document.code_page)} is number {document.code_page_no}",
        "Proof of printing": PROOFS.get(document.ack, plain(document.ack)),
        "Drawer": DRAWERS.get(document.drawer, plain(document.drawer)),
        "Bell": BELLS.get(document.buzzer, plain(document.buzzer)),
    }
    for label, word in told.items():
        yield from sides(label, word, paper.columns)


def _rulers(paper: Paper) -> Iterator[Row]:
    """The scale of this width, and where narrower paper would end."""
    yield Row("".join(str(place % 10) for place in range(1, paper.columns + 1)))
    for columns in RULERS:
        if columns <= paper.columns:
            yield Row(f"{columns:->{columns - 1}}|")


def _letters(document: TestPage, paper: Paper) -> Iterator[Row]:
    yield from rows_of(LETTERS, paper.columns, lead="Letters: ")
    for row in page(document.code_page).table():
        yield Row(row.rstrip())
    for script in SCRIPTS:
        yield from rows_of(script, paper.columns, lead="         ")
    if lacking := [name for name, word in EXAMPLES.items() if not paper.can_print(word)]:
        told = f"No letters here for {', '.join(lacking)}: they come out as ?. "
        told += "A font with them on the kiosk's computer helps."
        yield from rows_of(told, paper.columns, BOLD)


def _sizes(paper: Paper) -> Iterator[Row]:
    yield from rows_of("Bold", paper.columns, BOLD)
    yield from rows_of("Twice as high", paper.columns, TALL)
    yield from rows_of("Twice", paper.columns, Style(width=2, height=2))
    yield from rows_of("Thrice", paper.columns, Style(width=3, height=3))
    yield from rows_of("White on black", paper.columns, BAR, lead=" ")
