"""What the counter's screen may do and what it reads."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from pydantic import Field

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.payments import bills, paper, planning, queries, service
from kiosk.payments.settling import EVERYTHING
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
    """A check as the counter divides and settles it, with what the screen plans summed up."""
    by.must(Permission.SEE_FLOOR)
    plan = planning.read_plan(request.query_params.get("plan", ""))
    return await bills.show_bill(read, request.path_params["check_id"], plan, by)


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
        wanted=args.share.wanted() if args.share else EVERYTHING,
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
