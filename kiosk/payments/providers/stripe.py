"""Stripe: a card at the reader on the counter, or a payment link the guest opens by its QR code."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from kiosk.core import clock
from kiosk.payments.providers.protocol import Ask, GiveBack, Outcome
from kiosk.payments.providers.stripe_calls import Calls, NoAnswer, SaidNo
from kiosk.payments.providers.stripe_money import to_stripe
from kiosk.payments.rules import PaymentState

S = PaymentState
UNASKED = {"requires_payment_method", "requires_confirmation", "requires_action"}
KEY = "kiosk_key"
"""Under this word every object at Stripe carries the key of the payment or refund it belongs to."""
REFUNDS = {"succeeded": S.REFUNDED, "pending": S.STARTED, "requires_action": S.STARTED}
NOT_EXACT = "Stripe cannot ask for exactly this amount in this currency. Change it to a whole ten of the smallest unit."
TOO_LATE = "The reader did not ask the guest in time. Nothing was charged."
PRESENTED_WITHIN = timedelta(minutes=5)
NO_ANSWER = "Stripe has not answered yet; it is asked again."


@dataclass
class Stripe:
    """Payments at Stripe; at the reader when there is one, else by link."""

    calls: Calls
    reader: str = ""
    name: str = "stripe"

    async def authorise(self, ask: Ask) -> Outcome:
        if to_stripe(ask.amount, ask.currency) is None:
            return Outcome(S.FAILED, told=NOT_EXACT)
        return await _in_words(self._create(ask))

    async def find(self, ask: Ask, reference: str) -> Outcome:
        return await _surely(self._find(ask, reference))

    async def capture(self, ask: Ask, reference: str) -> Outcome:
        async def take() -> Outcome:
            try:
                once = _this_time(ask, "capture")
                intent = await self.calls.ask(lambda v1: v1.payment_intents.capture_async(reference, {}, once))
            except SaidNo:
                intent = await self._intent(reference)
            return _of_intent(intent, ask)

        return await _surely(take())

    async def cancel(self, ask: Ask, reference: str) -> Outcome:
        is_link = reference.startswith("plink_")
        return await _surely(self._close_link(ask, reference) if is_link else self._drop(ask, reference))

    async def refund(self, back: GiveBack, reference: str) -> Outcome:
        try:
            known = await self._refund_of(back, reference)
        except (NoAnswer, SaidNo):
            return Outcome(S.UNKNOWN, told=NO_ANSWER)
        return _of_refund(known) if known else await _in_words(self._give_back(back, reference))

    async def close(self) -> None:
        await self.calls.close()

    async def _create(self, ask: Ask) -> Outcome:
        words = _intent_words(ask) if self.reader else _link_words(ask)
        once = _once(ask, "create")
        if self.reader:
            intent = await self.calls.ask(lambda v1: v1.payment_intents.create_async(words, once))
            return Outcome(S.STARTED, intent.id)
        link = await self.calls.ask(lambda v1: v1.payment_links.create_async(words, once))
        return Outcome(S.STARTED, link.id, "The guest scans the code and pays on the phone.", link.url)

    async def _find(self, ask: Ask, reference: str) -> Outcome:
        if reference.startswith("plink_"):
            return await self._find_link(ask, reference)
        intent = await self._intent(reference)
        return await self._at_reader(ask, intent) if intent.status in UNASKED else _of_intent(intent, ask)

    async def _intent(self, reference: str) -> Any:
        return await self.calls.ask(lambda v1: v1.payment_intents.retrieve_async(reference))

    async def _at_reader(self, ask: Ask, intent: Any) -> Outcome:
        """What the reader does with it; it is put on the reader when it is not there yet."""
        reader = await self.calls.ask(lambda v1: v1.terminal.readers.retrieve_async(self.reader))
        action = reader.action
        if action is None or _intent_at(action) != intent.id:
            is_late = clock.now() - ask.asked_at > PRESENTED_WITHIN
            return await (self._failed(ask, intent, TOO_LATE) if is_late else self._present(ask, intent))
        if action.status == "failed":
            return await self._failed(ask, intent, action.failure_message or "The reader took no payment.")
        return Outcome(S.STARTED, intent.id, "The guest holds the card to the reader.")

    async def _present(self, ask: Ask, intent: Any) -> Outcome:
        words, once = {"payment_intent": intent.id}, _this_time(ask, "reader")
        try:
            await self.calls.ask(lambda v1: v1.terminal.readers.process_payment_intent_async(self.reader, words, once))
        except SaidNo as no:
            return await self._failed(ask, intent, no.told)
        return Outcome(S.STARTED, intent.id, "The guest holds the card to the reader.")

    async def _failed(self, ask: Ask, intent: Any, told: str) -> Outcome:
        """It was not paid, and is closed so that it never will be."""
        closed = await self._drop(ask, intent.id)
        return Outcome(S.FAILED, intent.id, told) if closed.state is S.CANCELLED else closed

    async def _drop(self, ask: Ask, reference: str) -> Outcome:
        await self._clear_reader(reference)
        once = _this_time(ask, "cancel")
        try:
            intent = await self.calls.ask(lambda v1: v1.payment_intents.cancel_async(reference, {}, once))
        except SaidNo:
            intent = await self._intent(reference)
        return _of_intent(intent, ask)

    async def _clear_reader(self, reference: str) -> None:
        """The reader no longer asks for it; one that will not stop just now is stopped by the payment's end."""
        if not self.reader:
            return
        try:
            reader = await self.calls.ask(lambda v1: v1.terminal.readers.retrieve_async(self.reader))
            if reader.action is not None and _intent_at(reader.action) == reference:
                await self.calls.ask(lambda v1: v1.terminal.readers.cancel_action_async(self.reader))
        except SaidNo:
            return

    async def _find_link(self, ask: Ask, reference: str) -> Outcome:
        # The link first: once it is closed nobody opens it any more, so the pages read after it are all there will be.
        link = await self.calls.ask(lambda v1: v1.payment_links.retrieve_async(reference))
        pages = await self._sessions(reference)
        if paid := [one for one in pages if one.payment_status == "paid"]:
            return await self._find(ask, paid[0].payment_intent)
        if not link.active and not any(one.status == "open" for one in pages):
            return Outcome(S.CANCELLED, reference)
        return Outcome(S.STARTED, reference, "The guest scans the code and pays on the phone.", link.url)

    async def _close_link(self, ask: Ask, reference: str) -> Outcome:
        """Nobody opens the link any more, and whoever has it open cannot pay any more."""
        once = _this_time(ask, "cancel")
        await self.calls.ask(lambda v1: v1.payment_links.update_async(reference, {"active": False}, once))
        for session in await self._sessions(reference):
            if session.status == "open":
                await self._expire(session.id)
        return await self._find_link(ask, reference)

    async def _expire(self, session: str) -> None:
        try:
            await self.calls.ask(lambda v1: v1.checkout.sessions.expire_async(session))
        except SaidNo:
            return  # paid in this very moment; whoever looks next sees it

    async def _sessions(self, link: str) -> list[Any]:
        words = {"payment_link": link, "limit": 100}
        return list((await self.calls.ask(lambda v1: v1.checkout.sessions.list_async(words))).data)

    async def _refund_of(self, back: GiveBack, reference: str) -> Any:
        """What Stripe has of this refund already, at any age."""
        words = {"payment_intent": reference, "limit": 100}
        refunds = await self.calls.ask(lambda v1: v1.refunds.list_async(words))
        return next((one for one in refunds.data if getattr(one.metadata, KEY, "") == str(back.key)), None)

    async def _give_back(self, back: GiveBack, reference: str) -> Outcome:
        amount = to_stripe(back.amount, back.currency)
        if amount is None:
            return Outcome(S.FAILED, told=NOT_EXACT)
        words = {"payment_intent": reference, "amount": amount, "metadata": {KEY: str(back.key)}}
        once = {"idempotency_key": str(back.key)}
        return _of_refund(await self.calls.ask(lambda v1: v1.refunds.create_async(words, once)))


