"""Asks payment providers for what was written down, outside every transaction, until each answer is known.

A payment or refund that is not settled yet is followed by one task: it asks, writes down the answer, waits, asks
again. What was under way when the kiosk stopped or was killed is followed again from the start.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from uuid import UUID

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, retry_if_result

from kiosk.core import clock
from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database
from kiosk.core.errors import Unavailable
from kiosk.core.events import Fact
from kiosk.payments import asking, provider_rules
from kiosk.payments import asking_queries as queries
from kiosk.payments.models import ProviderPayment
from kiosk.payments.provider_events import PaymentDoubted, PaymentWanted, RefundWanted
from kiosk.payments.provider_models import ProviderRefund
from kiosk.payments.providers.protocol import GiveBack, Outcome, Provider
from kiosk.payments.rules import PaymentState

log = logging.getLogger(__name__)
NOTHING_CHARGED = "The provider did not answer. Nothing was charged; ask again or take another way to pay."
NOT_NOW = Outcome(PaymentState.UNKNOWN, told="The provider has not answered yet; it is asked again.")


class Wait(Enum):
    """What the next question waits for."""

    NOT = auto()
    FOR_THE_GUEST = auto()
    FOR_THE_BANK = auto()
    FOR_AN_ANSWER = auto()
    FOR_NOTHING = auto()


@dataclass(frozen=True)
class Pace:
    """Seconds between two questions: while a guest pays, a bank takes its time, there is no answer; between sweeps.

    `prepared_s`: a provider that has not taken a payment on by then is not waited for, as nothing can be charged yet.
    `guest_s`: a guest who has not paid by then is not waited for, and the payment is cancelled.
    """

    guest_pays_s: float = 2
    bank_s: float = 600
    first_s: float = 1
    most_s: float = 30
    sweep_s: float = 30
    prepared_s: float = 120
    guest_s: float = 1800


class Asker:
    """Follows every payment and refund that somebody outside has to be asked about."""

    def __init__(self, db: Database, providers: Mapping[str, Provider], pace: Pace | None = None) -> None:
        self._db = db
        self.providers = providers
        self._pace = pace or Pace()
        self._followed: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._woken: dict[tuple[str, int], asyncio.Event] = {}
        self._looking: set[asyncio.Task[None]] = set()
        self._sweeper: asyncio.Task[None] | None = None
        self._deafen: Callable[[], None] = lambda: None
        self._is_stopped = False

    def start(self) -> None:
        """Begin with what was not known when the kiosk stopped."""
        if self.providers:
            self._deafen = self._db.bus.listen(self._hear)
            self._sweeper = asyncio.create_task(self._sweep(), name="payments")

    async def stop(self) -> None:
        """Stop asking; what is not known yet is asked at the next start."""
        self._deafen()
        self._is_stopped = True
        tasks = [*self._followed.values(), *self._looking, *([self._sweeper] if self._sweeper else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for provider in self.providers.values():
            await provider.close()

    def _hear(self, fact: Fact) -> None:
        if isinstance(fact, PaymentWanted):
            self.follow_payment(fact.payment_id)
        elif isinstance(fact, PaymentDoubted):
            self.doubt_payment(fact.payment_id)
        elif isinstance(fact, RefundWanted):
            self.follow_refund(fact.refund_id)

    def follow_payment(self, payment_id: int) -> None:
        """Ask about it now, and until it is known."""
        self._follow("payment", payment_id, self._ask_payment)

    def follow_refund(self, refund_id: int) -> None:
        """Ask for it now, and until it is known."""
        self._follow("refund", refund_id, self._ask_refund)

    def doubt_payment(self, payment_id: int) -> None:
        """The provider may have news of a payment: ask at once, also when it was thought to be known."""
        self._doubt(self._look_at_payment(payment_id))
        self.follow_payment(payment_id)

    def doubt_refund(self, refund_id: int) -> None:
        """The provider may have news of a refund: ask at once, also when it was thought to be known."""
        self._doubt(self._look_at_refund(refund_id))
        self.follow_refund(refund_id)

    def _doubt(self, look: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(look)
        self._looking.add(task)
        task.add_done_callback(self._looked)

    def _looked(self, done: asyncio.Task[None]) -> None:
        self._looking.discard(done)
        if not done.cancelled() and (fault := done.exception()):
            log.error("asking once more failed; the sweep asks again", exc_info=fault)

    async def _look_at_payment(self, payment_id: int) -> None:
        async with self._db.read() as read:
            row, venue = await queries.payment(read, payment_id), await read.venue()
        provider = self.providers.get(row.provider)
        if provider is not None and row.reference and row.state not in provider_rules.PAID:
            found = await _said(provider.find(asking.ask_of(row, venue.name), row.reference), f"payment {row.id}")
            if found.state is PaymentState.CAPTURED:
                await self._know(row, found)

    async def _look_at_refund(self, refund_id: int) -> None:
        async with self._db.read() as read:
            row, payment = await queries.refund(read, refund_id)
        provider = self.providers.get(payment.provider)
        if provider is not None and row.reference:
            await self._know_refund(row, payment, await _said(_back(provider, row, payment), f"refund {row.id}"))

    async def _sweep(self) -> None:
        while True:
            try:
                async with self._db.read() as read:
                    payments, refunds = await queries.to_ask(read), await queries.to_give_back(read)
            except Exception:
                log.exception("could not look for payments to ask about; tried again in %s s", self._pace.sweep_s)
            else:
                for payment_id in payments:
                    self._follow("payment", payment_id, self._ask_payment, is_news=False)
                for refund_id in refunds:
                    self._follow("refund", refund_id, self._ask_refund, is_news=False)
            await asyncio.sleep(self._pace.sweep_s)

    def _follow(self, kind: str, row_id: int, ask: Callable[[int], Awaitable[Wait]], *, is_news: bool = True) -> None:
        mine = (kind, row_id)
        if self._is_stopped:
            return
        if mine in self._followed:
            if is_news:
                self._woken[mine].set()
            return
        self._woken[mine] = asyncio.Event()
        task = asyncio.create_task(self._until_known(mine, ask), name=f"{kind} {row_id}")
        self._followed[mine] = task
        task.add_done_callback(lambda done: self._let_go(mine, done))

    def _let_go(self, mine: tuple[str, int], done: asyncio.Task[None]) -> None:
        was_woken = self._woken.pop(mine).is_set()
        del self._followed[mine]
        if done.cancelled():
            return
        if done.exception():
            log.error("asking about %s %s failed; the sweep asks again", *mine, exc_info=done.exception())
        elif was_woken:
            (self.follow_payment if mine[0] == "payment" else self.follow_refund)(mine[1])

    async def _until_known(self, mine: tuple[str, int], ask: Callable[[int], Awaitable[Wait]]) -> None:
        async def wait(seconds: float) -> None:
            try:
                async with asyncio.timeout(seconds):
                    await self._woken[mine].wait()
            except TimeoutError:
                return

        async def once() -> Wait:
            self._woken[mine].clear()
            return await ask(mine[1])

        tries = AsyncRetrying(
            retry=retry_if_result(lambda wait: wait is not Wait.FOR_NOTHING) | retry_if_exception_type(Unavailable),
            wait=self._pause(),
            sleep=wait,
        )
        await tries(once)

    def _pause(self) -> Callable[[RetryCallState], float]:
        """How long until the next question; after each silence about twice as long, up to the most."""
        pace, silences = self._pace, 0

        def pause(call: RetryCallState) -> float:
            nonlocal silences
            wait = call.outcome.result() if call.outcome and not call.outcome.failed else Wait.FOR_AN_ANSWER
            silences = silences + 1 if wait is Wait.FOR_AN_ANSWER else 0
            growing = min(pace.first_s * (1 << min(max(silences - 1, 0), 20)), pace.most_s) * random.uniform(0.5, 1)
            return {
                Wait.NOT: 0.0,
                Wait.FOR_THE_GUEST: pace.guest_pays_s,
                Wait.FOR_THE_BANK: pace.bank_s,
                Wait.FOR_AN_ANSWER: growing,
            }[wait]

        return pause

    async def _ask_payment(self, payment_id: int) -> Wait:
        """One question about a payment and its answer written down; what to wait for then."""
        async with self._db.read() as read:
            row, venue = await queries.payment(read, payment_id), await read.venue()
        provider = self.providers.get(row.provider)
        if provider is None or row.state not in provider_rules.OPEN:
            return Wait.FOR_NOTHING
        outcome = await _said(self._question(provider, row, venue.name), f"payment {row.id}")
        known = row if _is_no_news(row, outcome) else await self._know(row, outcome)
        if known.state is PaymentState.STARTED:
            return Wait.FOR_THE_GUEST if row.reference else Wait.NOT
        return Wait.FOR_AN_ANSWER if known.state in provider_rules.OPEN else Wait.FOR_NOTHING

    async def _question(self, provider: Provider, row: ProviderPayment, label: str) -> Outcome:
        ask, age = asking.ask_of(row, label), clock.now() - row.started_at
        if not row.reference:
            if row.cancel_asked_at or age > timedelta(seconds=self._pace.prepared_s):
                state = PaymentState.CANCELLED if row.cancel_asked_at else PaymentState.FAILED
                return Outcome(state, told="" if row.cancel_asked_at else NOTHING_CHARGED)
            return await provider.authorise(ask)
        if row.cancel_asked_at:
            return await provider.cancel(ask, row.reference)
        found = await provider.find(ask, row.reference)
        if found.state is PaymentState.AUTHORISED:
            return await provider.capture(ask, row.reference)
        if found.state in provider_rules.OPEN and age > timedelta(seconds=self._pace.guest_s):
            return await provider.cancel(ask, row.reference)
        return found

    async def _know(self, row: ProviderPayment, outcome: Outcome) -> ProviderPayment:
        by = _provider(row)
        return await self._db.run(lambda tx: asking.know(tx, row.id, outcome, by=by))

    async def _ask_refund(self, refund_id: int) -> Wait:
        async with self._db.read() as read:
            row, payment = await queries.refund(read, refund_id)
        provider = self.providers.get(payment.provider)
        if provider is None or row.state not in provider_rules.OPEN:
            return Wait.FOR_NOTHING
        outcome = await _said(_back(provider, row, payment), f"refund {row.id}")
        known = await self._know_refund(row, payment, outcome)
        if known.state is PaymentState.STARTED:
            return Wait.FOR_THE_BANK
        return Wait.FOR_AN_ANSWER if known.state in provider_rules.OPEN else Wait.FOR_NOTHING

    async def _know_refund(self, row: ProviderRefund, payment: ProviderPayment, outcome: Outcome) -> ProviderRefund:
        by = _provider(payment)
        return await self._db.run(lambda tx: asking.know_refund(tx, row.id, outcome, by=by))


def _back(provider: Provider, row: ProviderRefund, payment: ProviderPayment) -> Awaitable[Outcome]:
    return provider.refund(GiveBack(UUID(bytes=row.key), row.amount, payment.currency_code), payment.reference)


def _is_no_news(row: ProviderPayment, outcome: Outcome) -> bool:
    known = (row.state, row.told, row.reference, row.link)
    return known == (outcome.state, outcome.told, outcome.reference or row.reference, outcome.link or row.link)


async def _said(question: Awaitable[Outcome], what: str) -> Outcome:
    """What the provider said; a fault of ours is no answer, and never lets go of somebody's money."""
    try:
        return await question
    except Exception:
        log.exception("asking the provider about %s failed", what)
        return NOT_NOW


def _provider(row: ProviderPayment) -> Actor:
    """Who the journal says it was: the provider's answer, no person."""
    return Actor(row.venue_id, None, row.provider, Role.OWNER)
