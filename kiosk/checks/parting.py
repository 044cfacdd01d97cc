"""A payer's share of an open bill: what is taken and what is left are the bill again, to the unit. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import lcm

from kiosk.checks.errors import ShareGone, SharesOutOfRange, ShareTooLarge
from kiosk.checks.summing import LineSum, ServiceSum, Sums, added_up
from kiosk.core.money import Money, divide_rounded, share_out

MOST_SHARES = 99
_SERVICE = -1
"""The key of the service charge where it is shared like a line."""


@dataclass(frozen=True)
class Wanted:
    """What a payer takes of what is open: everything, an amount, one of `even` parts, or lines.

    `parts` names lines by their keys: 1 for all that is open of one, n for one of n equal parts of it.
    """

    amount: Money | None = None
    even: int | None = None
    parts: Mapping[int, int] | None = None


EVERYTHING = Wanted()


def share(bill: Sums, wanted: Wanted) -> tuple[Sums, Sums]:
    """What the payer takes and what is left.

    Even parts are by the largest remainder, the earlier payer has the odd unit; an amount is taken pro rata from all
    that costs something. The share after which nothing is left to pay takes what costs nothing, too; lines without
    a price wait for it. Raises ShareGone, ShareTooLarge or SharesOutOfRange.
    """
    taken = _taken(bill, wanted)
    left = minus(bill, taken)
    return (taken, left) if left.total else (bill, Sums())


def _taken(bill: Sums, wanted: Wanted) -> Sums:
    if wanted.parts is not None:
        return _parts(bill, wanted.parts)
    if wanted.even is not None:
        if not 1 <= wanted.even <= MOST_SHARES:
            raise SharesOutOfRange(wanted.even)
        return _amount(bill, -(-bill.total // wanted.even))
    if wanted.amount is None:
        return bill
    if not 0 < wanted.amount <= bill.total:
        raise ShareTooLarge
    return _amount(bill, wanted.amount)


def _amount(bill: Sums, amount: Money) -> Sums:
    """An amount of the bill, pro rata over all that costs something; the service charge is like a line of it."""
    if amount == bill.total:
        return bill
    rows = [row for row in bill.by_line if row.gross]
    if bill.service:
        charge = bill.service
        rows.append(LineSum(charge.rate_ppm, charge.net, charge.tax, charge.gross, 0, _SERVICE))
    less = divide_rounded(sum(row.less for row in rows) * amount, bill.total)
    taken = _cut(rows, [1] * len(rows), amount, less)
    service = next((row for row in taken if row.key == _SERVICE), None)
    lines = (row for row in taken if row.key != _SERVICE)
    return added_up(lines, _of_service(bill, service.net, service.tax) if service else None)


def _parts(bill: Sums, parts: Mapping[int, int]) -> Sums:
    """Lines and equal parts of lines, with the service charge on what they cost."""
    for of in parts.values():
        if not 1 <= of <= MOST_SHARES:
            raise SharesOutOfRange(of)
    mine = [row for row in bill.by_line if row.key in parts and not _is_free(row)]
    if not mine or set(parts) - {row.key for row in bill.by_line}:
        raise ShareGone
    whole = [row for row in mine if parts[row.key] == 1]
    some = [row for row in mine if parts[row.key] > 1]
    measure = lcm(*(parts[row.key] for row in some))
    times = [measure // parts[row.key] for row in some]
    gross = -(-_times([row.gross for row in some], times) // measure)
    less = divide_rounded(_times([row.less for row in some], times), measure)
    taken = {row.key: row for row in [*whole, *_cut(some, times, gross, less)]}
    in_order = [taken[row.key] for row in bill.by_line if row.key in taken]
    return added_up(in_order, _service_on(bill, sum(row.gross for row in in_order)))


def _is_free(row: LineSum) -> bool:
    """Whether there is nothing of it to take: a line without a price."""
    return not (row.amount or row.gross)


def _cut(rows: Sequence[LineSum], times: Sequence[int], gross: Money, less: Money) -> list[LineSum]:
    """Parts of these rows that come to `gross`, of each so many times the same measure; rounded once a rate."""
    rates = sorted({row.rate_ppm for row in rows})
    places = [[at for at, row in enumerate(rows) if row.rate_ppm == rate] for rate in rates]
    of_rate = _spread(
        gross,
        [_times([rows[at].gross for at in mine], [times[at] for at in mine]) for mine in places],
        [sum(rows[at].gross for at in mine) for mine in places],
    )
    taxed: dict[int, tuple[Money, Money]] = {}
    for mine, part in zip(places, of_rate, strict=True):
        taxed |= zip(mine, _cut_rate([rows[at] for at in mine], [times[at] for at in mine], part), strict=True)
    lesses = _spread(less, [row.less * n for row, n in zip(rows, times, strict=True)], [row.less for row in rows])
    cuts = (_cut_row(row, *taxed[at], lesses[at]) for at, row in enumerate(rows))
    return [row for row in cuts if row.amount or row.gross]


def _cut_rate(rows: Sequence[LineSum], times: Sequence[int], gross: Money) -> list[tuple[Money, Money]]:
    """Net and tax of each row's part, when all are at one rate and come to `gross`."""
    nets, taxes = [row.net for row in rows], [row.tax for row in rows]
    wanted = _times(nets, times) + _times(taxes, times)
    tax = divide_rounded(gross * _times(taxes, times), wanted) if wanted else 0
    tax = max(gross - sum(nets), min(tax, sum(taxes), gross))
    net_parts = _spread(gross - tax, [one * n for one, n in zip(nets, times, strict=True)], nets)
    return list(
        zip(net_parts, _spread(tax, [one * n for one, n in zip(taxes, times, strict=True)], taxes), strict=True)
    )


