"""Facts of money asked of a provider."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class PaymentChanged(Fact):
    """A payment was asked for, or more is known of it or of a refund of it."""

    payment_id: int
    check_id: int


@dataclass(frozen=True)
class PaymentWanted(Fact):
    """Somebody wants its provider to be asked: for the money, or to cancel it."""

    payment_id: int


@dataclass(frozen=True)
class PaymentDoubted(Fact):
    """Somebody doubts what is known of it and wants its provider to be asked again."""

    payment_id: int


@dataclass(frozen=True)
class RefundWanted(Fact):
    """Somebody wants a provider to give money back."""

    refund_id: int
