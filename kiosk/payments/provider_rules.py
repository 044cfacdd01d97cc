"""What is known of a provider's payment after each answer. Pure."""

from __future__ import annotations

from kiosk.payments.rules import PaymentState

OPEN = frozenset({PaymentState.STARTED, PaymentState.AUTHORISED, PaymentState.UNKNOWN})
"""It is not known yet whether there will be money."""
PAID = frozenset({PaymentState.CAPTURED, PaymentState.REFUNDED})


def after(known: PaymentState, answer: PaymentState) -> PaymentState:
    """What is known of a payment after an answer. Answers may come late, twice and in any order.

    Money that was taken stays taken; what was given up for lost may still turn out to be paid.
    """
    if known in PAID:
        return known
    if known in OPEN or answer is PaymentState.CAPTURED:
        return answer
    return known


def after_refund(known: PaymentState, answer: PaymentState) -> PaymentState:
    """What is known of money to be given back: a bank may still send back what it first took on."""
    if known is PaymentState.REFUNDED and answer is not PaymentState.FAILED:
        return known
    if known is PaymentState.FAILED and answer is not PaymentState.REFUNDED:
        return known
    return answer