def _cut_row(row: LineSum, net: Money, tax: Money, less: Money) -> LineSum:
    """A part of a row; what the discounts took of it is in proportion."""
    charged = net + tax if row.amount - row.less == row.gross else net
    off = tuple(_spread(less, [row.less - sum(row.off), *row.off])[1:]) if row.off else ()
    return replace(row, net=net, tax=tax, amount=charged + less, less=less, off=off)


def _service_on(bill: Sums, gross: Money) -> ServiceSum | None:
    """The service charge on lines that come to so much of the bill."""
    charge, lines = bill.service, sum(row.gross for row in bill.by_line)
    if charge is None or not lines:
        return charge
    mine = divide_rounded(charge.gross * gross, lines)
    tax = divide_rounded(charge.tax * gross, lines)
    return _of_service(bill, mine - tax, tax) if mine else None


def _of_service(bill: Sums, net: Money, tax: Money) -> ServiceSum:
    charge = bill.service
    assert charge is not None
    fixed = divide_rounded(charge.fixed * (net + tax), charge.gross)
    return replace(charge, net=net, tax=tax, fixed=fixed)


def _times(amounts: Sequence[Money], times: Sequence[int]) -> int:
    return sum(amount * n for amount, n in zip(amounts, times, strict=True))


def _spread(whole: Money, weights: Sequence[int], most: Sequence[Money] | None = None) -> list[Money]:
    """Money shared out by weights, of which no part gets more than there is of it."""
    if not whole:
        return [0] * len(weights)
    most = weights if most is None else most
    parts = share_out(whole, weights if sum(weights) else most)
    over = sum(max(part - there, 0) for part, there in zip(parts, most, strict=True))
    for at, there in enumerate(most):
        more = min(over, max(there - parts[at], 0))
        parts[at] = min(parts[at], there) + more
        over -= more
    return parts


def minus(bill: Sums, taken: Sums) -> Sums:
    """What is left of a bill when a share of it is taken."""
    mine = {row.key: row for row in taken.by_line}
    rows = (_row_minus(row, mine[row.key]) if row.key in mine else row for row in bill.by_line)
    left = [row for row in rows if row.key not in mine or row.amount or row.gross]
    return added_up(left, _service_minus(bill.service, taken.service))


def _row_minus(row: LineSum, part: LineSum) -> LineSum:
    return replace(
        row,
        net=row.net - part.net,
        tax=row.tax - part.tax,
        amount=row.amount - part.amount,
        less=row.less - part.less,
        off=tuple(one - other for one, other in zip(row.off, part.off, strict=True)),
    )


def _service_minus(charge: ServiceSum | None, part: ServiceSum | None) -> ServiceSum | None:
    if charge is None or part is None:
        return charge
    left = replace(charge, net=charge.net - part.net, tax=charge.tax - part.tax, fixed=charge.fixed - part.fixed)
    return left if left.gross else None


def plus(bill: Sums, taken: Sums) -> Sums:
    """A bill with a share of it given back."""
    rows = {row.key: row for row in bill.by_line}
    for part in taken.by_line:
        rows[part.key] = _row_plus(rows[part.key], part) if part.key in rows else part
    return added_up((rows[key] for key in sorted(rows)), _service_plus(bill.service, taken.service))


def _row_plus(row: LineSum, part: LineSum) -> LineSum:
    return replace(
        row,
        net=row.net + part.net,
        tax=row.tax + part.tax,
        amount=row.amount + part.amount,
        less=row.less + part.less,
        off=tuple(one + other for one, other in zip(row.off, part.off, strict=True)) if row.off else part.off,
    )


def _service_plus(charge: ServiceSum | None, part: ServiceSum | None) -> ServiceSum | None:
    if charge is None or part is None:
        return charge or part
    return replace(charge, net=charge.net + part.net, tax=charge.tax + part.tax, fixed=charge.fixed + part.fixed)


def part_of(amount: Money, whole: Money, of: int = 0) -> str:
    """Which part of a line this is, in words: one `of` parts when that is known, else the simplest that fits."""
    if of > 1:
        return f"1/{of}"
    for below in range(2, 13):
        above = divide_rounded(amount * below, whole)
        if 0 < above < below and abs(above * whole - amount * below) <= below:
            return f"{above}/{below}"
    return "part"
