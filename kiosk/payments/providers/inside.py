"""Money nobody outside is asked for: cash in the hand, and the card terminal beside the till."""

from __future__ import annotations

from kiosk.payments.providers.protocol import Ask, GiveBack, Outcome
from kiosk.payments.rules import PaymentState

CAPTURED = Outcome(PaymentState.CAPTURED)
CANCELLED = Outcome(PaymentState.CANCELLED)


class Cash:
    """Cash is there when it is given."""

    name = "cash"

    async def authorise(self, ask: Ask) -> Outcome:
        return CAPTURED

    async def find(self, ask: Ask, reference: str) -> Outcome:
        return CAPTURED

    async def capture(self, ask: Ask, reference: str) -> Outcome:
        return CAPTURED

    async def cancel(self, ask: Ask, reference: str) -> Outcome:
        return CANCELLED

    async def refund(self, back: GiveBack, reference: str) -> Outcome:
        return Outcome(PaymentState.REFUNDED, told="Give the cash back from the drawer.")

    async def close(self) -> None:
        """Nothing to let go of."""


class Manual:
    """A terminal the kiosk does not speak with: the cashier types the amount there and confirms here."""

    name = "manual"

    async def authorise(self, ask: Ask) -> Outcome:
        return Outcome(PaymentState.STARTED, told="Take the payment at the terminal, then confirm it here.")

    async def find(self, ask: Ask, reference: str) -> Outcome:
        return await self.authorise(ask)

    async def capture(self, ask: Ask, reference: str) -> Outcome:
        return CAPTURED

    async def cancel(self, ask: Ask, reference: str) -> Outcome:
        return CANCELLED

    async def refund(self, back: GiveBack, reference: str) -> Outcome:
        return Outcome(PaymentState.REFUNDED, told="Give the money back at the terminal.")

    async def close(self) -> None:
        """Nothing to let go of."""


INSIDE: dict[str, Cash | Manual] = {"cash": Cash(), "manual": Manual()}
"""Those that answer at once and ask nobody, so that their answer is part of the tap's own transaction."""
