"""The acts that change what a party is to pay: discounts, and the service charge."""

from __future__ import annotations

from pydantic import Field

from kiosk.checks import service
from kiosk.checks.service import Off
from kiosk.core.actor import Actor
from kiosk.core.db import Tx
from kiosk.ui.gesture import Acts, Args


class Discount(Args):
    check_id: int
    line_id: int | None = None
    name: str = Field(max_length=200)
    percent: str | None = Field(default=None, max_length=20)
    amount: int | None = Field(default=None, le=10**12)
    reason: str = Field(default="", max_length=1000)

    def off(self) -> Off:
        return Off(self.name, self.percent, self.amount, self.reason)


class OnDiscount(Args):
    discount_id: int


class SetService(Args):
    check_id: int
    percent: str | None = Field(default=None, max_length=20)


def add_to(acts: Acts) -> None:
    """Make these acts known."""
    acts.add("discount", Discount, _discount)
    acts.add("undiscount", OnDiscount, _undiscount)
    acts.add("set_service", SetService, _set_service)


async def _discount(tx: Tx, args: Discount, by: Actor) -> dict[str, int]:
    return {"discount_id": await service.discount(tx, args.check_id, args.line_id, args.off(), by=by)}


async def _undiscount(tx: Tx, args: OnDiscount, by: Actor) -> dict[str, int]:
    await service.undiscount(tx, args.discount_id, by=by)
    return {}


async def _set_service(tx: Tx, args: SetService, by: Actor) -> dict[str, int]:
    await service.set_service(tx, args.check_id, args.percent, by=by)
    return {}
