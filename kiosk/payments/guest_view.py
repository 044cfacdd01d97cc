"""A receipt as its guest reads it, on a page, in a letter or as PDF: all words and figures ready. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.core.money import Currency, Money, percent_text
from kiosk.payments.guest_words import say
from kiosk.printing.documents import DishLine, Receipt, TenderLine

REFUND = "REFUND"
MINUS = "\u2212"


@dataclass(frozen=True)
class Fact:
    """Two words side by side: what it is, and how it is here."""

    label: str
    value: str


@dataclass(frozen=True)
class Dish:
    quantity: str
    name: str
    details: tuple[str, ...]
    amount: str


@dataclass(frozen=True)
class Sum:
    """A figure under the dishes; the total is the big one."""

    label: str
    amount: str
    details: tuple[str, ...] = ()
    is_total: bool = False


@dataclass(frozen=True)
class Rate:
    """A row of the tax table."""

    rate: str
    net: str
    tax: str
    gross: str


@dataclass(frozen=True)
class Part:
    """One document of the story: the receipt, or a refund of it."""

    title: str
    is_refund: bool
    facts: tuple[Fact, ...]
    dishes: tuple[Dish, ...]
    sums: tuple[Sum, ...]
    tenders: tuple[Sum, ...]
    taxes: tuple[Rate, ...]
    tax_word: str
    tax_heads: tuple[str, str, str]

    def tax_rows(self) -> list[tuple[str, str, str, str]]:
        """The tax table row by row: rate, net, tax, gross."""
        return [(one.rate, one.net, one.tax, one.gross) for one in self.taxes]


@dataclass(frozen=True)
class GuestReceipt:
    """A receipt and all that became of it, up to now."""

    number: str
    venue: str
    address: tuple[str, ...]
    tax_number: str
    language: str
    currency_code: str
    total: str
    issued: str
    notices: tuple[str, ...]
    parts: tuple[Part, ...]
    stands: tuple[Sum, ...]
    legal_lines: tuple[str, ...]


def shown(current: Receipt, refunds: Sequence[Receipt], *, asked_for: str) -> GuestReceipt:
    """The receipt that holds, and its refunds. `asked_for` is the number of the one the link was made for."""
    return GuestReceipt(
        number=current.number,
        venue=current.venue,
        address=current.address,
        tax_number=current.tax_number,
        language=_language(current),
        currency_code=current.currency_code,
        total=_signed(current, current.total),
        issued=current.issued,
        notices=tuple(_notices(current, refunds, asked_for)),
        parts=tuple(_part(document) for document in (current, *refunds)),
        stands=tuple(_stands(current, refunds)),
        legal_lines=current.legal_lines,
    )


def _language(document: Receipt) -> str:
    return document.locale.replace("_", "-").partition("-")[0]


def _notices(current: Receipt, refunds: Sequence[Receipt], asked_for: str) -> Iterator[str]:
    language = _language(current)
    if current.number != asked_for:
        put_right = "Receipt {was} was put right by receipt {number}, which is the one that holds."
        yield say(put_right, language, was=asked_for, number=current.number)
    back = -sum(one.total for one in refunds)
    if refunds and back >= current.total:
        yield say("All of it was given back, see below.", language)
    elif refunds:
        yield say("{amount} was given back, see below.", language, amount=_signed(current, back))


def _stands(current: Receipt, refunds: Sequence[Receipt]) -> Iterator[Sum]:
    if not refunds:
        return
    for one in (current, *refunds):
        yield Sum(_title(one), _money(one, one.total))
    stands = current.total + sum(one.total for one in refunds)
    yield Sum(say("What stands", _language(current)), _signed(current, stands), is_total=True)


def _title(document: Receipt) -> str:
    return f"{say('Refund' if document.heading == REFUND else 'Receipt', _language(document))} {document.number}"


def _part(document: Receipt) -> Part:
    return Part(
        title=_title(document),
        is_refund=document.heading == REFUND,
        facts=tuple(_facts(document)),
        dishes=tuple(_dish(document, line) for line in document.lines),
        sums=tuple(_sums(document)),
        tenders=tuple(_tender(document, one) for one in document.tenders),
        taxes=tuple(_rates(document)),
        tax_word=say("Tax included" if document.tax_included else "Tax added", _language(document)),
        tax_heads=_tax_heads(_language(document)),
    )


def _tax_heads(language: str) -> tuple[str, str, str]:
    return say("Net", language), say("Tax", language), say("Gross", language)


def _facts(document: Receipt) -> Iterator[Fact]:
    told = {
        "Date": document.issued,
        "Table": document.label,
        "Guests": str(document.covers) if document.covers else "",
        "Share": str(document.share_no) if document.share_no else "",
        "Of receipt": document.of_number,
        "Reason": document.reason,
        "Waiter": document.waiter,
    }
    for word, value in told.items():
        if value:
            yield Fact(say(word, _language(document)), value)


def _dish(document: Receipt, line: DishLine) -> Dish:
    name = " ".join(part for part in (line.name, line.portion) if part)
    return Dish(_how_much(document, line), name, line.details, _money(document, line.amount))


def _how_much(document: Receipt, line: DishLine) -> str:
    """The quantity; of a line that several share "1/3", or "1/3 of 2"."""
    if "/" not in line.part:
        return f"{line.quantity} {line.part}".rstrip().replace("-", MINUS)
    sign, many = MINUS if line.quantity < 0 else "", abs(line.quantity)
    return f"{sign}{line.part}" + (f" {say('of', _language(document))} {many}" if many != 1 else "")


def _sums(document: Receipt) -> Iterator[Sum]:
    language = _language(document)
    before = {"Discount": -document.discount, "Service charge": document.service}
    after = {"Cash rounding": document.cash_rounding, "Tip": document.tip}
    yield from (Sum(say(word, language), _money(document, amount)) for word, amount in before.items() if amount)
    yield Sum(say("Total", language), _signed(document, document.total), is_total=True)
    yield from (Sum(say(word, language), _money(document, amount)) for word, amount in after.items() if amount)


def _tender(document: Receipt, tender: TenderLine) -> Sum:
    language, details = _language(document), []
    if tender.currency_code:
        foreign = Currency(tender.currency_code).show(tender.currency_given, document.locale)
        details.append(f"{tender.currency_code} {foreign} {say('at', language)} {tender.rate}")
    if tender.change_due:
        details.append(f"{say('CHANGE', language).capitalize()} {_money(document, tender.change_due)}")
    name = say(tender.name[:1].upper() + tender.name[1:], language)
    return Sum(name, _money(document, tender.given), tuple(details))


def _rates(document: Receipt) -> Iterator[Rate]:
    for tax in document.taxes:
        amounts = (_money(document, amount) for amount in (tax.net, tax.tax, tax.gross))
        yield Rate(f"{percent_text(tax.rate_ppm)} %", *amounts)


def _money(document: Receipt, amount: Money) -> str:
    return document.currency.show(amount, document.locale)


def _signed(document: Receipt, amount: Money) -> str:
    return document.currency.show_signed(amount, document.locale).replace("-", MINUS)


def as_text(receipt: GuestReceipt, width: int = 46) -> str:
    """The receipt as plain lines, for letters in mailboxes that show nothing else."""
    rows = [receipt.venue, *receipt.address, receipt.tax_number, "", *receipt.notices]
    for part in receipt.parts:
        rows += ["", part.title.upper(), *(f"{fact.label}: {fact.value}" for fact in part.facts), "-" * width]
        for dish in part.dishes:
            rows.append(_sides(f"{dish.quantity} {dish.name}", dish.amount, width))
            rows += [f"     {detail}" for detail in dish.details]
        rows.append("-" * width)
        for one in (*part.sums, *part.tenders):
            rows += [_sides(one.label, one.amount, width), *(f"     {detail}" for detail in one.details)]
        rows += _tax_table(part, width)
    if receipt.stands:
        rows += ["", *(_sides(one.label, one.amount, width) for one in receipt.stands)]
    rows += ["", *receipt.legal_lines]
    return "\n".join(row for row, before in zip(rows, ["", *rows], strict=False) if row or before).strip() + "\n"


def _tax_table(part: Part, width: int, column: int = 10) -> list[str]:
    rows = [(part.tax_word, *part.tax_heads), *part.tax_rows()]
    return ["", *(f"{rate:{width - 3 * column}}" + "".join(f"{one:>{column}}" for one in more) for rate, *more in rows)]


def _sides(left: str, right: str, width: int) -> str:
    return f"{left}{' ' * max(width - len(left) - len(right), 1)}{right}"
