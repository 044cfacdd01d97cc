"""Money asked of payment providers: started, confirmed, cancelled, used by a receipt, given back.

A gesture only writes down what is wanted; `asker` asks the provider after the commit, and writes down the answer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from kiosk.checks import queries as checks
from kiosk.checks.events import CheckChanged
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.core.money import Currency, Money
from kiosk.payments import asking_queries as queries
from kiosk.payments import provider_rules, ways
from kiosk.payments.models import ProviderPayment
from kiosk.payments.provider_errors import (
    MoreThanIsLeft,
    NobodyToAsk,
    NotConfirmedHere,
    PaymentAtAnEnd,
    PaymentKeyTaken,
    PaymentNotCaptured,
    PaymentNotYours,
    PaymentOfAnother,
    PaymentOtherwise,
    PaymentUsed,
    RefundNotFailed,
)
from kiosk.payments.provider_events import PaymentChanged, PaymentDoubted, PaymentWanted, RefundWanted
from kiosk.payments.provider_models import ProviderRefund
from kiosk.payments.providers.inside import INSIDE
from kiosk.payments.providers.protocol import Ask, GiveBack, Outcome
from kiosk.payments.rules import PaymentState, TenderKind
from kiosk.staff import service as staff


async def start(
    tx: Tx, check_id: int, code: str, amount: Money, *, key: UUID, known: Collection[str], by: Actor
) -> ProviderPayment:
    """Ask for money for an open check by a way to pay, tip included; the same key again is the same payment.

    `known` are the providers outside that can be asked here. Raises CheckClosed, NobodyToAsk or PaymentKeyTaken.
    """
    await staff.must(tx, by, Permission.SETTLE)
    await checks.lock(tx, check_id)
    if before := await queries.by_key(tx, key):
        if (before.check_id, before.tender_code, before.amount) != (check_id, code, amount):
            raise PaymentKeyTaken
        return before
    provider = await _provider_of(tx, code, known)
    venue = await tx.venue()
    row = ProviderPayment(
        id=new_id(),
        venue_id=venue.id,
        check_id=check_id,
        provider=provider,
        tender_code=code,
        key=key.bytes,
        amount=amount,
        currency_code=venue.currency_code,
        state=PaymentState.STARTED,
        reference="",
        told="",
        refunded=0,
        started_at=tx.at,
        started_by=by.person_id,
        changed_at=tx.at,
    )
    tx.session.add(row)
    _record(tx, "payment_asked", row, by)
    if inside := INSIDE.get(row.provider):
        _know(tx, row, await inside.authorise(ask_of(row, venue.name)), by)
    _tell(tx, row)
    tx.announce(PaymentWanted(row.id))
    return row


async def _provider_of(tx: Tx, code: str, known: Collection[str]) -> str:
    taken = await ways.show_ways(tx)
    way = taken.get(code)
    if way and way.kind is TenderKind.CASH:
        raise NobodyToAsk(way.name, "Settle with it: cash goes into a drawer.")
    if way is None or way.kind not in {TenderKind.CARD, TenderKind.WALLET}:
        asked = [one.name for one in taken.values() if one.kind in {TenderKind.CARD, TenderKind.WALLET}]
        raise NobodyToAsk(code, f"Take {' or '.join(asked)}." if asked else "Take cash.")
    if way.provider not in {*INSIDE, *known}:
        raise NobodyToAsk(way.name, f"The kiosk's settings have no key for {way.provider}.")
    return way.provider


def ask_of(row: ProviderPayment, label: str) -> Ask:
    """The row as its provider is asked."""
    return Ask(UUID(bytes=row.key), row.amount, row.currency_code, label, row.started_at)


async def ask(tx: Tx, payment_id: int, *, by: Actor) -> ProviderPayment:
    """How it stands; its provider is asked again, also when it was thought to be known."""
    await staff.must(tx, by, Permission.SETTLE)
    row = await queries.payment(tx, payment_id)
    tx.announce(PaymentDoubted(row.id))
    return row


async def confirm(tx: Tx, payment_id: int, *, by: Actor) -> ProviderPayment:
    """The terminal beside the till said yes."""
    await staff.must(tx, by, Permission.SETTLE)
    row = await queries.lock(tx, payment_id)
    inside = INSIDE.get(row.provider)
    if inside is None:
        raise NotConfirmedHere(row.provider)
    if row.state is not PaymentState.CAPTURED:
        await _must_be_open(tx, row)
        _know(tx, row, await inside.capture(ask_of(row, ""), row.reference), by)
    return row


async def cancel(tx: Tx, payment_id: int, *, by: Actor) -> ProviderPayment:
    """Ask for it no longer; a provider outside may still answer that it was too late."""
    await staff.must(tx, by, Permission.SETTLE)
    row = await queries.lock(tx, payment_id)
    if row.state is PaymentState.CANCELLED or (row.cancel_asked_at and row.state in provider_rules.OPEN):
        return row
    await _must_be_open(tx, row)
    row.cancel_asked_at = row.changed_at = tx.at
    if inside := INSIDE.get(row.provider):
        _know(tx, row, await inside.cancel(ask_of(row, ""), row.reference), by)
    else:
        _record(tx, "payment_cancel_asked", row, by)
    _tell(tx, row)
    tx.announce(PaymentWanted(row.id))
    return row


async def _must_be_open(tx: Tx, row: ProviderPayment) -> None:
    if row.state not in provider_rules.OPEN:
        raise PaymentAtAnEnd(await _said(tx, row), row.state)


async def use(
    tx: Tx, payment_id: int, *, check_id: int, code: str, amount: Money, receipt_id: int, by: Actor
) -> ProviderPayment:
    """Make a captured payment a receipt's tender, once. `amount` is what the tender gives, tip included, `code` its.

    A payment for a check that was merged into this one counts. Lock the check first, open the book after.
    Raises PaymentGone, PaymentNotYours, PaymentNotCaptured, PaymentOfAnother, PaymentOtherwise or PaymentUsed.
    """
    row = await queries.lock(tx, payment_id)
    if row.check_id not in {check_id, *await checks.merged_under(tx, [row.check_id], check_id)}:
        raise PaymentNotYours
    if row.receipt_id is not None:
        raise PaymentUsed(await _said(tx, row))
    if row.state is not PaymentState.CAPTURED or row.refunded:
        raise PaymentNotCaptured(await _said(tx, row), PaymentState.REFUNDED if row.refunded else row.state)
    venue = await tx.venue()
    if (row.amount, row.currency_code) != (amount, venue.currency_code):
        raise PaymentOfAnother(await _said(tx, row), f"{venue.currency.say(amount)} {venue.currency_code}")
    if row.tender_code != code:
        raise PaymentOtherwise(row.tender_code)
    row.receipt_id, row.changed_at = receipt_id, tx.at
    _tell(tx, row)
    return row


async def refund(tx: Tx, payment_id: int, *, amount: Money, receipt_id: int, reason: str, by: Actor) -> int:
    """A refund's receipt gives so much of a provider's payment back; returns the id of the refund asked for.

    The provider is asked after the commit, until it has said yes or no; the receipt stands either way. Whoever calls
    has checked the permission. Lock the check first, open the book after. Raises MoreThanIsLeft.
    """
    row = await queries.lock(tx, payment_id)
    return await _give_back(tx, row, Back(amount, reason, receipt_id), by)


async def refund_unused(tx: Tx, payment_id: int, *, reason: str, by: Actor) -> int:
    """Give a payment back that no receipt used; returns the id of the refund asked for."""
    await staff.must(tx, by, Permission.REFUND)
    row = await queries.lock(tx, payment_id)
    if row.receipt_id is not None:
        raise PaymentUsed(await _said(tx, row))
    if row.state is not PaymentState.CAPTURED:
        raise PaymentNotCaptured(await _said(tx, row), row.state)
    return await _give_back(tx, row, Back(row.amount - row.refunded, reason), by)


async def refund_again(tx: Tx, refund_id: int, *, by: Actor) -> tuple[int, int]:
    """Ask once more for a refund that the provider refused; returns the ids of the new one and of its payment."""
    await staff.must(tx, by, Permission.REFUND)
    row = await queries.lock_refund(tx, refund_id)
    if row.state is not PaymentState.FAILED:
        raise RefundNotFailed
    payment = await queries.lock(tx, row.payment_id)
    row.state = PaymentState.CANCELLED
    return await _give_back(tx, payment, Back(row.amount, row.reason, row.receipt_id), by), payment.id


@dataclass(frozen=True)
class Back:
    """Money to be given back, why, and on which refund's receipt."""

    amount: Money
    reason: str
    receipt_id: int | None = None


