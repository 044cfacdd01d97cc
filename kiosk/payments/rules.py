"""How tenders pay a total: cash rounding, change, tips, and the keys worth offering. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.core.money import PPM, Currency, Money, divide_rounded, percent_text, round_to
from kiosk.payments.errors import Overpaid, StillShort, TenderUnreadable


class ReceiptKind(StrEnum):
    SALE = "sale"
    REFUND = "refund"


class TenderKind(StrEnum):
    CASH = "cash"
    CARD = "card"
    WALLET = "wallet"
    VOUCHER = "voucher"
    OTHER = "other"


class PaymentState(StrEnum):
    """What is known of money asked of a provider."""

    STARTED = "started"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class DrawerState(StrEnum):
    OPEN = "open"
    COUNTED = "counted"
    CLOSED = "closed"


class MovementKind(StrEnum):
    """Why money moved. What moves none (a no-sale, a hand-over) is in the book with nothing."""

    SALE = "sale"
    RETURN = "return"
    FLOAT = "float"
    PAY_IN = "pay_in"
    PAY_OUT = "pay_out"
    DROP = "drop"
    OVER_SHORT = "over_short"
    TO_SAFE = "to_safe"
    NO_SALE = "no_sale"
    HAND_OVER = "hand_over"


@dataclass(frozen=True)
class Way:
    """A way to pay that the house takes: `code` is what the books call it, `name` what people read."""

    code: str
    name: str
    kind: TenderKind
    provider: str = "manual"
    needs_note: bool = False


USUAL = (
    Way("cash", "Cash", TenderKind.CASH, "cash"),
    Way("card", "Card", TenderKind.CARD),
    Way("wallet", "QR", TenderKind.WALLET),
    Way("voucher", "Voucher", TenderKind.VOUCHER, needs_note=True),
    Way("account", "House account", TenderKind.OTHER, needs_note=True),
)
"""What a house takes while it has not chosen for itself."""


@dataclass(frozen=True)
class Foreign:
    """Cash in another currency: how much of it, in its minor units, and what one of the venue's was worth in it."""

    currency_code: str
    given: Money
    rate: str = ""


@dataclass(frozen=True)
class Given:
    """What a guest hands over: `kind` is the code of a way to pay, `given` includes the tip the guest leaves from it.

    `note` is a voucher's number or an account's name; `payment_id` names the provider's payment that it is.
    """

    kind: str
    given: Money
    tip: Money = 0
    note: str = ""
    foreign: Foreign | None = None
    payment_id: int | None = None
    way: Way | None = field(default=None, compare=False)

    @property
    def is_cash(self) -> bool:
        return (self.way.kind if self.way else self.kind) == TenderKind.CASH


@dataclass(frozen=True)
class Paid:
    """A tender and what became of it: given = amount + rounding + tip + change_due."""

    kind: str
    given: Money
    amount: Money
    tip: Money
    change_due: Money
    rounding: Money
    told: Given | None = field(default=None, compare=False, repr=False)

    @property
    def stays(self) -> Money:
        """What the house keeps of it."""
        return self.given - self.change_due


@dataclass(frozen=True)
class CashKey:
    """A quick key: an amount of cash, and what is still short or goes back as change."""

    amount: Money
    short: Money
    change: Money


def pay(
    total: Money, tenders: Sequence[Given], *, cash_step: Money, currency: Currency, is_final: bool = True
) -> list[Paid]:
    """How these tenders pay exactly this total, or a part of it while they are still being keyed.

    Cards, wallets and vouchers pay first and to the unit; cash pays the rest, rounded to what coins can pay,
    and gives change. Raises StillShort, Overpaid or TenderUnreadable; a total of nothing needs no tender,
    and takes a tip.
    """
    for tender in tenders:
        if tender.given <= 0 or not 0 <= tender.tip <= tender.given:
            raise TenderUnreadable
    open_amount = total
    paid = []
    for tender in sorted(tenders, key=lambda one: one.is_cash):
        settle = _pay_cash if tender.is_cash else _pay_exactly
        paid.append(settle(open_amount, tender, cash_step, currency))
        open_amount -= paid[-1].amount
    if open_amount and is_final:
        has_cash = any(tender.is_cash for tender in tenders)
        raise StillShort(currency.say(round_to(open_amount, cash_step) if has_cash else open_amount))
    return paid


