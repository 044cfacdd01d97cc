"""A restaurant whose cards go through Stripe, with a Stripe of our own and somebody who asks it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from pydantic import SecretStr

from kiosk.core.db import Database
from kiosk.payments import asking, asking_queries, service, ways
from kiosk.payments.asker import Asker, Pace
from kiosk.payments.providers import stripe_calls
from kiosk.payments.providers.stripe import Stripe
from kiosk.payments.rules import Given, TenderKind, Way
from tests.support import patience, stripe_server
from tests.support.house import House, founded
from tests.support.stripe_account import READER

QUICK = Pace(guest_pays_s=0.03, first_s=0.03, most_s=0.1, sweep_s=0.1, bank_s=0.05)
CALLS = stripe_calls.Pace(request_s=0.15, call_s=2, pause_s=0.02)


def provider(stripe: stripe_server.Stripe, reader: str = READER) -> Stripe:
    return Stripe(stripe_calls.Calls(SecretStr(stripe_server.KEY), stripe.url, CALLS), reader)


@dataclass
class Asked:
    """The restaurant, its Stripe, and who asks it."""

    house: House
    stripe: stripe_server.Stripe
    asker: Asker
    reader: str = READER
    askers: list[Asker] = field(default_factory=list)

    async def restart(self, pace: Pace = QUICK) -> None:
        """Whoever asked is gone in the middle of it; another begins."""
        await self.asker.stop()
        self.asker = Asker(self.house.db, {"stripe": provider(self.stripe, self.reader)}, pace)
        self.askers.append(self.asker)
        self.asker.start()

    async def due(self, label: str = "1") -> int:
        """A check of 7.00, sent."""
        check_id = await self.house.seat(label)
        await self.house.ring(check_id)
        await self.house.send(check_id)
        return check_id

    async def start(self, check_id: int, amount: int = 700, *, code: str = "card", key: UUID | None = None) -> int:
        words = {"key": key or uuid4(), "known": self.asker.providers}
        return (await self.house.act(asking.start, check_id, code, amount, **words)).id

    async def show(self, payment_id: int) -> dict[str, Any]:
        return await self.house.look(asking_queries.show_payment, payment_id)

    async def standing(self, payment_id: int, *states: str) -> dict[str, Any]:
        """The payment as soon as it is in one of these states."""

        async def look() -> dict[str, Any] | None:
            shown = await self.show(payment_id)
            return shown if shown["state"] in states else None

        return dict(await patience.until(look, f"payment {payment_id} to be {states}"))

    async def reached(self, call: str) -> None:
        """The moment Stripe is asked this."""
        async with asyncio.timeout(patience.COMES):
            await self.stripe.reached[call].wait()

    async def on_the_reader(self) -> None:
        """The moment the reader asks the guest for a card."""

        async def look() -> bool:
            return bool(self.stripe.action and self.stripe.action["status"] == "in_progress")

        await patience.until(look, "the reader to ask for a card")

    async def back(self, payment_id: int, *states: str) -> None:
        """The moment its refunds stand like this."""

        async def look() -> bool:
            return [one["state"] for one in (await self.show(payment_id))["refunds"]] == list(states)

        await patience.until(look, f"the refunds of payment {payment_id} to be {states}")

    async def paid(self, check_id: int, amount: int = 700) -> int:
        """A payment that a guest has made at the reader."""
        payment_id = await self.start(check_id, amount)
        await self.on_the_reader()
        self.stripe.tap_card()
        await self.standing(payment_id, "captured")
        return payment_id

    async def settle(self, check_id: int, payment_id: int | None, total: int = 700) -> service.Settled:
        return await self.house.act(service.settle, check_id, total, [Given("card", total, payment_id=payment_id)])


@asynccontextmanager
async def asked(db: Database, *, reader: str = READER, pace: Pace = QUICK) -> AsyncIterator[Asked]:
    """The restaurant, open for business."""
    house = await founded(db)
    await house.act(ways.add_way, Way("card", "Card", TenderKind.CARD, "stripe"))
    async with stripe_server.served() as stripe:
        asker = Asker(db, {"stripe": provider(stripe, reader)}, pace)
        at_work = Asked(house, stripe, asker, reader)
        asker.start()
        yield at_work
        await at_work.asker.stop()
