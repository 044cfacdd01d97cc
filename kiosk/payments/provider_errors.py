"""What the counter refuses about money that a provider is asked for."""

from __future__ import annotations

from kiosk.core.errors import Conflict, NotFound, Refused
from kiosk.payments.rules import PaymentState

STANDING = {
    PaymentState.STARTED: "is still waiting for the guest",
    PaymentState.AUTHORISED: "is still being taken",
    PaymentState.CAPTURED: "was paid",
    PaymentState.FAILED: "was not paid",
    PaymentState.UNKNOWN: "has not been answered yet",
    PaymentState.CANCELLED: "was cancelled",
    PaymentState.REFUNDED: "was given back",
}


class PaymentGone(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such payment. Go back to the check.")


class PaymentKeyTaken(Refused):
    code = "key_reused"

    def __init__(self) -> None:
        super().__init__("This payment's key was already used for something else. Nothing was asked for; tap again.")


class NobodyToAsk(Refused):
    def __init__(self, tender: str, way_out: str) -> None:
        super().__init__(f"“{tender[:40]}” asks no provider for money here. {way_out}")


class PaymentNotCaptured(Refused):
    code = "not_captured"

    def __init__(self, amount: str, state: PaymentState) -> None:
        super().__init__(f"The payment of {amount} {STANDING[state]}. Wait for it, or cancel it.")


class PaymentUsed(Conflict):
    code = "payment_used"

    def __init__(self, amount: str) -> None:
        super().__init__(f"The payment of {amount} is already on another receipt.")


class PaymentOfAnother(Refused):
    def __init__(self, paid: str, asked: str) -> None:
        super().__init__(f"The payment is {paid}, and not {asked} of this check. Take it for what it is, or refund it.")


class PaymentNotYours(Refused):
    def __init__(self) -> None:
        super().__init__("This payment was made for another check. Settle that one with it, or refund it there.")


class PaymentOtherwise(Refused):
    def __init__(self, asked: str) -> None:
        super().__init__(f"This payment was asked for as {asked}. Settle it as that.")


class PaymentAtAnEnd(Conflict):
    def __init__(self, amount: str, state: PaymentState) -> None:
        super().__init__(f"The payment of {amount} {STANDING[state]}; there is nothing to do for it any more.")


class NotConfirmedHere(Refused):
    def __init__(self, provider: str) -> None:
        super().__init__(f"{provider.title()} says itself whether it was paid; nobody confirms it here.")


class MoreThanIsLeft(Refused):
    def __init__(self, left: str) -> None:
        super().__init__(f"Of this payment {left} can still be given back. Choose at most that.")


class RefundNotFailed(Conflict):
    def __init__(self) -> None:
        super().__init__("This refund is done or still under way. There is nothing to try again.")


class HookRefused(Refused):
    code = "signature"

    def __init__(self) -> None:
        super().__init__("This message is not signed by the provider, or it is old.")


class NoHook(NotFound):
    def __init__(self) -> None:
        super().__init__("This kiosk takes no such messages. Set KIOSK_STRIPE_KEY and KIOSK_STRIPE_WEBHOOK_SECRET.")
