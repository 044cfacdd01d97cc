"""How tenders pay a total: cash rounding, change, tips, and the keys worth offering. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.core.money import Currency, Money, round_to
from kiosk.payments.errors import Overpaid, StillShort, TenderUnknown, TenderUnreadable


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
class Given:
    """What a guest hands over: `given` includes the tip the guest leaves from it."""

    kind: TenderKind
    given: Money
    tip: Money = 0


@dataclass(frozen=True)
class Paid:
    """A tender and what became of it: given = amount + rounding + tip + change_due."""

    kind: TenderKind
    given: Money
    amount: Money
    tip: Money
    change_due: Money
    rounding: Money


@dataclass(frozen=True)
class CashKey:
    """A quick key: an amount of cash, and what is still short or goes back as change."""

    amount: Money
    short: Money
    change: Money


OFFERED = (TenderKind.CASH, TenderKind.CARD, TenderKind.WALLET)
"""What the counter takes. Vouchers wait for their register; others come only from the books of another system."""


def tender_kind(word: str) -> TenderKind:
    """The tender a screen names, or a refusal when the counter does not take it."""
    if word not in OFFERED:
        raise TenderUnknown(word[:20])
    return TenderKind(word)


def pay(total: Money, tenders: Sequence[Given], *, cash_step: Money, currency: Currency) -> list[Paid]:
    """How these tenders pay exactly this total.

    Cards, wallets and vouchers pay first and to the unit; cash pays the rest, rounded to what coins can pay,
    and gives change. Raises StillShort, Overpaid or TenderUnreadable; a total of nothing needs no tender.
    """
    for tender in tenders:
        if tender.given <= 0 or not 0 <= tender.tip <= tender.given:
            raise TenderUnreadable
    open_amount = total
    paid = []
    for tender in sorted(tenders, key=lambda one: one.kind is TenderKind.CASH):
        settle = _pay_cash if tender.kind is TenderKind.CASH else _pay_exactly
        paid.append(settle(open_amount, tender, cash_step, currency))
        open_amount -= paid[-1].amount
    if open_amount:
        has_cash = any(tender.kind is TenderKind.CASH for tender in tenders)
        raise StillShort(currency.plain(round_to(open_amount, cash_step) if has_cash else open_amount))
    return paid


def _pay_exactly(open_amount: Money, tender: Given, _step: Money, currency: Currency) -> Paid:
    amount = tender.given - tender.tip
    if amount > open_amount:
        raise Overpaid(tender.kind, currency.plain(open_amount + tender.tip))
    return Paid(tender.kind, tender.given, amount, tender.tip, 0, 0)


def _pay_cash(open_amount: Money, tender: Given, step: Money, currency: Currency) -> Paid:
    if open_amount == 0:
        raise Overpaid(tender.kind, currency.plain(0))
    payable = round_to(open_amount, step)
    offered = tender.given - tender.tip
    if open_amount <= offered < payable:
        raise StillShort(currency.plain(payable - offered))
    if offered < payable:
        return Paid(tender.kind, tender.given, offered, tender.tip, 0, 0)
    return Paid(tender.kind, tender.given, open_amount, tender.tip, offered - payable, payable - open_amount)


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
