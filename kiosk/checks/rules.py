"""The sums of a check and the step its table is at: pure arithmetic, no rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.checks.errors import CoversOutOfRange, LabelUnfit, NoteTooLong, QuantityOutOfRange, ReasonMissing
from kiosk.core.money import Money, Rounding, share_out, tax_inside, tax_on

MOST = 99
NOTE_LENGTH = 200
LABEL_LENGTH = 40
HIGHEST_PRICE = 10**9
"""What can be typed for one, in minor units."""


@dataclass(frozen=True)
class TaxRules:
    """How a venue taxes: prices with or without tax in them, rounded once a rate or on every line."""

    prices_include_tax: bool = True
    per_line: bool = False
    rounding: Rounding = Rounding.HALF_UP


@dataclass(frozen=True)
class Priced:
    """A line for summing: its amount as on the menu, what is taken off it (comps, discounts), and its tax rate."""

    amount: Money
    rate_ppm: int
    less: Money = 0

    @property
    def charged(self) -> Money:
        return self.amount - self.less


@dataclass(frozen=True)
class Taxed:
    """Net and tax of a line or of all lines at a rate; gross is their sum."""

    rate_ppm: int
    net: Money
    tax: Money

    @property
    def gross(self) -> Money:
        return self.net + self.tax


@dataclass(frozen=True)
class Sums:
    """What a check comes to: lines - less (+ tax when prices exclude it) = total.

    `by_line` and `by_rate` both sum to the total.
    """

    lines: Money
    less: Money
    by_line: tuple[Taxed, ...]
    by_rate: tuple[Taxed, ...]

    @property
    def net(self) -> Money:
        return sum(row.net for row in self.by_rate)

    @property
    def tax(self) -> Money:
        return sum(row.tax for row in self.by_rate)

    @property
    def total(self) -> Money:
        return self.net + self.tax


def sums(lines: Sequence[Priced], rules: TaxRules) -> Sums:
    """Add up a check. The one place where its total comes from.

    >>> sums([Priced(299, 40_000)], TaxRules()).tax
    12
    """
    taxes = _taxes_by_line(lines, rules) if rules.per_line else _taxes_by_rate(lines, rules)
    by_line = tuple(_taxed(line, tax, rules) for line, tax in zip(lines, taxes, strict=True))
    by_rate = tuple(_sum_of_rate(rate, by_line) for rate in sorted({line.rate_ppm for line in lines}))
    return Sums(sum(line.amount for line in lines), sum(line.less for line in lines), by_line, by_rate)


def _taxed(line: Priced, tax: Money, rules: TaxRules) -> Taxed:
    return Taxed(line.rate_ppm, line.charged - tax if rules.prices_include_tax else line.charged, tax)


def _sum_of_rate(rate_ppm: int, lines: Iterable[Taxed]) -> Taxed:
    mine = [line for line in lines if line.rate_ppm == rate_ppm]
    return Taxed(rate_ppm, sum(line.net for line in mine), sum(line.tax for line in mine))


def _tax(charged: Money, rate_ppm: int, rules: TaxRules) -> Money:
    return (tax_inside if rules.prices_include_tax else tax_on)(charged, rate_ppm, rules.rounding)


def _taxes_by_line(lines: Sequence[Priced], rules: TaxRules) -> list[Money]:
    return [_tax(line.charged, line.rate_ppm, rules) for line in lines]


def _taxes_by_rate(lines: Sequence[Priced], rules: TaxRules) -> list[Money]:
    """The tax of each rate, rounded once, shared out over its lines by what they cost."""
    taxes = [0] * len(lines)
    for rate in {line.rate_ppm for line in lines}:
        places = [place for place, line in enumerate(lines) if line.rate_ppm == rate]
        charged = [lines[place].charged for place in places]
        if sum(charged) > 0:
            whole = _tax(sum(charged), rate, rules)
            for place, tax in zip(places, share_out(whole, charged), strict=True):
                taxes[place] = tax
    return taxes


class Step(StrEnum):
    """How far a seated party has come; what the table shows."""

    SEATED = "seated"
    ORDERED = "ordered"
    SERVED = "served"
    BILLING = "billing"
    PAID = "paid"


def step(*, is_open: bool, bill_asked: bool, live_lines: int, served_lines: int) -> Step:
    """The step a check is at, from what is on it."""
    if not is_open:
        return Step.PAID
    if bill_asked:
        return Step.BILLING
    if live_lines == 0:
        return Step.SEATED
    return Step.SERVED if served_lines == live_lines else Step.ORDERED


def allowed_quantity(quantity: int) -> int:
    """A quantity a waiter can mean, or a refusal."""
    if not 1 <= quantity <= MOST:
        raise QuantityOutOfRange(quantity)
    return quantity


def allowed_covers(covers: int) -> int:
    """A number of guests a table can have, or a refusal."""
    if not 1 <= covers <= MOST:
        raise CoversOutOfRange(covers)
    return covers


def allowed_note(note: str) -> str:
    """A note without blanks around it, or a refusal when it is too long for a ticket."""
    note = " ".join(note.split())
    if len(note) > NOTE_LENGTH:
        raise NoteTooLong
    return note


def allowed_reason(reason: str) -> str:
    """Why a sent line changes, without blanks around it; there must be a reason."""
    reason = allowed_note(reason)
    if not reason:
        raise ReasonMissing
    return reason


def allowed_label(label: str) -> str:
    """What a check without a table is called, or a refusal."""
    label = " ".join(label.split())
    if not 0 < len(label) <= LABEL_LENGTH:
        raise LabelUnfit
    return label
