"""Facts of the counter."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class ReceiptIssued(Fact):
    """A share was settled or refunded."""

    receipt_id: int
    check_id: int
