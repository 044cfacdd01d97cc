"""Payers at the counter, as far as a check knows of them: each takes a share."""

from __future__ import annotations

from kiosk.checks import service
from kiosk.checks.service import Share, Wanted
from kiosk.core.db import Tx
from tests.support.evening import Evening


async def look(party: Evening, check_id: int = 0, **wanted: object) -> Share:
    """The share as the counter sees it, without taking it."""

    async def ask(tx: Tx) -> Share:
        return await service.lock_share(tx, check_id or party.check_id, Wanted(**wanted))  # type: ignore[arg-type]

    return await party.house.db.run(ask)


async def pay(party: Evening, check_id: int = 0, receipt_id: int | None = None, **wanted: object) -> Share:
    """The share is settled."""

    async def settle(tx: Tx) -> Share:
        share = await service.lock_share(tx, check_id or party.check_id, Wanted(**wanted))  # type: ignore[arg-type]
        service.take(tx, share, receipt_id=receipt_id)
        return share

    return await party.house.db.run(settle)


async def undo(party: Evening, share: Share, receipt_id: int | None = None) -> None:
    """The payment of a share is undone."""
    amounts = {line.line.id: line.amount for line in share.lines}
    service_net = share.service.net if share.service else 0
    total = share.sums.total

    async def give_back(tx: Tx) -> None:
        await service.give_back(tx, share.check.id, amounts, service_net, total, receipt_id=receipt_id)

    await party.house.db.run(give_back)


def told(share: Share) -> list[tuple[str, int, str, int]]:
    """The lines of a share as a receipt tells them: name, quantity, part, what is paid."""
    return [(line.line.name, line.quantity, line.part, line.gross) for line in share.lines]
