"""What the counter's screen may do and what it reads."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from pydantic import Field

from kiosk.checks import queries as checks
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.money import round_to
from kiosk.payments import paper, queries, rules, service
from kiosk.ui.gesture import Args
from kiosk.ui.house import House

LARGEST = 10**12


class GivenTender(Args):
    kind: str
    given: int = Field(gt=0, le=LARGEST)
    tip: int = Field(default=0, ge=0, le=LARGEST)


class Settle(Args):
    check_id: int
    total: int
    tenders: list[GivenTender] = Field(max_length=20)


class OnReceipt(Args):
    receipt_id: int


def register(kiosk: House) -> None:
    """Make the acts and views of the counter known."""
    kiosk.acts.add("settle", Settle, _settle)
    kiosk.acts.add("reprint", OnReceipt, _reprint)
    kiosk.views.add("bill/{check_id:int}", show_bill)
    kiosk.views.add("receipt/{receipt_id:int}", show_receipt)


async def show_bill(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """A check with what is open when `paid` minor units are keyed in already, and the quick cash keys for that."""
    by.must(Permission.SEE_FLOOR)
    check = await checks.show_check(read, request.path_params["check_id"])
    venue = await read.venue()
    given = request.query_params.get("paid", "0")
    paid = int(given) if given.isdecimal() and len(given) <= 12 else 0
    due = max(check["sums"]["total"] - paid, 0)
    keys = rules.cash_keys(due, cash_step=venue.cash_step, currency=venue.currency)
    return {
        "check": check,
        "sums": check["sums"],
        "due": due,
        "cash_due": round_to(due, venue.cash_step),
        "cash_step": venue.cash_step,
        "cash_keys": [{"amount": key.amount, "short": key.short, "change": key.change} for key in keys],
        "tenders": rules.OFFERED,
    }


async def show_receipt(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """A receipt as it is printed, line by line."""
    by.must(Permission.SETTLE)
    receipt = await queries.show_receipt(read, request.path_params["receipt_id"])
    return {"id": receipt.id, "number": receipt.number, "total": receipt.total, **paper.preview(receipt)}


async def _settle(tx: Tx, args: Settle, by: Actor) -> dict[str, Any]:
    tenders = [rules.Given(rules.tender_kind(one.kind), one.given, one.tip) for one in args.tenders]
    settled = await service.settle(tx, args.check_id, args.total, tenders, by=by)
    return {
        "receipt_id": settled.receipt_id,
        "number": settled.number,
        "total": settled.total,
        "change_due": settled.change_due,
        "paid": [
            {"kind": one.kind, "given": one.given, "amount": one.amount, "tip": one.tip, "change_due": one.change_due}
            for one in settled.paid
        ],
    }


async def _reprint(tx: Tx, args: OnReceipt, by: Actor) -> dict[str, Any]:
    await service.reprint(tx, args.receipt_id, by=by)
    return {}
