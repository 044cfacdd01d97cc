"""What lines come to, with discounts, service charge and tax: the one function. Pure arithmetic, no rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.core.money import PPM, Money, Rounding, divide_rounded, share_out, tax_inside, tax_on


@dataclass(frozen=True)
class TaxRules:
    """How a venue taxes: prices with or without tax in them, rounded once a rate or on every line."""

    prices_include_tax: bool = True
    per_line: bool = False
    rounding: Rounding = Rounding.HALF_UP


@dataclass(frozen=True)
class Priced:
    """A line for summing: its amount as on the menu, what is on the house of it, its tax rate, and its own key."""

    amount: Money
    rate_ppm: int
    less: Money = 0
    key: int = 0


@dataclass(frozen=True)
class Discount:
    """Less to pay, on the line with this key or on the whole check: a rate, or an amount as far as there is one."""

    rate_ppm: int | None = None
    amount: Money | None = None
    line: int | None = None
    key: int = 0

    def off(self, left: Money, rounding: Rounding) -> Money:
        """What it takes off an amount; never more than that."""
        if self.rate_ppm is not None:
            return divide_rounded(left * self.rate_ppm, PPM, rounding)
        return min(self.amount or 0, left)


@dataclass(frozen=True)
class Service:
    """A service charge: a rate of what is charged, an amount by covers on top, and the tax rate of both."""

    share_ppm: int = 0
    fixed: Money = 0
    rate_ppm: int = 0


@dataclass(frozen=True)
class Taxed:
    """Net and tax of all that is taxed at a rate; gross is their sum."""

    rate_ppm: int
    net: Money
    tax: Money

    @property
    def gross(self) -> Money:
        return self.net + self.tax


@dataclass(frozen=True)
class LineSum(Taxed):
    """What a line, or what is open of it, comes to. `off` is what each discount took, in the order of the discounts."""

    amount: Money = 0
    less: Money = 0
    key: int = 0
    off: tuple[Money, ...] = ()


@dataclass(frozen=True)
class ServiceSum(Taxed):
    """What the service charge comes to; `fixed` is the part of it that is charged by covers."""

    fixed: Money = 0


@dataclass(frozen=True)
class Sums:
    """What a check or a share of it comes to: lines - less + service (+ tax when prices exclude it) = total.

    `by_line` and `service` together, and `by_rate`, sum to the total.
    """

    by_line: tuple[LineSum, ...] = ()
    service: ServiceSum | None = None
    by_rate: tuple[Taxed, ...] = ()
    lines: Money = 0
    less: Money = 0

    @property
    def net(self) -> Money:
        return sum(row.net for row in self.by_rate)

    @property
    def tax(self) -> Money:
        return sum(row.tax for row in self.by_rate)

    @property
    def total(self) -> Money:
        return self.net + self.tax

    def line(self, key: int) -> LineSum | None:
        """The row of the line with this key."""
        return next((row for row in self.by_line if row.key == key), None)

    def off(self, place: int) -> Money:
        """What the discount at this place took off all lines."""
        return sum(row.off[place] for row in self.by_line if row.off)


def sums(
    lines: Sequence[Priced], rules: TaxRules, *, discounts: Sequence[Discount] = (), service: Service | None = None
) -> Sums:
    """Add up a check. The one place where its total comes from.

    Each line's own discounts come first, then those of the whole check, pro rata over the lines; both in the order
    given. The service charge is of what is left; without anything charged there is none.

    >>> sums([Priced(299, 40_000)], TaxRules()).tax
    12
    """
    off = _discounted(lines, discounts, rules.rounding) if discounts else [()] * len(lines)
    charged = [line.amount - line.less - sum(some) for line, some in zip(lines, off, strict=True)]
    rates = [line.rate_ppm for line in lines]
    charge = _charge(sum(charged), service, rules.rounding) if service else 0
    if service and charge:
        charged, rates = [*charged, charge], [*rates, service.rate_ppm]
    taxes = (_taxes_by_line if rules.per_line else _taxes_by_rate)(charged, rates, rules)
    nets = [one - tax for one, tax in zip(charged, taxes, strict=True)] if rules.prices_include_tax else charged
    rows = tuple(
        LineSum(rates[at], nets[at], taxes[at], line.amount, line.less + sum(off[at]), line.key, off[at])
        for at, line in enumerate(lines)
    )
    if not (service and charge):
        return added_up(rows)
    return added_up(rows, ServiceSum(rates[-1], nets[-1], taxes[-1], min(service.fixed, charge)))


def added_up(rows: Iterable[LineSum], service: ServiceSum | None = None) -> Sums:
    """The sums of rows that were taxed already."""
    rows = tuple(rows)
    nets: dict[int, Money] = {}
    taxes: dict[int, Money] = {}
    for row in (*rows, service) if service else rows:
        nets[row.rate_ppm] = nets.get(row.rate_ppm, 0) + row.net
        taxes[row.rate_ppm] = taxes.get(row.rate_ppm, 0) + row.tax
    by_rate = tuple(Taxed(rate, nets[rate], taxes[rate]) for rate in sorted(nets))
    return Sums(rows, service, by_rate, sum(row.amount for row in rows), sum(row.less for row in rows))


def _charge(charged: Money, service: Service, rounding: Rounding) -> Money:
    return divide_rounded(charged * service.share_ppm, PPM, rounding) + service.fixed if charged else 0


def _discounted(lines: Sequence[Priced], discounts: Sequence[Discount], rounding: Rounding) -> list[tuple[Money, ...]]:
    """What every discount takes off every line."""
    left = [line.amount - line.less for line in lines]
    off = [[0] * len(discounts) for _ in lines]
    in_order = sorted(range(len(discounts)), key=lambda place: discounts[place].line is None)
    for place in in_order:
        one = discounts[place]
        concerned = [at for at, line in enumerate(lines) if one.line in (None, line.key)]
        open_there = [left[at] for at in concerned]
        if sum(open_there) <= 0:
            continue
        parts = share_out(one.off(sum(open_there), rounding), open_there)
        for at, part in zip(concerned, parts, strict=True):
            off[at][place] = part
            left[at] -= part
    return [tuple(some) for some in off]


def _tax(charged: Money, rate_ppm: int, rules: TaxRules) -> Money:
    return (tax_inside if rules.prices_include_tax else tax_on)(charged, rate_ppm, rules.rounding)


def _taxes_by_line(charged: Sequence[Money], rates: Sequence[int], rules: TaxRules) -> list[Money]:
    return [_tax(one, rate, rules) for one, rate in zip(charged, rates, strict=True)]


def _taxes_by_rate(charged: Sequence[Money], rates: Sequence[int], rules: TaxRules) -> list[Money]:
    """The tax of each rate, rounded once, shared out over its lines by what they cost."""
    taxes = [0] * len(charged)
    for rate in set(rates):
        places = [place for place, mine in enumerate(rates) if mine == rate]
        some = [charged[place] for place in places]
        if sum(some) > 0:
            whole = _tax(sum(some), rate, rules)
            for place, tax in zip(places, share_out(whole, some), strict=True):
                taxes[place] = tax
    return taxes