async def _give_back(tx: Tx, row: ProviderPayment, back: Back, by: Actor) -> int:
    left = row.amount - row.refunded
    if not 0 < back.amount <= left:
        raise MoreThanIsLeft(Currency(row.currency_code, (await tx.venue()).locale).say(left))
    refund_id, key = new_id(), uuid4()
    asked: dict[str, Any] = {
        "id": refund_id,
        "venue_id": row.venue_id,
        "payment_id": row.id,
        "receipt_id": back.receipt_id,
        "key": key.bytes,
        "amount": back.amount,
        "state": PaymentState.STARTED,
        "reason": back.reason,
        "asked_at": tx.at,
        "asked_by": by.person_id,
        "changed_at": tx.at,
    }
    if inside := INSIDE.get(row.provider):
        outcome = await inside.refund(GiveBack(key, back.amount, row.currency_code), row.reference)
        asked |= {"state": outcome.state, "told": outcome.told}
    await tx.change(insert(ProviderRefund).values(asked))
    row.refunded, row.changed_at = row.refunded + back.amount, tx.at
    _record(tx, "payment_refund_asked", row, by, refund=refund_id, of=back.amount, reason=back.reason)
    _tell(tx, row)
    tx.announce(RefundWanted(refund_id))
    return refund_id


async def know(tx: Tx, payment_id: int, outcome: Outcome, *, by: Actor) -> ProviderPayment:
    """Write down what a provider answered. For the asker, who names the provider as `by`."""
    row = await queries.lock(tx, payment_id)
    _know(tx, row, outcome, by)
    return row


