"""Facts of money asked of a provider."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class PaymentChanged(Fact):
    """A payment was asked for, or more is known of it or of a refund of it."""

    payment_id: int
    check_id: int
