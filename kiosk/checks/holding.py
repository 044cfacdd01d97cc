"""A check as ringing needs it: locked, and no more of it than that takes."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from kiosk.checks.errors import CheckClosed, CheckGone
from kiosk.checks.models import Check, CheckState, Dining
from kiosk.core.db import Tx
from kiosk.core.packets import Asked


class Held(NamedTuple):
    """What ringing asks of a check, which is kept from others until the commit."""

    id: int
    number: int
    state: CheckState
    dining: Dining


_HELD = select(Check.id, Check.number, Check.state, Check.dining).where(Check.id == bindparam("mine")).with_for_update()


def held(check_id: int) -> Asked:
    """What `hold` asks, for those who look up more at the same time."""
    return _HELD, {"mine": check_id}


async def hold(tx: Tx, check_id: int) -> Held:
    """The check, kept from others until the commit; refused when it is not open."""
    (found,) = await tx.look_up(held(check_id))
    if not found:
        raise CheckGone
    check = Held._make(found[0])
    if check.state is not CheckState.OPEN:
        raise CheckClosed(check.number)
    return check
