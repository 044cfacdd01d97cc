"""How much of a receipt can still be given back, and what a refund of it is made of. Pure arithmetic.

Amounts are positive here: so much of a line, of the service charge, of a tender goes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kiosk.core.money import Currency, Money, divide_rounded, round_to
from kiosk.payments.refund_errors import (
    LineLeft,
    NothingLeft,
    ServiceLeft,
    TenderLeft,
    TendersDiffer,
    UnknownPosition,
)


@dataclass(frozen=True)
class OpenLine:
    """What is left of a receipt's line. `whole` is how many pieces are taken back with the last of it."""

    position: int
    rate_ppm: int
    net: Money
    tax: Money
    less: Money = 0
    whole: int = 0

    @property
    def gross(self) -> Money:
        return self.net + self.tax

    @property
    def is_gone(self) -> bool:
        """Of what costs nothing there may still be pieces, or a part that was on the house."""
        return not (self.gross or self.less or self.whole)

    def part(self, amount: Money) -> OpenLine:
        """So much of it; the last of it takes the pieces along."""
        if amount == self.gross:
            return self
        tax = divide_rounded(self.tax * amount, self.gross)
        less = divide_rounded(self.less * amount, self.gross)
        return replace(self, net=amount - tax, tax=tax, less=less, whole=0)

    def minus(self, other: OpenLine) -> OpenLine:
        return replace(
            self,
            net=self.net - other.net,
            tax=self.tax - other.tax,
            less=self.less - other.less,
            whole=self.whole - other.whole,
        )


@dataclass(frozen=True)
class OpenTender:
    """What is left of a tender: of what it paid, of its tip, and of all that was kept of it in coins."""

    position: int
    name: str
    is_cash: bool
    amount: Money
    tip: Money
    stays: Money


@dataclass(frozen=True)
class Returned:
    """What goes back to a tender: given = amount + tip + rounding."""

    position: int
    amount: Money
    tip: Money
    given: Money

    @property
    def rounding(self) -> Money:
        return self.given - self.amount - self.tip


@dataclass(frozen=True)
class Open:
    """What is left of a receipt. The service charge is a line of its own at `SERVICE`."""

    lines: tuple[OpenLine, ...]
    tenders: tuple[OpenTender, ...]
    service: OpenLine | None = None

    @property
    def total(self) -> Money:
        return sum(line.gross for line in self.rows)

    @property
    def rows(self) -> tuple[OpenLine, ...]:
        return (*self.lines, self.service) if self.service else self.lines

    @property
    def tip(self) -> Money:
        return sum(tender.tip for tender in self.tenders)

    @property
    def is_used_up(self) -> bool:
        return not (self.total or self.tip or not all(line.is_gone for line in self.lines))


SERVICE = -1


@dataclass(frozen=True)
class Back:
    """What goes back: parts of lines, of the service charge, and to which tenders."""

    lines: tuple[OpenLine, ...]
    tenders: tuple[Returned, ...]
    service: OpenLine | None = None

    @property
    def rows(self) -> tuple[OpenLine, ...]:
        return (*self.lines, self.service) if self.service else self.lines

    @property
    def total(self) -> Money:
        return sum(line.gross for line in self.rows)

    @property
    def tip(self) -> Money:
        return sum(tender.tip for tender in self.tenders)


@dataclass(frozen=True)
class Asked:
    """What is to go back: everything left, or so much of lines (None: all that is left of it) and of the service.

    `tenders` says how much goes to which; without it cards come first and cash last. With the tip, all tips left go
    back to where they came from.
    """

    lines: Mapping[int, Money | None] | None = None
    service: Money = 0
    tenders: Mapping[int, Money] | None = None
    with_tip: bool = False


def take_back(left: Open, asked: Asked, *, cash_step: Money, currency: Currency) -> Back:
    """What a refund is made of. Raises NothingLeft, LineLeft, ServiceLeft, TenderLeft or TendersDiffer."""
    if left.is_used_up:
        raise NothingLeft
    lines = left.lines if asked.lines is None else tuple(_some_lines(left, asked.lines, currency))
    service = left.service if asked.lines is None else _some_service(left, asked.service, currency)
    back = Back(tuple(line for line in lines if not line.is_gone), (), service)
    tips = {tender.position: tender.tip for tender in left.tenders} if asked.with_tip else {}
    if not (back.lines or back.service or sum(tips.values())):
        raise NothingLeft
    amounts = _distributed(left.tenders, back.total, asked.tenders, currency)
    tenders = (
        _returned(tender, amounts.get(tender.position, 0), tips.get(tender.position, 0), cash_step)
        for tender in left.tenders
    )
    return replace(back, tenders=tuple(one for one in tenders if one.amount or one.tip))


def _some_lines(left: Open, asked: Mapping[int, Money | None], currency: Currency) -> Iterator[OpenLine]:
    known = {line.position: line for line in left.lines}
    for position, amount in asked.items():
        if position not in known:
            raise UnknownPosition(position)
        line = known[position]
        if line.is_gone or not 0 <= (line.gross if amount is None else amount) <= line.gross or amount == 0:
            raise LineLeft(position + 1, currency.say(line.gross))
        yield line.part(line.gross if amount is None else amount)


def _some_service(left: Open, amount: Money, currency: Currency) -> OpenLine | None:
    most = left.service.gross if left.service else 0
    if not 0 <= amount <= most:
        raise ServiceLeft(currency.say(most))
    return left.service.part(amount) if left.service and amount else None


def _distributed(
    tenders: Sequence[OpenTender], total: Money, asked: Mapping[int, Money] | None, currency: Currency
) -> Mapping[int, Money]:
    """How much of the total goes back to which tender: as asked, else cards first and cash last."""
    known = {tender.position: tender for tender in tenders}
    if asked is None:
        return _in_order(sorted(tenders, key=lambda one: one.is_cash), total)
    for position, amount in asked.items():
        if position not in known:
            raise UnknownPosition(position)
        if not 0 <= amount <= known[position].amount:
            raise TenderLeft(known[position].name, currency.say(known[position].amount))
    if sum(asked.values()) != total:
        raise TendersDiffer(currency.say(total), currency.say(sum(asked.values())))
    return asked


def _in_order(tenders: Sequence[OpenTender], total: Money) -> Mapping[int, Money]:
    amounts: dict[int, Money] = {}
    for tender in tenders:
        amounts[tender.position] = min(tender.amount, total)
        total -= amounts[tender.position]
    return amounts


def _returned(tender: OpenTender, amount: Money, tip: Money, cash_step: Money) -> Returned:
    """What the guest gets. Cash comes in whole coins, the last of a tender is all that the house still keeps of it."""
    if not tender.is_cash:
        return Returned(tender.position, amount, tip, amount + tip)
    if (amount, tip) == (tender.amount, tender.tip):
        return Returned(tender.position, amount, tip, tender.stays)
    return Returned(tender.position, amount, tip, min(round_to(amount + tip, cash_step), tender.stays))
