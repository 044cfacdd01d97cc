"""Receipts and bills on paper: what was eaten, what it costs, which tax is in it, how it was paid. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.money import Currency, Money, percent_text
from kiosk.printing.documents import Bill, DishLine, Receipt, TaxLine, TenderLine
from kiosk.printing.rows import (
    BOLD,
    PLAIN,
    Copy,
    Paper,
    Part,
    QrCode,
    Raster,
    Row,
    Rule,
    Slip,
    Style,
    banner,
    centered,
    heading,
    rows_of,
    sides,
)
from kiosk.printing.text import UNBROKEN, cells, plain
from kiosk.printing.words import said_heading, say, shout

DETAIL = "     "
ON_THE_HOUSE = "On the house"


def receipt(document: Receipt, paper: Paper, copy: Copy) -> Slip:
    """Head, lines, total, tenders, tax table, room to sign, legal lines, the code of its page, end mark."""
    end = f"END {plain(document.number)}"
    rows: list[Part] = [*_house(document, paper), *_copies(document, paper, copy), *_head(document, paper)]
    rows += [*_lines(document, paper), *_sums(document, paper)]
    for tender in document.tenders:
        rows += _tender(document, tender, paper)
    rows += [*_taxes(document, paper), *_to_sign(document, paper), *_legal(document, paper), *_link(document, paper)]
    return Slip((*rows, *centered(end, paper.columns)), paper.columns, end)


def bill(document: Bill, paper: Paper, copy: Copy) -> Slip:
    """What a table is asked to pay; it says that it is no receipt."""
    end = f"END {plain(document.number)}"
    rows: list[Part] = [*_house(document, paper), *_copies(document, paper, copy)]
    rows += heading(shout("Bill", paper.language), paper.columns)
    rows += _beside(plain(document.number), plain(document.time), paper, BOLD)
    rows += [*_table(document, paper), *rows_of(plain(document.waiter), paper.columns, lead=_lead("Waiter", paper))]
    rows += [Rule(), *_lines(document, paper), *_sums(document, paper)]
    if document.paid:
        rows += _money_row("Paid", -document.paid, document, paper)
        rows += _large("TO PAY", document.total - document.paid, document, paper)
    rows += [*_taxes(document, paper), *_to_sign(document, paper), *_legal(document, paper)]
    rows += centered(say("This is not a receipt", paper.language), paper.columns)
    return Slip((*rows, *centered(end, paper.columns)), paper.columns, end)


def _lead(word: str, paper: Paper) -> str:
    return f"{say(word, paper.language)} "


def _house(document: Receipt | Bill, paper: Paper) -> Iterator[Part]:
    yield Raster("logo")
    yield from heading(document.venue, paper.columns)
    for line in (*document.address, document.tax_number):
        yield from centered(line, paper.columns)


def _copies(document: Receipt | Bill, paper: Paper, copy: Copy) -> Iterator[Row]:
    """What marks a second print: a copy somebody asked for, or one printed again because the first was in doubt."""
    yield from banner(said_heading(copy.heading, paper.language), paper.columns)
    asked = max(document.copy_no, copy.no if copy.asked_by else 1)
    if asked > 1:
        yield from banner(f"{shout('Copy', paper.language)} {asked}", paper.columns)
    if copy.no > 1 and not copy.asked_by:
        yield from banner(f"{shout('Reprint', paper.language)} {copy.no - 1}", paper.columns)
    yield from centered(f"{copy.asked_by} {copy.at}".strip() if copy.asked_by else "", paper.columns)


def _head(document: Receipt, paper: Paper) -> Iterator[Part]:
    if document.heading:
        yield from heading(say(document.heading, paper.language), paper.columns)
    yield Row("")
    number = f"{say('Receipt', paper.language)} {plain(document.number)}"
    yield from _beside(number, plain(document.issued), paper, BOLD)
    yield from _about(document, paper)
    yield from _table(document, paper)
    waiter, cashier = _lead("Waiter", paper) + plain(document.waiter), _lead("Cashier", paper) + plain(document.cashier)
    yield from _beside(waiter, cashier, paper)
    yield Rule()


def _table(document: Receipt | Bill, paper: Paper) -> list[Row]:
    guests = say("guests", paper.language, document.covers)
    return _beside(_lead("Table", paper) + plain(document.label), guests, paper)


def _beside(left: str, right: str, paper: Paper, style: Style = PLAIN) -> list[Row]:
    """Two things in one row, or in two where that is too narrow."""
    if cells(left) + 1 + cells(right) <= paper.columns:
        return sides(left, right, paper.columns, style)
    return [*rows_of(left, paper.columns, style), *rows_of(right, paper.columns, style)]


def _about(document: Receipt, paper: Paper) -> Iterator[Row]:
    """Which share this is, or what it puts right and why."""
    if document.share_no:
        yield Row(f"{_lead('Share', paper)}{document.share_no}")
    if document.of_number:
        yield from rows_of(plain(document.of_number), paper.columns, lead=_lead("Of receipt", paper))
    if document.reason:
        yield from rows_of(plain(document.reason), paper.columns, lead=f"{say('Reason', paper.language)}: ")


def _lines(document: Receipt | Bill, paper: Paper) -> Iterator[Part]:
    letters = _letters(document)
    for line in document.lines:
        portion = plain(line.portion).replace(" ", UNBROKEN)
        name = " ".join(part for part in (plain(line.name), portion) if part)
        amount = _money(document, line.amount)
        if letters:
            amount += f" {letters.get(line.rate_ppm, ' ')}"
        yield from sides(name, amount, paper.columns, lead=f"{_how_much(line, paper):>2} ")
        for detail in line.details:
            said = say(detail, paper.language) if detail == ON_THE_HOUSE else plain(detail)
            yield from rows_of(said, paper.columns, lead=DETAIL)
    yield Rule()


def _letters(document: Receipt | Bill) -> dict[int | None, str]:
    """A letter for each tax, where the lines know theirs."""
    if all(line.rate_ppm is None for line in document.lines):
        return {}
    return {tax.rate_ppm: chr(65 + place % 26) for place, tax in enumerate(document.taxes)}


def _how_much(line: DishLine, paper: Paper) -> str:
    """The quantity; of a shared line "1/3" or "1/3 of 2", because "2 1/3" would be read as two and a third."""
    part = plain(line.part)
    if "/" not in part:
        return f"{line.quantity} {say(part, paper.language)}".rstrip()
    sign, many = "-" if line.quantity < 0 else "", abs(line.quantity)
    return f"{sign}{part}" + (f" {say('of', paper.language)} {many}" if many != 1 else "")


def _sums(document: Receipt | Bill, paper: Paper) -> Iterator[Row]:
    if document.discount:
        yield from _money_row("Discount", -document.discount, document, paper)
    if document.service:
        yield from _money_row("Service charge", document.service, document, paper)
    yield from _large("TOTAL", document.total, document, paper)
    if isinstance(document, Receipt) and document.cash_rounding:
        yield from _money_row("Cash rounding", document.cash_rounding, document, paper)
    if isinstance(document, Receipt) and document.tip:
        yield from _money_row("Tip", document.tip, document, paper)


def _large(word: str, amount: Money, document: Receipt | Bill, paper: Paper) -> list[Row]:
    """A sum twice as high, and as wide where it fits."""
    said, figures = say(word, paper.language), f"{_money(document, amount)} {document.currency_code}"
    width = 2 if paper.columns > 32 and cells(said) + 1 + cells(figures) <= paper.columns // 2 else 1
    return sides(said, figures, paper.columns, Style(bold=True, width=width, height=2))


def _money_row(word: str, amount: Money, document: Receipt | Bill, paper: Paper) -> list[Row]:
    return sides(say(word, paper.language), _money(document, amount), paper.columns)


def _tender(document: Receipt, tender: TenderLine, paper: Paper) -> Iterator[Row]:
    name = plain(tender.name)
    named = say(name[:1].upper() + name[1:], paper.language)
    yield from sides(named, _money(document, tender.given), paper.columns)
    if tender.currency_code:
        foreign = plain(Currency(tender.currency_code).show(tender.currency_given, document.locale))
        told = f"{plain(tender.currency_code)} {foreign} {say('at', paper.language)} {plain(tender.rate)}"
        yield from rows_of(told, paper.columns, lead="   ")
    if tender.note:
        yield from rows_of(plain(tender.note), paper.columns, lead="   ")
    if tender.change_due:
        yield from sides(say("CHANGE", paper.language), _money(document, tender.change_due), paper.columns, BOLD)


def _taxes(document: Receipt | Bill, paper: Paper) -> Iterator[Row]:
    """Net, tax and gross of each rate as a table; where that is too wide, each figure in a row of its own."""
    if not document.taxes:
        return
    yield Row("")
    word = say("Tax included" if document.tax_included else "Tax added", paper.language)
    table = [_taxed(document, tax) for tax in document.taxes]
    heads = tuple(say(one, paper.language) for one in ("Net", "Tax", "Gross"))
    if rows := _tabled([(word, *heads), *table], paper.columns):
        yield from rows
    elif rows := _tabled([("", *heads), *table], paper.columns):
        yield from [*rows_of(word, paper.columns), *rows]
    else:
        for tax in document.taxes:
            yield from _stacked(document, tax, paper)


def _taxed(document: Receipt | Bill, tax: TaxLine) -> tuple[str, ...]:
    named = f"{_letters(document).get(tax.rate_ppm, '')} {_rate(tax)}".strip()
    return (named, *(_money(document, amount) for amount in (tax.net, tax.tax, tax.gross)))


def _tabled(table: list[tuple[str, ...]], columns: int) -> list[Row]:
    """Figures under each other; no rows where they have no room."""
    named = max(cells(row[0]) for row in table)
    widest = 1 + max(cells(one) for row in table for one in row[1:])
    if named + 3 * widest > columns:
        return []
    each = max(widest, min(10, (columns - named) // 3))
    return [Row(name, right="".join(" " * (each - cells(one)) + one for one in amounts)) for name, *amounts in table]


def _stacked(document: Receipt | Bill, tax: TaxLine, paper: Paper) -> Iterator[Row]:
    word = say("included" if document.tax_included else "added", paper.language)
    yield from sides(f"{_lead('Net at', paper)}{_rate(tax)}", _money(document, tax.net), paper.columns)
    yield from sides(f"{_lead('Tax', paper)}{_rate(tax)} {word}", _money(document, tax.tax), paper.columns)
    yield from sides(say("Gross", paper.language), _money(document, tax.gross), paper.columns)


def _rate(tax: TaxLine) -> str:
    return f"{percent_text(tax.rate_ppm)} %"


def _to_sign(document: Receipt | Bill, paper: Paper) -> Iterator[Row]:
    """Room for a tip, the total with it and a signature."""
    if document.tip_line:
        for word in ("Tip", "Total", "Signature"):
            said = say(word, paper.language)
            yield Row("")
            yield Row(said, right="_" * (paper.columns - cells(said) - 2))


def _legal(document: Receipt | Bill, paper: Paper) -> Iterator[Row]:
    yield Row("")
    for line in document.legal_lines:
        yield from centered(line, paper.columns)


def _link(document: Receipt, paper: Paper) -> Iterator[Part]:
    if document.link:
        yield from centered(say("Your receipt on your phone", paper.language), paper.columns)
        yield QrCode(document.link)
        yield from centered(document.link, paper.columns)


def _money(document: Receipt | Bill, amount: Money) -> str:
    return plain(document.currency.show(amount, document.locale))
