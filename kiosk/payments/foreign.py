"""Cash in another currency at the till: what it pays here at the rate in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.core.db import Read
from kiosk.core.money import Currency, Money
from kiosk.payments import rates
from kiosk.payments.rate_errors import NotWorthThat, OnlyCashIsForeign, WorthNothing
from kiosk.payments.rate_rules import worth
from kiosk.payments.rules import Foreign, Given


async def exchanged(read: Read, tenders: Sequence[Given]) -> list[Given]:
    """The tenders, those in another currency with the rate in force.

    Their `given` must be what the foreign cash is worth at that rate. Raises OnlyCashIsForeign, RateMissing,
    WorthNothing, or NotWorthThat when the rate has changed since it was shown.
    """
    return [await _exchanged(read, tender, tender.foreign) if tender.foreign else tender for tender in tenders]


async def _exchanged(read: Read, tender: Given, foreign: Foreign) -> Given:
    if not tender.is_cash:
        raise OnlyCashIsForeign(tender.way.name if tender.way else tender.kind)
    venue = await read.venue()
    amount, rate = await value(read, foreign.currency_code, foreign.given)
    if amount != tender.given:
        told = Currency(foreign.currency_code, venue.locale).say(foreign.given)
        raise NotWorthThat(f"{told} {foreign.currency_code}", f"{venue.currency.say(amount)} {venue.currency_code}")
    return replace(tender, foreign=replace(foreign, rate=rate))


async def value(read: Read, code: str, given: Money) -> tuple[Money, str]:
    """What so much cash in a currency pays here today, and the rate. Raises RateMissing or WorthNothing."""
    venue = await read.venue()
    rate = (await rates.in_force(read, code)).rate
    amount = worth(given, Currency(code), venue.currency, rate, venue.cash_step)
    if amount <= 0:
        raise WorthNothing(f"{Currency(code, venue.locale).say(given)} {code}")
    return amount, rate
