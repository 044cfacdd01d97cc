"""The providers outside that this kiosk's settings allow it to ask."""

from __future__ import annotations

from importlib.util import find_spec

from kiosk.core.errors import Refused
from kiosk.core.settings import Settings
from kiosk.payments.providers.protocol import Provider
from kiosk.payments.providers.stripe import Stripe
from kiosk.payments.providers.stripe_calls import Calls


class SdkMissing(Refused):
    def __init__(self) -> None:
        super().__init__("KIOSK_STRIPE_KEY is set, but Stripe's library is not installed. Install kiosk[stripe].")


def outside(settings: Settings) -> dict[str, Provider]:
    """Those there are keys for, by name. Raises SdkMissing."""
    if settings.stripe_key is None:
        return {}
    if find_spec("stripe") is None:
        raise SdkMissing
    calls = Calls(settings.stripe_key, settings.stripe_url)
    return {"stripe": Stripe(calls, settings.stripe_reader)}
