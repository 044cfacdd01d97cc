"""The share of a check that a payer settles; until checks part it, the whole of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kiosk.checks import service as checks
from kiosk.core.db import Tx
from kiosk.core.money import Money


@dataclass(frozen=True)
class ShareLine:
    line: Any
    quantity: int
    part: str
    amount: Money
    less: Money
    net: Money
    tax: Money
    rate_ppm: int


@dataclass(frozen=True)
class Share:
    check: Any
    lines: list[ShareLine]
    service: Any
    sums: Any
    open_total: Money
    is_last: bool


async def lock_share(tx: Tx, check_id: int, _wanted: Any) -> Share:
    bill = await checks.lock_bill(tx, check_id)
    lines = [
        ShareLine(line, line.quantity, "", line.amount, line.less, taxed.net, taxed.tax, taxed.rate_ppm)
        for line, taxed in zip(bill.lines, bill.sums.by_line, strict=True)
    ]
    return Share(bill.check, lines, None, bill.sums, bill.sums.total, True)


async def take(tx: Tx, share: Share) -> None:
    checks.close(tx, share.check)
