"""What is open of a check, for the counter that divides it among payers."""

from __future__ import annotations

from sqlalchemy import select

from kiosk.checks import queries
from kiosk.checks.errors import CheckGone
from kiosk.checks.models import Check
from kiosk.checks.reckoned import reckoned
from kiosk.checks.rules import Sums
from kiosk.core.db import Read


async def show_open(read: Read, check_id: int) -> Sums:
    """What is open of a check, line by line; nothing once it is settled."""
    check = (await read.session.scalars(select(Check).where(Check.id == check_id))).one_or_none()
    if check is None:
        raise CheckGone
    if not await queries.is_open(read, check_id):
        return Sums()
    lines = await queries.lines_of(read, check_id)
    return (await reckoned(read, check, lines)).reckoning.open
