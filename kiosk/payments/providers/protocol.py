"""What a payment provider can be asked, and what may be known of its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kiosk.core.money import Money
from kiosk.payments.rules import PaymentState


@dataclass(frozen=True)
class Ask:
    """Money asked of a provider, in minor units. `key` makes it one payment however often it is asked.

    `label` is what the guest reads beside the amount; `asked_at` is when it was asked first.
    """

    key: UUID
    amount: Money
    currency: str
    label: str
    asked_at: datetime


@dataclass(frozen=True)
class GiveBack:
    """So much of a captured payment to be given back, once, however often it is asked."""

    key: UUID
    amount: Money
    currency: str


@dataclass(frozen=True)
class Outcome:
    """What a provider's answer comes to.

    UNKNOWN: it may or may not have happened, ask again. STARTED: it waits for the guest, or for the provider's bank.
    `told` is the sentence for people, `link` is what the guest opens to pay.
    """

    state: PaymentState
    reference: str = ""
    told: str = ""
    link: str | None = None


class Provider(Protocol):
    """Asks for money and gives it back. Every call ends in an Outcome, also when no answer comes; none raises.

    Each may be repeated, at any later time, and then does nothing a second time.
    """

    name: str

    async def authorise(self, ask: Ask) -> Outcome:
        """Prepare the payment and say its reference. No money moves before `find` was asked with it."""
        ...

    async def find(self, ask: Ask, reference: str) -> Outcome:
        """How it stands now; the first time it is also put before the guest. AUTHORISED asks for a capture."""
        ...

    async def capture(self, ask: Ask, reference: str) -> Outcome:
        """Take what was authorised."""
        ...

    async def cancel(self, ask: Ask, reference: str) -> Outcome:
        """Ask for it no longer: CANCELLED, or CAPTURED when it was too late."""
        ...

    async def refund(self, back: GiveBack, reference: str) -> Outcome:
        """Give money back: REFUNDED, FAILED, UNKNOWN, or STARTED while a bank is at it."""
        ...

    async def close(self) -> None:
        """Let go of its connections."""
        ...
