"""What the counter's screen may do and what it reads."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from pydantic import Field

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.payments import bills, planning, receipt_search, service
from kiosk.payments.refunding import Asked
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


class LineBack(Args):
    position: int = Field(ge=0)
    amount: int | None = Field(default=None, gt=0, le=planning.LARGEST)


class TenderBack(Args):
    position: int = Field(ge=0)
    amount: int = Field(ge=0, le=planning.LARGEST)


class Refund(Args):
    receipt_id: int
    lines: list[LineBack] | None = Field(default=None, max_length=500)
    service: int = Field(default=0, ge=0, le=planning.LARGEST)
    tenders: list[TenderBack] | None = Field(default=None, max_length=20)
    with_tip: bool = False
    reason: str = Field(max_length=200)
    print: bool = True
    drawer_id: int | None = None

    def asked(self) -> Asked:
        """What is to go back."""
        lines = None if self.lines is None else {one.position: one.amount for one in self.lines}
        tenders = None if self.tenders is None else {one.position: one.amount for one in self.tenders}
        return Asked(lines, self.service, tenders, self.with_tip)


class CorrectTender(Args):
    receipt_id: int
    position: int = Field(ge=0)
    kind: str = Field(max_length=64)
    note: str = Field(default="", max_length=200)
    reason: str = Field(max_length=200)
    print: bool = True


def register(kiosk: House) -> None:
    """Make the acts and views of the counter known."""
    kiosk.acts.add("settle", Settle, _settle)
    kiosk.acts.add("undo_payment", OnReceipt, _undo_payment)
    kiosk.acts.add("refund", Refund, _refund)
    kiosk.acts.add("correct_tender", CorrectTender, _correct_tender)
    kiosk.acts.add("reprint", OnReceipt, _reprint)
    kiosk.views.add("bill/{check_id:int}", show_bill)
    kiosk.views.add("receipts", show_receipts)
    kiosk.views.add("receipt/{receipt_id:int}", show_receipt)


async def show_bill(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """A check as the counter divides and settles it, with what the screen plans summed up."""
    by.must(Permission.SEE_FLOOR)
    plan = planning.read_plan(request.query_params.get("plan", ""))
    return await bills.show_bill(read, request.path_params["check_id"], plan, by)


async def show_receipts(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """Receipts, the newest first: of a day, with a number, at a table, of an amount."""
    by.must(Permission.SETTLE)
    words = request.query_params
    return await receipt_search.show_receipts(read, words.get("day", ""), words.get("q", ""), words.get("before", ""))


async def show_receipt(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """A receipt as it is printed, line by line, and what can still be given back of it."""
    by.must(Permission.SETTLE)
    return await receipt_search.show_receipt(read, request.path_params["receipt_id"])


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


async def _undo_payment(tx: Tx, args: OnReceipt, by: Actor) -> dict[str, Any]:
    return _refunded(await service.undo_payment(tx, args.receipt_id, by=by))


async def _refund(tx: Tx, args: Refund, by: Actor) -> dict[str, Any]:
    what = (args.receipt_id, args.asked(), args.reason)
    return _refunded(await service.refund(tx, *what, to_print=args.print, drawer_id=args.drawer_id, by=by))


def _refunded(done: service.Refunded) -> dict[str, Any]:
    back = [{"kind": kind, "given": given} for kind, given in done.back]
    return {"receipt_id": done.receipt_id, "number": done.number, "total": done.total, "back": back}


async def _correct_tender(tx: Tx, args: CorrectTender, by: Actor) -> dict[str, Any]:
    what = (args.receipt_id, args.position, args.kind, args.reason)
    done = await service.correct_tender(tx, *what, note=args.note, to_print=args.print, by=by)
    return {"refund_number": done.refund_number, "number": done.number, "receipt_id": done.receipt_id}


async def _reprint(tx: Tx, args: OnReceipt, by: Actor) -> dict[str, Any]:
    await service.reprint(tx, args.receipt_id, by=by)
    return {}
