"""A message Stripe sent by itself: signed or not, and which payment or refund it is about. Its news is not believed."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import SecretStr

from kiosk.payments.providers.stripe import KEY

TOLERANCE_S = 300
"""A message signed longer ago is a replay."""


@dataclass(frozen=True)
class Message:
    """What a message names: our key, where Stripe kept it, and Stripe's names of what it is about."""

    key: UUID | None
    references: list[str]


async def read(body: bytes, signature: str, secret: SecretStr) -> Message | None:
    """The message, or nothing when it is not signed with the secret, is old or is no message of Stripe's."""
    if not await asyncio.to_thread(_is_signed, body, signature, secret):
        return None
    try:
        about = json.loads(body)["data"]["object"]
        return Message(
            _key(about), [name for word in ("id", "payment_intent") if isinstance(name := about.get(word), str)]
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _is_signed(body: bytes, signature: str, secret: SecretStr) -> bool:
    import stripe

    try:
        return bool(
            stripe.WebhookSignature.verify_header(body.decode(), signature, secret.get_secret_value(), TOLERANCE_S)
        )
    except (stripe.SignatureVerificationError, UnicodeDecodeError):
        return False


def _key(about: dict[str, Any]) -> UUID | None:
    told = (about.get("metadata") or {}).get(KEY, "")
    try:
        return UUID(told)
    except (AttributeError, TypeError, ValueError):
        return None