def _know(tx: Tx, row: ProviderPayment, outcome: Outcome, by: Actor) -> None:
    state = provider_rules.after(row.state, outcome.state)
    before = (row.state, row.reference, row.link, row.told)
    if state is outcome.state:
        row.reference = outcome.reference or row.reference
        row.told = outcome.told[:500]
        row.link = outcome.link or row.link if state in provider_rules.OPEN else None
    is_news, row.state = state is not row.state, state
    if before == (row.state, row.reference, row.link, row.told):
        return
    row.changed_at = tx.at
    if is_news and state not in provider_rules.OPEN:
        _record(tx, f"payment_{state}", row, by, told=row.told)
    _tell(tx, row)


async def know_refund(tx: Tx, refund_id: int, outcome: Outcome, *, by: Actor) -> ProviderRefund:
    """Write down what a provider answered when it was asked to give money back."""
    refund_row = await queries.lock_refund(tx, refund_id)
    state = provider_rules.after_refund(refund_row.state, outcome.state)
    refund_row.reference = outcome.reference or refund_row.reference
    if state is refund_row.state and refund_row.told == outcome.told:
        return refund_row
    row = await queries.lock(tx, refund_row.payment_id)
    if state is not refund_row.state and state in {PaymentState.REFUNDED, PaymentState.FAILED}:
        _count(row, refund_row, state)
        _record(tx, f"refund_{state}", row, by, refund=refund_id, of=refund_row.amount, told=outcome.told)
    refund_row.state, refund_row.told, refund_row.changed_at = state, outcome.told[:500], tx.at
    _tell(tx, row)
    return refund_row


def _count(row: ProviderPayment, refund_row: ProviderRefund, state: PaymentState) -> None:
    """What was given back, or can be given back again; a refund that failed may still succeed."""
    if state is PaymentState.FAILED:
        row.refunded -= refund_row.amount
    elif refund_row.state is PaymentState.FAILED:
        row.refunded += refund_row.amount


async def _said(tx: Tx, row: ProviderPayment) -> str:
    return f"{Currency(row.currency_code, (await tx.venue()).locale).say(row.amount)} {row.currency_code}"


def _tell(tx: Tx, row: ProviderPayment) -> None:
    tx.announce(PaymentChanged(row.id, row.check_id))
    tx.announce(CheckChanged(row.check_id))


def _record(tx: Tx, act: str, row: ProviderPayment, by: Actor, **details: Any) -> None:
    told = {"payment": row.id, "provider": row.provider, "tender": row.tender_code, "amount": row.amount}
    tx.record(Act(act, "check", row.check_id, by, told | {"reference": row.reference} | details))
