"""What is read of money asked of providers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from kiosk.checks import queries as checks
from kiosk.core.db import AS_IT_IS_NOW, Read, Tx
from kiosk.payments import provider_rules
from kiosk.payments.models import ProviderPayment
from kiosk.payments.provider_errors import PaymentGone
from kiosk.payments.provider_models import ProviderRefund
from kiosk.payments.providers.inside import INSIDE
from kiosk.payments.rules import PaymentState

WAITING = (PaymentState.STARTED, PaymentState.AUTHORISED, PaymentState.UNKNOWN)
SHOWN = (*WAITING, PaymentState.CAPTURED)


async def lock(tx: Tx, payment_id: int) -> ProviderPayment:
    """The payment, kept from others until the commit."""
    found = select(ProviderPayment).where(ProviderPayment.id == payment_id).with_for_update()
    row = (await tx.session.scalars(found.execution_options(**AS_IT_IS_NOW))).one_or_none()
    if row is None:
        raise PaymentGone
    return row


async def lock_refund(tx: Tx, refund_id: int) -> ProviderRefund:
    """Money to be given back, kept from others until the commit; its payment is locked first."""
    payment_id = select(ProviderRefund.payment_id).where(ProviderRefund.id == refund_id)
    await lock(tx, (await tx.session.scalars(payment_id)).one_or_none() or 0)
    found = select(ProviderRefund).where(ProviderRefund.id == refund_id).with_for_update()
    return (await tx.session.scalars(found.execution_options(**AS_IT_IS_NOW))).one()


async def by_key(read: Read, key: UUID) -> ProviderPayment | None:
    """The payment that was asked for under a key."""
    return (await read.session.scalars(select(ProviderPayment).where(ProviderPayment.key == key.bytes))).one_or_none()


async def payment(read: Read, payment_id: int) -> ProviderPayment:
    row = (await read.session.scalars(select(ProviderPayment).where(ProviderPayment.id == payment_id))).one_or_none()
    if row is None:
        raise PaymentGone
    return row


async def show_payment(read: Read, payment_id: int) -> dict[str, Any]:
    """How a payment stands, for the screen that waits for it."""
    row = await payment(read, payment_id)
    return _shown(row, await _refunds(read, [row.id]))


async def show_payments(read: Read, check_id: int) -> list[dict[str, Any]]:
    """What is waited for or paid but on no receipt yet, of a check and of those merged into it; oldest first."""
    rows = await unused(read)
    mine = {check_id, *await checks.merged_under(read, {row.check_id for row in rows}, check_id)}
    return [_shown(row, []) for row in rows if row.check_id in mine]


async def show_unsettled(read: Read) -> dict[str, Any]:
    """What the counter has to look after: money on its way or paid and on no receipt, and refunds that failed."""
    refused = [
        {"id": one.id, "payment_id": of.id, "check_id": of.check_id, "kind": of.tender_code, "amount": one.amount}
        | {"told": one.told, "receipt_id": one.receipt_id}
        for one, of in await refunds_refused(read)
    ]
    return {"payments": [_shown(row, []) for row in await unused(read)], "refunds_refused": refused}


async def unused(read: Read) -> Sequence[ProviderPayment]:
    """Every payment that is waited for, or was paid, and that no receipt has used and nobody gave back."""
    venue = await read.venue()
    found = select(ProviderPayment).where(
        ProviderPayment.venue_id == venue.id,
        ProviderPayment.receipt_id.is_(None),
        ProviderPayment.state.in_(SHOWN),
        ProviderPayment.refunded < ProviderPayment.amount,
    )
    return (await read.session.scalars(found.order_by(ProviderPayment.id))).all()


async def refunds_refused(read: Read) -> Sequence[tuple[ProviderRefund, ProviderPayment]]:
    """Money that should have gone back and that the provider refused to give back."""
    return await _with_payments(read, (PaymentState.FAILED,))


async def to_ask(read: Read) -> list[int]:
    """Payments whose provider has to be asked, by their ids."""
    venue = await read.venue()
    mine = (ProviderPayment.venue_id == venue.id, ProviderPayment.state.in_(WAITING))
    found = select(ProviderPayment.id).where(*mine, ProviderPayment.provider.not_in(INSIDE))
    return list((await read.session.scalars(found.order_by(ProviderPayment.id))).all())


async def to_give_back(read: Read) -> list[int]:
    """Refunds whose provider has to be asked, by their ids."""
    return [row.id for row, _ in await _with_payments(read, WAITING)]


async def refund(read: Read, refund_id: int) -> tuple[ProviderRefund, ProviderPayment]:
    """Money to be given back, and the payment it is of."""
    found = select(ProviderRefund, ProviderPayment).join(
        ProviderPayment, ProviderPayment.id == ProviderRefund.payment_id
    )
    row = (await read.session.execute(found.where(ProviderRefund.id == refund_id))).one_or_none()
    if row is None:
        raise PaymentGone
    return row[0], row[1]


async def named(
    read: Read, provider: str, key: UUID | None, references: Sequence[str]
) -> tuple[int | None, int | None]:
    """The payment and the refund a provider's message is about, by our key or by the provider's names, if any."""
    mine = ProviderPayment.provider == provider
    by_name = select(ProviderPayment.id).where(mine, ProviderPayment.reference.in_(references))
    named = await read.session.scalars(by_name.order_by(ProviderPayment.id).limit(1))
    payment_id, refund_id = named.one_or_none(), None
    if key is not None:
        keyed = await read.session.scalars(select(ProviderPayment.id).where(ProviderPayment.key == key.bytes))
        payment_id = keyed.one_or_none() or payment_id
        asked = await read.session.scalars(select(ProviderRefund.id).where(ProviderRefund.key == key.bytes))
        refund_id = asked.one_or_none()
    return payment_id, refund_id


async def _with_payments(
    read: Read, states: Sequence[PaymentState]
) -> Sequence[tuple[ProviderRefund, ProviderPayment]]:
    venue = await read.venue()
    found = (
        select(ProviderRefund, ProviderPayment)
        .join(ProviderPayment, ProviderPayment.id == ProviderRefund.payment_id)
        .where(ProviderRefund.venue_id == venue.id, ProviderRefund.state.in_(states))
        .order_by(ProviderRefund.id)
    )
    return [(one, of) for one, of in await read.session.execute(found)]


async def _refunds(read: Read, payment_ids: Sequence[int]) -> Sequence[ProviderRefund]:
    found = select(ProviderRefund).where(ProviderRefund.payment_id.in_(payment_ids)).order_by(ProviderRefund.id)
    return (await read.session.scalars(found)).all()


def _shown(row: ProviderPayment, refunds: Sequence[ProviderRefund]) -> dict[str, Any]:
    return {
        "id": row.id,
        "check_id": row.check_id,
        "kind": row.tender_code,
        "provider": row.provider,
        "amount": row.amount,
        "state": row.state,
        "told": row.told,
        "link": row.link,
        "is_waiting": row.state in provider_rules.OPEN,
        "is_paid": row.state is PaymentState.CAPTURED and row.receipt_id is None and not row.refunded,
        "is_cancelling": row.cancel_asked_at is not None and row.state in provider_rules.OPEN,
        "needs_confirming": row.provider in INSIDE and row.state in provider_rules.OPEN,
        "receipt_id": row.receipt_id,
        "refunded": row.refunded,
        "refunds": [{"id": one.id, "amount": one.amount, "state": one.state, "told": one.told} for one in refunds],
        "started_at": row.started_at.isoformat(),
    }
