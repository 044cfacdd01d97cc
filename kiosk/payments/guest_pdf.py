"""A guest's receipt as PDF, on A4 as offices file it; made in a process of its own.

Run as `python -m kiosk.payments.guest_pdf` this is that process.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.core import workshop
from kiosk.core.errors import DeviceTrouble
from kiosk.payments.guest_view import Dish, Fact, GuestReceipt, Part, Sum

if TYPE_CHECKING:
    from fpdf import FPDF

log = logging.getLogger(__name__)
PATIENCE_S: Final = 30
FONTS = Path(__file__).parent / "fonts"
FAMILIES = {"plex": "IBMPlexSans", "arabic": "IBMPlexSansArabic"}
STYLES = {"": "Regular", "B": "SemiBold"}
ELSEWHERE = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"), Path("C:/Windows/Fonts"))
"""Where computers keep fonts of their own, for letters that ours have not."""
LIKELY = (
    "DejaVuSans.ttf",
    "NotoSans*-Regular.?tf",
    "FreeSans.ttf",
    "wqy-*.tt?",
    "NotoSansCJK*-Regular.ttc",
    "arial.ttf",
)
WIDTH, LEFT, TOP = 120, 45, 18
AMOUNT, QUANTITY, COLUMN = 32, 12, 26
INK, GREY, RED = (20, 26, 38), (92, 102, 120), (170, 38, 30)
LINE = 5.2


class NoPdf(DeviceTrouble):
    def __init__(self) -> None:
        super().__init__("The PDF could not be made. Try again, or show the receipt on its page.")


class Press(workshop.Workshop):
    """Makes PDF of receipts, one at a time."""

    def __init__(self) -> None:
        super().__init__(__name__)

    async def pdf(self, receipt: GuestReceipt) -> bytes:
        """The receipt as PDF. Raises NoPdf."""
        try:
            made = await self.ask(receipt, seconds=PATIENCE_S)
        except workshop.WorkLost as trouble:
            log.exception("the process that makes PDF failed")
            raise NoPdf from trouble
        if not isinstance(made, bytes):
            log.error("a PDF could not be made: %s", made)
            raise NoPdf
        return made


def pressed(receipt: GuestReceipt) -> bytes:
    """The bytes of the PDF; the same receipt makes the same."""
    pdf = _paper(receipt)
    _head(pdf, receipt)
    for part in receipt.parts:
        _part(pdf, part)
    if receipt.stands:
        _rule(pdf)
        for one in receipt.stands:
            _sum(pdf, one)
    _foot(pdf, receipt)
    return bytes(pdf.output())


def _paper(receipt: GuestReceipt) -> FPDF:
    from fpdf import FPDF

    pdf = FPDF(unit="mm", format="A4")
    pdf.set_title(f"{receipt.parts[0].title}, {receipt.venue}")
    pdf.set_lang(receipt.language)
    pdf.set_creator("Kiosk")
    pdf.set_creation_date(datetime.fromisoformat(receipt.issued))
    for family, file in FAMILIES.items():
        for style, name in STYLES.items():
            pdf.add_font(family, style, FONTS / f"{file}-{name}.ttf")
    more = [str(path) for path in more_fonts("".join(_texts(receipt)))]
    for place, path in enumerate(more):
        pdf.add_font(f"more{place}", "", path)
    pdf.set_fallback_fonts(["arabic", *(f"more{place}" for place in range(len(more)))], exact_match=False)
    pdf.set_text_shaping(use_shaping_engine=True)
    pdf.set_margins(LEFT, TOP, LEFT)
    pdf.c_margin = 0
    pdf.set_auto_page_break(True, margin=TOP)
    pdf.add_page()
    return pdf


def _head(pdf: FPDF, receipt: GuestReceipt) -> None:
    _text(pdf, receipt.venue, size=20, bold=True)
    for line in filter(None, (*receipt.address, receipt.tax_number)):
        _text(pdf, line, size=9, ink=GREY)
    for notice in receipt.notices:
        pdf.ln(2)
        _text(pdf, notice, bold=True, ink=RED)


def _part(pdf: FPDF, part: Part) -> None:
    pdf.ln(5)
    _text(pdf, part.title, size=13, bold=True, ink=RED if part.is_refund else INK)
    _facts(pdf, part.facts)
    _rule(pdf)
    for dish in part.dishes:
        _dish(pdf, dish)
    _rule(pdf)
    for one in part.sums:
        _sum(pdf, one)
    for one in part.tenders:
        _sum(pdf, one)
    _taxes(pdf, part)


def _facts(pdf: FPDF, facts: Iterable[Fact]) -> None:
    told = "   ".join(f"{fact.label}: {fact.value}" for fact in facts)
    _text(pdf, told, size=9, ink=GREY)


def _dish(pdf: FPDF, dish: Dish) -> None:
    top = _room(pdf)
    _figure(pdf, top, dish.amount)
    pdf.set_xy(LEFT, top)
    room = max(QUANTITY, pdf.get_string_width(dish.quantity) + 3)
    pdf.cell(room, LINE, _plain(dish.quantity))
    pdf.multi_cell(WIDTH - AMOUNT - room, LINE, _plain(dish.name), align="L", new_x="LMARGIN", new_y="NEXT")
    for detail in dish.details:
        pdf.set_x(LEFT + room)
        _text(pdf, detail, size=9, ink=GREY, width=WIDTH - AMOUNT - room)


def _sum(pdf: FPDF, one: Sum) -> None:
    size = 13 if one.is_total else 10.5
    top = _room(pdf)
    _figure(pdf, top, one.amount, size=size, bold=one.is_total)
    pdf.set_xy(LEFT, top)
    _text(pdf, one.label, size=size, bold=one.is_total, width=WIDTH - AMOUNT)
    for detail in one.details:
        _text(pdf, detail, size=9, ink=GREY)


def _taxes(pdf: FPDF, part: Part) -> None:
    """The tax table: words on the left, three columns of figures."""
    pdf.ln(2)
    pdf.set_font("plex", "", 9)
    pdf.set_text_color(*GREY)
    for rate, *figures in ((part.tax_word, *part.tax_heads), *part.tax_rows()):
        pdf.cell(WIDTH - 3 * COLUMN, LINE, _plain(rate))
        for figure in figures:
            pdf.cell(COLUMN, LINE, _plain(figure), align="R")
        pdf.ln(LINE)
    pdf.set_text_color(*INK)


def _foot(pdf: FPDF, receipt: GuestReceipt) -> None:
    pdf.ln(4)
    for line in receipt.legal_lines:
        _text(pdf, line, size=9, ink=GREY)


def _room(pdf: FPDF) -> float:
    """Where the next row begins; a row is never torn apart."""
    if pdf.will_page_break(2 * LINE):
        pdf.add_page()
    top: float = pdf.get_y()
    return top


def _figure(pdf: FPDF, top: float, amount: str, *, size: float = 10.5, bold: bool = False) -> None:
    pdf.set_font("plex", "B" if bold else "", size)
    pdf.set_text_color(*INK)
    pdf.set_xy(LEFT + WIDTH - 2 * AMOUNT, top)
    pdf.cell(2 * AMOUNT, _height(size), _plain(amount), align="R")
    pdf.set_xy(LEFT, top)


def _text(
    pdf: FPDF,
    text: str,
    *,
    size: float = 10.5,
    bold: bool = False,
    ink: tuple[int, int, int] = INK,
    width: float = WIDTH,
) -> None:
    pdf.set_font("plex", "B" if bold else "", size)
    pdf.set_text_color(*ink)
    pdf.multi_cell(width, _height(size), _plain(text), align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("plex", "", 10.5)
    pdf.set_text_color(*INK)


def _height(size: float) -> float:
    return max(LINE, size * 0.46)


def _rule(pdf: FPDF) -> None:
    pdf.ln(1.5)
    pdf.set_draw_color(*GREY)
    pdf.set_line_width(0.2)
    pdf.line(LEFT, pdf.get_y(), LEFT + WIDTH, pdf.get_y())
    pdf.ln(1.5)


def _plain(text: str) -> str:
    """Text as it can be set: what no font here has is a question mark."""
    known = _letters()
    return "".join(one if ord(one) in known or one == "\u2068" else "?" for one in text)


def _texts(receipt: GuestReceipt) -> Iterable[str]:
    yield from (receipt.venue, receipt.tax_number, *receipt.address, *receipt.notices, *receipt.legal_lines)
    for part in receipt.parts:
        for dish in part.dishes:
            yield from (dish.quantity, dish.name, dish.amount, *dish.details)
        for one in (*part.sums, *part.tenders):
            yield from (one.label, one.amount, *one.details)
        yield from (f"{fact.label}{fact.value}" for fact in part.facts)


@cache
def _letters() -> set[int]:
    """The letters we have; those of fonts found elsewhere are added as they are needed."""
    return set().union(*(_covered(FONTS / f"{file}-Regular.ttf") for file in FAMILIES.values()))


@cache
def _covered(path: Path) -> frozenset[int]:
    """The letters of a font; of a collection, those of its first."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError):
        return frozenset()


@cache
def _found() -> tuple[Path, ...]:
    """Fonts of this computer that may have letters ours have not."""
    folders = [folder for folder in ELSEWHERE if folder.is_dir()]
    return tuple(path for name in LIKELY for folder in folders for path in sorted(folder.rglob(name)))


_added: list[Path] = []


def more_fonts(text: str) -> list[Path]:
    """The fonts that are needed besides ours; once found one stays."""
    missing = {ord(one) for one in text} - _letters()
    for path in _found() if missing else ():
        if missing & _covered(path) and path not in _added:
            _added.append(path)
            _letters().update(_covered(path))
            missing -= _covered(path)
    return [path for path in _added if {ord(one) for one in text} & _covered(path)]


def _safely(receipt: GuestReceipt) -> bytes | str:
    """What is told of a fault is its kind alone: nothing of a receipt goes to a log."""
    try:
        return pressed(receipt)
    except Exception as fault:
        return f"{type(fault).__name__} in {_where(fault)}"


def _where(fault: BaseException) -> str:
    trace, place = fault.__traceback__, "nowhere"
    while trace:
        place, trace = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}", trace.tb_next
    return place


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    workshop.work(_safely)
