"""Sheets of figures on paper: X, Z, what is told about a drawer, the summary of a day. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.printing.documents_sheet import Figure, Sheet
from kiosk.printing.rows import (
    BOLD,
    PLAIN,
    Copy,
    Paper,
    Part,
    Row,
    Rule,
    Slip,
    banner,
    centered,
    heading,
    rows_of,
    sides,
)
from kiosk.printing.text import plain
from kiosk.printing.words import said_heading, shout
from kiosk.printing.words_sheet import said_figure, said_note


def sheet(document: Sheet, paper: Paper, copy: Copy) -> Slip:
    """Head, blocks with a rule between them, foot, end mark."""
    end = f"END {plain(document.title)}"
    rows: list[Part] = [*banner(said_heading(copy.heading, paper.language), paper.columns), *_again(copy, paper)]
    rows += heading(document.venue, paper.columns)
    rows += centered(said_figure(document.title, paper.language), paper.columns, bold=True)
    rows += [row for note in document.notes for row in centered(said_note(note, paper.language), paper.columns)]
    for block in document.blocks:
        rows += [Rule(), *_block(document, block, paper)]
    rows.append(Rule())
    rows += [row for line in document.foot for row in rows_of(said_figure(plain(line), paper.language), paper.columns)]
    return Slip((*rows, *centered(end, paper.columns)), paper.columns, end)


def _again(copy: Copy, paper: Paper) -> Iterator[Row]:
    if copy.no > 1:
        yield from banner(f"{shout('Reprint', paper.language)} {copy.no - 1}", paper.columns)
        yield from centered(f"{copy.asked_by} {copy.at}".strip(), paper.columns)


def _block(document: Sheet, block: tuple[Figure, ...], paper: Paper) -> Iterator[Row]:
    for one in block:
        is_ours = one.bold or one.amount is not None or bool(one.word)
        right = document.shown(one) if one.amount is not None else said_figure(document.shown(one), paper.language)
        label = said_figure(plain(one.label), paper.language, is_ours=is_ours)
        yield from sides(label, right, paper.columns, BOLD if one.bold else PLAIN)
