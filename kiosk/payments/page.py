"""What the counter's screen may do and what it reads."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from pydantic import Field

from kiosk.checks import queries as checks
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.payments import paper, planning, queries, rules, service
from kiosk.payments.ways import show_ways
from kiosk.ui.gesture import Args
from kiosk.ui.house import House


class Settle(Args):
    check_id: int
    share: planning.ShareAsked | None = None
    total: int
    tenders: list[planning.TenderAsked] = Field(max_length=20)
    print: bool = True
    drawer_id: int | None = None


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
    plan = planning.read_plan(request.query_params.get("plan", ""))
    ways = await show_ways(read)
    total = check["sums"]["total"]
    paying = planning.paying(plan, total, ways, venue)
    return {
        "check": check,
        "open": {"lines": [], "service": 0, "total": total},
        "paid": [],
        "payers": [{"key": key, "total": total, "lines": []} for key in plan.payers],
        "paying": paying,
        "tenders": [_way(way) for way in ways.values()],
        "discounts": [],
        "drawer": None,
    }


def _way(way: rules.Way) -> dict[str, Any]:
    return {
        "code": way.code,
        "name": way.name,
        "kind": way.kind,
        "provider": way.provider,
        "needs_note": way.needs_note,
    }


async def show_receipt(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """A receipt as it is printed, line by line."""
    by.must(Permission.SETTLE)
    receipt = await queries.show_receipt(read, request.path_params["receipt_id"])
    return {"id": receipt.id, "number": receipt.number, "total": receipt.total, **paper.preview(receipt)}


async def _settle(tx: Tx, args: Settle, by: Actor) -> dict[str, Any]:
    settled = await service.settle(
        tx,
        args.check_id,
        args.total,
        [tender.given_here() for tender in args.tenders],
        wanted=args.share,
        to_print=args.print,
        drawer_id=args.drawer_id,
        by=by,
    )
    return {
        "receipt_id": settled.receipt_id,
        "number": settled.number,
        "total": settled.total,
        "change_due": settled.change_due,
        "paid": [
            {"kind": one.kind, "given": one.given, "amount": one.amount, "tip": one.tip, "change_due": one.change_due}
            for one in settled.paid
        ],
        "rest": settled.rest,
        "closed": settled.closed,
        "share_no": settled.share_no,
    }


async def _reprint(tx: Tx, args: OnReceipt, by: Actor) -> dict[str, Any]:
    await service.reprint(tx, args.receipt_id, by=by)
    return {}
