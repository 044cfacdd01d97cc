"""From rows of paper to ESC/POS bytes, by python-escpos with its code page fixed to one that has the euro."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Sequence
from typing import Any

from kiosk.printing.layouts import Row

CODE_PAGE = "CP858"
CODE_PAGE_NO = 19
OBEYED = {"Cc", "Cf", "Cs"}
FOLDED = str.maketrans(
    {
        "\u2212": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u00a0": " ",
        "\u202f": " ",
    }
)


def encode(rows: Sequence[Row]) -> bytes:
    """The bytes of one slip, cut at its end. What the code page does not know becomes its base letter or a `?`."""
    printer = _dummy()
    printer.hw("INIT")
    printer._raw(bytes((0x1B, 0x74, CODE_PAGE_NO)))
    for row in rows:
        printer.set(
            align=row.align.value,
            bold=row.bold,
            custom_size=True,
            width=2 if row.big else 1,
            height=2 if row.big else 1,
        )
        printer._raw(letters(row.text) + b"\n")
    printer.cut(mode="PART")
    return bytes(printer.output)


def _dummy() -> Any:
    before = logging.getLogger().handlers[:]
    from escpos.printer import Dummy

    # Importing escpos configures the root logger, which is ours.
    logging.getLogger().handlers[:] = before
    return Dummy()


def letters(text: str) -> bytes:
    """Text in the printer's code page, without anything a printer would obey, whatever the layout let through."""
    shown = (one for one in text.translate(FOLDED) if unicodedata.category(one) not in OBEYED)
    return b"".join(_letter(one) for one in shown)


def _letter(one: str) -> bytes:
    for form in (one, unicodedata.normalize("NFKD", one)[:1]):
        try:
            return form.encode(CODE_PAGE)
        except UnicodeEncodeError:
            continue
    return b"?"
