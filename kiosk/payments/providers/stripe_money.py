"""Amounts as Stripe counts them. Pure."""

from __future__ import annotations

from kiosk.core.money import Currency, Money

WHOLE = {"BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"}
THOUSANDTHS = {"BHD", "JOD", "KWD", "OMR", "TND"}


def decimals(code: str) -> int:
    """How many decimals Stripe's amounts in a currency have; not always as many as ours."""
    return 0 if code in WHOLE else 3 if code in THOUSANDTHS else 2


def to_stripe(amount: Money, code: str) -> int | None:
    """Our minor units in Stripe's, or nothing when Stripe cannot ask for exactly that."""
    more = decimals(code) - Currency(code).decimals
    theirs, rest = divmod(amount * 10 ** max(more, 0), 10 ** max(-more, 0))
    return None if rest or (code in THOUSANDTHS and theirs % 10) else int(theirs)
