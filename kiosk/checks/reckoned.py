"""Checks with all that they are reckoned up from: their discounts, and the tax on their service charge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select

from kiosk.checks.models import Check, CheckDiscount, CheckLine
from kiosk.checks.reckoning import Around, Charging, charges_service, reckon
from kiosk.core.db import AS_IT_IS_NOW, Read
from kiosk.menu import queries as menu


async def charging(read: Read, checks: Collection[Check]) -> Charging:
    """What these checks are reckoned with; the menu's taxes are only looked up when there is a service charge."""
    venue = await read.venue()
    code = venue.service_tax_code
    if not code or not any(charges_service(check, venue) for check in checks):
        return Charging(venue)
    return Charging(venue, (await menu.tax_rates(read)).get(code, (0, 0)))


async def discounts_of(read: Read, checks: Collection[Check]) -> dict[int, list[CheckDiscount]]:
    """The discounts of each check in the order given; nothing is asked for checks that never had one."""
    found: dict[int, list[CheckDiscount]] = defaultdict(list)
    ids = [check.id for check in checks if check.discounted]
    if ids:
        mine = select(CheckDiscount).where(CheckDiscount.check_id.in_(ids)).order_by(CheckDiscount.id)
        for one in await read.session.scalars(mine.execution_options(**AS_IT_IS_NOW)):
            found[one.check_id].append(one)
    return found


async def reckoned(read: Read, check: Check, lines: Sequence[CheckLine]) -> Around:
    """A check and its lines reckoned up."""
    discounts = (await discounts_of(read, [check]))[check.id]
    with_what = await charging(read, [check])
    return Around(lines, with_what, reckon(check, lines, discounts, with_what))