async def _in_words(asked: Awaitable[Outcome]) -> Outcome:
    """The outcome of what may fail for good."""
    try:
        return await asked
    except SaidNo as no:
        return Outcome(S.FAILED, told=no.told)
    except NoAnswer:
        return Outcome(S.UNKNOWN, told=NO_ANSWER)


async def _surely(asked: Awaitable[Outcome]) -> Outcome:
    """The outcome of what Stripe has already: a no tells nothing about it."""
    try:
        return await asked
    except SaidNo as no:
        return Outcome(S.UNKNOWN, told=no.told)
    except NoAnswer:
        return Outcome(S.UNKNOWN, told=NO_ANSWER)


def _once(ask: Ask, what: str) -> dict[str, str]:
    return {"idempotency_key": f"{ask.key}:{what}"}


def _this_time(ask: Ask, what: str) -> dict[str, str]:
    """Once among the tries of this call. What is looked at first and cannot happen twice may be said anew next time:
    Stripe answers a key for a day as it did first, even with a trouble of its own."""
    return {"idempotency_key": f"{ask.key}:{what}:{secrets.token_hex(4)}"}


def _intent_words(ask: Ask) -> dict[str, Any]:
    return {
        "amount": to_stripe(ask.amount, ask.currency),
        "currency": ask.currency.lower(),
        "payment_method_types": ["card_present"],
        "capture_method": "manual",
        "description": ask.label,
        "metadata": {KEY: str(ask.key)},
    }


def _link_words(ask: Ask) -> dict[str, Any]:
    price = {
        "currency": ask.currency.lower(),
        "unit_amount": to_stripe(ask.amount, ask.currency),
        "product_data": {"name": ask.label},
    }
    return {
        "line_items": [{"price_data": price, "quantity": 1}],
        "payment_method_types": ["card"],
        "restrictions": {"completed_sessions": {"limit": 1}},
        "metadata": {KEY: str(ask.key)},
        "payment_intent_data": {"metadata": {KEY: str(ask.key)}},
    }


def _intent_at(action: Any) -> str:
    """The payment a reader is at."""
    process = getattr(action, "process_payment_intent", None)
    return str(process.payment_intent) if process else ""


def _of_intent(intent: Any, ask: Ask) -> Outcome:
    if intent.status == "succeeded":
        if (intent.amount_received, intent.currency.upper()) != (to_stripe(ask.amount, ask.currency), ask.currency):
            told = (
                f"Stripe took {intent.amount_received} {intent.currency.upper()} instead. Look at it in its dashboard."
            )
            return Outcome(S.UNKNOWN, intent.id, told)
        return Outcome(S.CAPTURED, intent.id)
    if intent.status == "canceled":
        return Outcome(S.CANCELLED, intent.id)
    state = S.AUTHORISED if intent.status == "requires_capture" else S.STARTED
    return Outcome(state, intent.id)


def _of_refund(refund: Any) -> Outcome:
    state = REFUNDS.get(refund.status, S.FAILED)
    told = "Stripe could not give the money back. Give it back in another way." if state is S.FAILED else ""
    return Outcome(state, refund.id, told)
