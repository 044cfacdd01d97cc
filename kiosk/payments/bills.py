"""A bill as the counter's screen shows it: what is open, what is paid, what its plan comes to. Read only."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from kiosk.checks import queries as checks
from kiosk.checks.rules import Sums
from kiosk.core.actor import Actor
from kiosk.core.db import Read
from kiosk.core.money_rules import discounts_of
from kiosk.payments import asking_queries, planning, rules, till_locks, till_rules
from kiosk.payments.models import Receipt, Tender
from kiosk.payments.planning import Plan, Till
from kiosk.payments.rules import ReceiptKind, Way
from kiosk.payments.ways import show_names, show_ways


async def show_bill(read: Read, check_id: int, plan: Plan, by: Actor) -> dict[str, Any]:
    """The check, what is open of it line by line, its receipts, and what each payer of the plan would pay."""
    check, bill = await checks.show_bill(read, check_id)
    ways = await show_ways(read)
    payers, shares = planning.payers(plan, bill)
    return {
        "check": check,
        "open": _open(bill, check),
        "paid": await show_paid(read, check_id),
        "payers": payers,
        "paying": await _paying(read, plan, bill, shares, ways),
        "tenders": [_way(way) for way in ways.values()],
        "discounts": discounts_of(await read.venue()),
        "drawer": await _drawer(read, by),
        "payments": await asking_queries.show_payments(read, check_id),
    }


def _open(bill: Sums, check: dict[str, Any]) -> dict[str, Any]:
    seats = {line["id"]: line["seat_no"] for line in check["lines"]}
    lines = [
        {"id": row.key, "open": row.amount, "less": row.less, "gross": row.gross, "seat_no": seats.get(row.key)}
        for row in bill.by_line
    ]
    return {"lines": lines, "service": bill.service.gross if bill.service else 0, "total": bill.total}


async def _paying(
    read: Read, plan: Plan, bill: Sums, shares: dict[str, Sums], ways: dict[str, Way]
) -> dict[str, Any] | None:
    """How the payer who is on stands; where the plan names nobody, somebody pays everything."""
    if plan.paying is not None and plan.paying not in shares:
        return None
    venue = await read.venue()
    till = Till(ways, venue.currency, venue.cash_step, rules.TIPS_PPM if venue.tip_ppm is None else venue.tip_ppm)
    total = shares[plan.paying].total if plan.paying is not None else bill.total
    return planning.paying(plan, total, till)


def _way(way: Way) -> dict[str, Any]:
    return {
        "code": way.code,
        "name": way.name,
        "kind": way.kind,
        "provider": way.provider,
        "needs_note": way.needs_note,
    }


async def _drawer(read: Read, by: Actor) -> dict[str, Any] | None:
    """The drawer that cash would go into; nothing while none is open."""
    drawer = till_rules.choose(await till_locks.not_closed(read), by)
    return {"id": drawer.id, "till": drawer.till, "holder": drawer.holder} if drawer else None


async def show_paid(read: Read, check_id: int) -> list[dict[str, Any]]:
    """The receipts of a check's settled shares, oldest first; `refunded` when nothing is left of one."""
    found = select(Receipt).where(Receipt.check_id == check_id).order_by(Receipt.id)
    receipts = (await read.session.scalars(found)).all()
    tenders = await tenders_of(read, [one.id for one in receipts])
    names = await show_names(read) if receipts else {}
    back: dict[int, list[Receipt]] = defaultdict(list)
    for one in receipts:
        if one.kind is ReceiptKind.REFUND and one.refunds_id:
            back[one.refunds_id].append(one)
    sales = (one for one in receipts if one.kind is ReceiptKind.SALE)
    return [_paid(one, tenders[one.id], back[one.id], names) for one in sales]


async def tenders_of(read: Read, receipt_ids: list[int]) -> dict[int, list[Tender]]:
    """The tenders of each of these receipts."""
    tenders: dict[int, list[Tender]] = defaultdict(list)
    if receipt_ids:
        found = select(Tender).where(Tender.receipt_id.in_(receipt_ids)).order_by(Tender.receipt_id, Tender.position)
        for one in await read.session.scalars(found):
            tenders[one.receipt_id].append(one)
    return tenders


def _paid(receipt: Receipt, tenders: list[Tender], back: list[Receipt], names: dict[str, str]) -> dict[str, Any]:
    returned = -sum(one.total for one in back)
    return {
        "receipt_id": receipt.id,
        "number": receipt.number,
        "share_no": receipt.share_no,
        "total": receipt.total,
        "tip": receipt.tip,
        "tenders": [_tender(one, names) for one in tenders],
        "by": receipt.cashier,
        "at": receipt.closed_at.isoformat(),
        "refunded": bool(back) and returned == receipt.total,
        "returned": returned,
    }


def _tender(one: Tender, names: dict[str, str]) -> dict[str, Any]:
    name = names.get(one.name, one.name)
    return {"kind": one.name, "name": name, "given": one.given, "change_due": one.change_due, "tip": one.tip}
