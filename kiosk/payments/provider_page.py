"""What screens may do and see of money asked of providers, and where providers send their messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from pydantic import Field

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.events import Fact
from kiosk.core.money import AmountUnreadable, Currency
from kiosk.payments import asking, codes, foreign, rates
from kiosk.payments import asking_queries as queries
from kiosk.payments.asker import Asker, Pace
from kiosk.payments.provider_errors import HookRefused, NoHook
from kiosk.payments.provider_events import PaymentChanged
from kiosk.payments.providers import known, stripe_hook
from kiosk.ui.gesture import Args, answer
from kiosk.ui.house import House
from kiosk.ui.live import News

LARGEST = 10**12
REASON = Field(default="", max_length=200)


class StartPayment(Args):
    check_id: int
    kind: str = Field(max_length=64)
    amount: int = Field(gt=0, le=LARGEST)
    key: str = Field(pattern=r"^[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}$")


class OnPayment(Args):
    payment_id: int


class RefundPayment(OnPayment):
    reason: str = REASON


class OnRefund(Args):
    refund_id: int


def register(kiosk: House, pace: Pace | None = None) -> Asker:
    """Make the acts, views, news and the hook known. Start what is returned with the kiosk, stop it before its end."""
    asker = Asker(kiosk.db, known.outside(kiosk.settings), pace)

    async def start(tx: Tx, args: StartPayment, by: Actor) -> dict[str, Any]:
        row = await asking.start(
            tx, args.check_id, args.kind, args.amount, key=UUID(args.key), known=asker.providers, by=by
        )
        return await _told(tx, row.id)

    kiosk.acts.add("start_payment", StartPayment, start)
    kiosk.acts.add("ask_payment", OnPayment, _ask)
    kiosk.acts.add("confirm_payment", OnPayment, _confirm)
    kiosk.acts.add("cancel_payment", OnPayment, _cancel)
    kiosk.acts.add("refund_payment", RefundPayment, _refund)
    kiosk.acts.add("refund_payment_again", OnRefund, _refund_again)
    kiosk.views.add("payment/{payment_id:int}", show_payment)
    kiosk.views.add("payments", show_payments)
    kiosk.views.add("rates", show_rates)
    kiosk.views.add("exchange", show_exchange)
    kiosk.live.tell((PaymentChanged,), tell)
    _add_hook(kiosk, asker)
    return asker


async def _told(tx: Tx, payment_id: int) -> dict[str, Any]:
    await tx.session.flush()
    shown = await queries.show_payment(tx, payment_id)
    return {"payment_id": payment_id, **_with_code(shown)}


async def _ask(tx: Tx, args: OnPayment, by: Actor) -> dict[str, Any]:
    await asking.ask(tx, args.payment_id, by=by)
    return await _told(tx, args.payment_id)


async def _confirm(tx: Tx, args: OnPayment, by: Actor) -> dict[str, Any]:
    await asking.confirm(tx, args.payment_id, by=by)
    return await _told(tx, args.payment_id)


async def _cancel(tx: Tx, args: OnPayment, by: Actor) -> dict[str, Any]:
    await asking.cancel(tx, args.payment_id, by=by)
    return await _told(tx, args.payment_id)


async def _refund(tx: Tx, args: RefundPayment, by: Actor) -> dict[str, Any]:
    refund_id = await asking.refund_unused(tx, args.payment_id, reason=args.reason, by=by)
    return {"refund_id": refund_id, **await _told(tx, args.payment_id)}


async def _refund_again(tx: Tx, args: OnRefund, by: Actor) -> dict[str, Any]:
    refund_id, payment_id = await asking.refund_again(tx, args.refund_id, by=by)
    return {"refund_id": refund_id, **await _told(tx, payment_id)}


async def show_payment(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """How a payment stands, with the code of its link as squares."""
    by.must(Permission.SETTLE)
    return _with_code(await queries.show_payment(read, request.path_params["payment_id"]))


async def show_payments(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """All that is waited for, or paid and on no receipt, and refunds that a provider refused."""
    by.must(Permission.SETTLE)
    return await queries.show_unsettled(read)


async def show_rates(read: Read, by: Actor, _request: Request) -> dict[str, Any]:
    """The currencies whose cash is taken, what one of the venue's is worth in each, and how old that is."""
    by.must(Permission.SETTLE)
    return {
        "rates": [
            {"currency": one.code, "rate": one.rate, "day": one.day.isoformat(), "age_days": one.age_days}
            | {"source": one.source, "decimals": Currency(one.code).decimals}
            for one in await rates.show_rates(read)
        ]
    }


async def show_exchange(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """What so much cash in a currency (`?currency=USD&given=2000`) pays here now: what a tender's `given` must be."""
    by.must(Permission.SETTLE)
    code, given = request.query_params.get("currency", "")[:3], request.query_params.get("given", "")
    if not (given.isdecimal() and given.isascii() and 0 < int(given[:13]) <= LARGEST and len(given) <= 13):
        raise AmountUnreadable(given[:20], Currency(code).decimals)
    worth, rate = await foreign.value(read, code, int(given))
    return {"currency": code, "currency_given": int(given), "given": worth, "rate": rate}


async def tell(read: Read, facts: list[Fact]) -> Iterable[News]:
    """Each payment that changed, to those who watch it."""
    ids = dict.fromkeys(fact.payment_id for fact in facts if isinstance(fact, PaymentChanged))
    return [News(f"payment:{one}", _with_code(await queries.show_payment(read, one))) for one in ids]


def _with_code(shown: dict[str, Any]) -> dict[str, Any]:
    """With the link as a QR code: the number of squares on a side, and an SVG path that fills the dark ones."""
    if not shown["link"]:
        return shown | {"code": None}
    return shown | {"code": codes.squares(shown["link"])}


def _add_hook(kiosk: House, asker: Asker) -> None:
    async def hear(request: Request) -> dict[str, Any]:
        secret = kiosk.settings.stripe_webhook_secret
        if secret is None or "stripe" not in asker.providers:
            raise NoHook
        message = await stripe_hook.read(await request.body(), request.headers.get("stripe-signature", ""), secret)
        if message is None:
            raise HookRefused
        async with kiosk.db.read() as read:
            payment_id, refund_id = await queries.named(read, "stripe", message.key, message.references)
        if payment_id:
            asker.doubt_payment(payment_id)
        if refund_id:
            asker.doubt_refund(refund_id)
        return {"ok": True}

    @kiosk.web.post("/hooks/stripe")
    async def stripe(request: Request) -> Response:
        """A message of Stripe's: whatever it says, Stripe is asked how the payment stands."""
        return await answer(lambda: hear(request))