def _pay_exactly(open_amount: Money, tender: Given, _step: Money, currency: Currency) -> Paid:
    amount = tender.given - tender.tip
    if amount > open_amount:
        raise Overpaid(_name(tender), currency.say(open_amount + tender.tip))
    return Paid(tender.kind, tender.given, amount, tender.tip, 0, 0, tender)


def _name(tender: Given) -> str:
    return tender.way.name if tender.way else tender.kind


def _pay_cash(open_amount: Money, tender: Given, step: Money, currency: Currency) -> Paid:
    if open_amount == 0 and not tender.tip:
        raise Overpaid(_name(tender), currency.say(0))
    payable = round_to(open_amount, step)
    offered = tender.given - tender.tip
    if open_amount <= offered < payable:
        raise StillShort(currency.say(payable - offered))
    if offered < payable:
        return Paid(tender.kind, tender.given, offered, tender.tip, 0, 0, tender)
    change, rounding = offered - payable, payable - open_amount
    return Paid(tender.kind, tender.given, open_amount, tender.tip, change, rounding, tender)


def notes(currency: Currency, up_to: Money) -> list[Money]:
    """The usual notes of a currency in minor units, from small to well above an amount: 5, 10, 20, 50, 100 ..."""
    unit = 10**currency.decimals if currency.decimals else 1000
    smallest = 5 * unit if currency.decimals == 2 else unit
    found: list[Money] = []
    while len(found) < 4 or found[-1] <= 10 * up_to:
        found += [digit * unit for digit in (1, 2, 5) if digit * unit >= smallest]
        unit *= 10
    return found


def cash_keys(open_amount: Money, *, cash_step: Money, currency: Currency) -> list[CashKey]:
    """Two notes below the balance, the exact amount, three payable amounts above."""
    payable = round_to(open_amount, cash_step)
    if payable <= 0:
        return []
    usual = notes(currency, payable)
    below = [note for note in usual if note < payable][-2:]
    above = sorted({_next_multiple(payable, note) for note in usual} - {payable})[:3]
    return [CashKey(key, max(payable - key, 0), max(key - payable, 0)) for key in [*below, payable, *above]]


def _next_multiple(amount: Money, note: Money) -> Money:
    return -(-amount // note) * note


@dataclass(frozen=True)
class TipKey:
    """A tip worth offering: a share of the bill, or what brings it to the next round amount."""

    amount: Money
    percent: str | None
    round_up: bool


TIPS_PPM = (50_000, 100_000)
"""Tips offered while the house has not chosen for itself."""


def tip_keys(total: Money, rates_ppm: Sequence[int], currency: Currency) -> list[TipKey]:
    """The tip keys for a total: each rate, then up to the next round amount; none where the house wants none."""
    if total <= 0 or not rates_ppm:
        return []
    keys = [TipKey(divide_rounded(total * rate, PPM), percent_text(rate), False) for rate in rates_ppm]
    return [*keys, TipKey(_next_round(total, currency) - total, None, True)]


def _next_round(total: Money, currency: Currency) -> Money:
    unit = 10**currency.decimals if currency.decimals else 100
    step = 5 * unit if total >= 20 * unit else unit
    return (total // step + 1) * step


def cash_tip(due: Money, tip: Money, step: Money) -> Money:
    """A tip as coins can pay it: what is due and the tip together come to whole coins."""
    return max(0, round_to(due + tip, step) - round_to(due, step)) if tip else 0
