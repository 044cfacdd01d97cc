"""Random bills and random splits, and what is true of them by exact fractions, written without the code under test."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from kiosk.checks.rules import Discount, Priced, Service, Sums, Taxed, TaxRules, Wanted, share, sums
from kiosk.core.money import Rounding

RATES = {
    "JPY": (80_000, 100_000),
    "EUR": (0, 40_000, 50_000, 100_000, 190_000, 220_000),
    "BHD": (0, 100_000),
    "USD": (0, 62_500, 88_750),
}
PRICES = {"JPY": (80, 20_000), "EUR": (5, 30_000), "BHD": (50, 100_000), "USD": (25, 30_000)}
DISCOUNTS_PPM = (100, 3300, 25_000, 50_000, 100_000, 123_400, 150_000, 200_000, 333_300, 500_000, 999_900, 1_000_000)


@dataclass(frozen=True)
class Bill:
    """Everything a check is summed from."""

    lines: Sequence[Priced]
    rules: TaxRules
    discounts: Sequence[Discount] = ()
    service: Service | None = None

    def summed(self) -> Sums:
        return sums(self.lines, self.rules, discounts=self.discounts, service=self.service)


def random_bill(chance: random.Random, most_lines: int = 12) -> Bill:
    """A bill as a restaurant in some currency may have it, and now and then one that none ever had."""
    currency = chance.choice(list(PRICES))
    lines = [_line(chance, currency, key) for key in range(1, chance.randint(1, most_lines) + 1)]
    rules = TaxRules(chance.random() < 0.5, chance.random() < 0.3, chance.choice(list(Rounding)))
    discounts = [_discount(chance, lines) for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 3)))]
    service = None
    if chance.random() < 0.4:
        fixed = chance.choice((0, 0, chance.randint(1, 600)))
        service = Service(chance.choice((0, 100_000, 125_000)), fixed, chance.choice(RATES[currency]))
    return Bill(lines, rules, discounts, service)


def _line(chance: random.Random, currency: str, key: int) -> Priced:
    low, high = PRICES[currency]
    amount = chance.choice((chance.randint(low, high), chance.randint(low, high) // 50 * 50, chance.randint(0, 9)))
    less = amount if chance.random() < 0.08 else 0
    return Priced(amount, chance.choice(RATES[currency]), less, key)


def _discount(chance: random.Random, lines: Sequence[Priced]) -> Discount:
    line = chance.choice(lines).key if chance.random() < 0.5 else None
    if chance.random() < 0.5:
        return Discount(rate_ppm=chance.choice(DISCOUNTS_PPM), line=line)
    return Discount(amount=chance.randint(1, 2000), line=line)


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """An exact amount as whole minor units."""
    return round(exact) if rounding is Rounding.HALF_EVEN else floor(exact + Fraction(1, 2))


def must_be_exact(bill: Bill) -> None:
    """Go over the bill with fractions: every step is what it must be, and everything sums to everything else."""
    whole, rules = bill.summed(), bill.rules
    charged = _charged(bill, whole)
    rates = [line.rate_ppm for line in bill.lines]
    charge = _charge(bill, sum(charged))
    assert bool(charge) == (whole.service is not None)
    if bill.service and charge:
        charged, rates = [*charged, charge], [*rates, bill.service.rate_ppm]
    rows = [*whole.by_line, *([whole.service] if whole.service else [])]
    for row, amount, rate in zip(rows, charged, rates, strict=True):
        assert row.rate_ppm == rate
        assert (row.gross if rules.prices_include_tax else row.net) == amount
        assert row.net >= 0
        assert row.tax >= 0
    _taxed_right(rows, charged, rules)
    must_add_up(whole)
    assert whole.lines == sum(line.amount for line in bill.lines)
    if rules.prices_include_tax:
        assert whole.total == whole.lines - whole.less + (whole.service.gross if whole.service else 0)


def _charge(bill: Bill, charged: int) -> int:
    """The service charge: of nothing there is none."""
    if bill.service is None or not charged:
        return 0
    return rounded(Fraction(charged * bill.service.share_ppm, 10**6), bill.rules.rounding) + bill.service.fixed


def _charged(bill: Bill, whole: Sums) -> list[int]:
    """What each line costs after its discounts, line's before check's, each checked on the way."""
    left = {line.key: line.amount - line.less for line in bill.lines}
    rows = {row.key: row for row in whole.by_line}
    for is_of_check in (False, True):
        for place, one in enumerate(bill.discounts):
            if (one.line is None) is not is_of_check:
                continue
            there = {key: some for key, some in left.items() if one.line in (None, key)}
            base = sum(there.values())
            exact = Fraction(base * one.rate_ppm, 10**6) if one.rate_ppm is not None else None
            off = min(one.amount or 0, base) if exact is None else rounded(exact, bill.rules.rounding)
            assert whole.off(place) == off
            for key, some in there.items():
                part = rows[key].off[place]
                assert 0 <= part <= some
                assert not base or abs(part - Fraction(off * some, base)) < 1
                left[key] -= part
    for line in bill.lines:
        row = rows[line.key]
        assert row.amount - row.less == left[line.key]
    return [left[line.key] for line in bill.lines]


def _taxed_right(rows: Sequence[Taxed], charged: Sequence[int], rules: TaxRules) -> None:
    def tax(amount: int, rate: int) -> Fraction:
        return Fraction(amount * rate, 10**6 + (rate if rules.prices_include_tax else 0))

    for rate in {row.rate_ppm for row in rows}:
        mine = [(row, amount) for row, amount in zip(rows, charged, strict=True) if row.rate_ppm == rate]
        if rules.per_line:
            assert all(row.tax == rounded(tax(amount, rate), rules.rounding) for row, amount in mine)
        else:
            whole = rounded(tax(sum(amount for _, amount in mine), rate), rules.rounding)
            assert sum(row.tax for row, _ in mine) == whole
            base = sum(amount for _, amount in mine)
            assert all(not base or abs(row.tax - Fraction(whole * amount, base)) < 1 for row, amount in mine)


def must_add_up(whole: Sums) -> None:
    """Lines and service are the rates are the total."""
    rows = [*whole.by_line, *([whole.service] if whole.service else [])]
    assert sum(row.gross for row in rows) == whole.total == sum(row.gross for row in whole.by_rate)
    for rate in whole.by_rate:
        mine = [row for row in rows if row.rate_ppm == rate.rate_ppm]
        assert (sum(row.net for row in mine), sum(row.tax for row in mine)) == (rate.net, rate.tax)
    assert whole.lines == sum(row.amount for row in whole.by_line)
    assert whole.less == sum(row.less for row in whole.by_line)


def must_split(bill: Bill, chance: random.Random) -> int:
    """Share the bill out in a random way until nothing is left; every share is right. Returns how many there were."""
    whole = left = bill.summed()
    party = Party(chance, whole)
    shares: list[Sums] = []
    while left.by_line or left.total:
        wanted = party.wants(left)
        taken, rest = share(left, wanted)
        must_be_share(left, wanted, taken, rest, bill.rules)
        shares.append(taken)
        left = rest
        assert len(shares) <= 200
    assert components(shares) == components([whole])
    return len(shares)


def components(some: Sequence[Sums]) -> dict[object, int]:
    """Every figure of these sums by its place, added up over all of them; what is nothing is left out."""
    found: dict[object, int] = {}
    for one in some:
        for row in one.by_line:
            told = {"amount": row.amount, "less": row.less, "net": row.net, "tax": row.tax}
            told |= {f"off {place}": off for place, off in enumerate(row.off)}
            for name, value in told.items():
                found[row.key, name] = found.get((row.key, name), 0) + value
        for rate in one.by_rate:
            for name, value in (("net", rate.net), ("tax", rate.tax)):
                found[rate.rate_ppm, "rate", name] = found.get((rate.rate_ppm, "rate", name), 0) + value
        if one.service:
            for name, value in (("net", one.service.net), ("tax", one.service.tax), ("fixed", one.service.fixed)):
                found["service", name] = found.get(("service", name), 0) + value
    return {place: value for place, value in found.items() if value}


def must_be_share(left: Sums, wanted: Wanted, taken: Sums, rest: Sums, rules: TaxRules) -> None:
    """A share and the rest are the bill, no figure is negative, and the share is what was wanted."""
    assert components([taken, rest]) == components([left])
    for part in (taken, rest):
        must_add_up(part)
        for row in part.by_line:
            assert min(row.amount, row.less, row.net, row.tax, *row.off, 0) == 0
            assert sum(row.off) <= row.less
            assert row.amount - row.less == (row.gross if rules.prices_include_tax else row.net)
        if part.service:
            assert min(part.service.net, part.service.tax, part.service.fixed) >= 0
    if rest.total == 0:
        assert not rest.by_line
        return
    if wanted.even:
        assert taken.total == -(-left.total // wanted.even)
    if wanted.amount:
        assert taken.total == wanted.amount
    if wanted.even or wanted.amount:
        _is_pro_rata(left, taken)
    if wanted.parts:
        _is_of_lines(left, wanted.parts, taken)


def _is_pro_rata(left: Sums, taken: Sums) -> None:
    """At each rate within a unit of its exact part: of gross, and of the tax in what was taken."""
    for rate in left.by_rate:
        mine = next((row for row in taken.by_rate if row.rate_ppm == rate.rate_ppm), Taxed(rate.rate_ppm, 0, 0))
        assert abs(mine.gross - Fraction(rate.gross * taken.total, left.total)) < 1
        assert not rate.gross or abs(mine.tax - Fraction(rate.tax * mine.gross, rate.gross)) <= Fraction(1, 2)


def _is_of_lines(left: Sums, parts: Mapping[int, int], taken: Sums) -> None:
    """Whole lines to the unit, and the parts of the others together within a unit of what they are by fractions."""
    rows = {row.key: row for row in left.by_line}
    assert {row.key for row in taken.by_line} <= set(parts)
    exact = Fraction(0)
    some = 0
    for row in taken.by_line:
        if parts[row.key] == 1:
            assert row == rows[row.key]
        else:
            some += row.gross
    for key, of in parts.items():
        exact += Fraction(rows[key].gross, of) if of > 1 else 0
    assert 0 <= some - exact < 1
    if left.service and sum(row.gross for row in left.by_line):
        lines, mine = sum(row.gross for row in left.by_line), sum(row.gross for row in taken.by_line)
        assert abs((taken.service.gross if taken.service else 0) - Fraction(left.service.gross * mine, lines)) <= 1


class Party:
    """Payers who split a bill by seat, by item, by parts of items, by amount, evenly, or each in another way."""

    WAYS = ("even", "amount", "items", "seat", "parts")

    def __init__(self, chance: random.Random, whole: Sums) -> None:
        self.chance = chance
        self.ways = chance.choice((*((way,) for way in self.WAYS), self.WAYS))
        self.payers = chance.choice((2, 2, 3, 3, 4, 5, 7, chance.randint(2, 50)))
        self.seats = {row.key: chance.randint(1, self.payers) for row in whole.by_line}

    def wants(self, left: Sums) -> Wanted:
        """What the next payer takes; the last takes everything."""
        self.payers -= 1
        way = self.chance.choice(self.ways)
        keys = [row.key for row in left.by_line if row.amount or row.gross]
        if self.payers <= 0 or not keys or not left.total:
            return Wanted()
        if way == "even":
            return Wanted(even=self.payers + 1)
        if way == "amount":
            most = min(left.total, 3 * left.total // (self.payers + 1))
            return Wanted(amount=self.chance.randint(1, max(1, most)))
        return Wanted(parts=self._lines(way, keys))

    def _lines(self, way: str, keys: Sequence[int]) -> dict[int, int]:
        if way == "seat":
            seat = self.seats[self.chance.choice(keys)]
            return {key: 1 for key in keys if self.seats[key] == seat}
        mine = self.chance.sample(keys, self.chance.randint(1, max(1, len(keys) // 2)))
        return {key: 1 if way == "items" else self.chance.choice((1, 2, 3, self.payers + 1)) for key in mine}
