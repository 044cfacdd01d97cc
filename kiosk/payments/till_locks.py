"""Drawers as gestures need them: locked, and as they are at this moment."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from kiosk.core.db import AS_IT_IS_NOW, Read, Tx
from kiosk.core.money import Money
from kiosk.payments.rules import DrawerState
from kiosk.payments.till_errors import DrawerCounted, DrawerGone, DrawerShut
from kiosk.payments.till_models import Drawer, MoneyHead


async def lock(tx: Tx, drawer_id: int) -> Drawer:
    """The drawer, kept from every tender and every other hand until the commit."""
    return await _locked(tx, drawer_id, read=False)


async def share(tx: Tx, drawer_id: int) -> Drawer:
    """The drawer, kept from being counted until the commit; tenders of others go on."""
    return await _locked(tx, drawer_id, read=True)


async def _locked(tx: Tx, drawer_id: int, *, read: bool) -> Drawer:
    found = select(Drawer).where(Drawer.id == drawer_id).with_for_update(read=read)
    drawer = (await tx.session.scalars(found.execution_options(**AS_IT_IS_NOW))).one_or_none()
    if drawer is None:
        raise DrawerGone
    return drawer


async def lock_not_closed(tx: Tx) -> list[Drawer]:
    """Every drawer that is not closed, locked in the order of their ids."""
    return [await lock(tx, drawer_id) for drawer_id in sorted(one.id for one in await not_closed(tx))]


async def not_closed(read: Read) -> list[Drawer]:
    """Every drawer that is open or counted, by till."""
    venue = await read.venue()
    mine = (Drawer.venue_id == venue.id, Drawer.open_till.is_not(None))
    found = select(Drawer).where(*mine).order_by(Drawer.till).execution_options(**AS_IT_IS_NOW)
    return list((await read.session.scalars(found)).all())


async def closed_on(read: Read, day: date) -> list[Drawer]:
    """The drawers whose count was booked on a business day."""
    venue = await read.venue()
    mine = (Drawer.venue_id == venue.id, Drawer.closed_day == day)
    return list((await read.session.scalars(select(Drawer).where(*mine).order_by(Drawer.till, Drawer.number))).all())


def must_be_open(drawer: Drawer) -> Drawer:
    """The drawer, refused when it was counted or closed."""
    if drawer.state is DrawerState.CLOSED:
        raise DrawerShut(drawer.till)
    if drawer.state is DrawerState.COUNTED:
        raise DrawerCounted(drawer.till, str(drawer.counts[-1]["by"]))
    return drawer


async def balance(read: Read, account: str) -> Money:
    """What an account holds as of now; sure for the cash of a drawer that is locked."""
    venue = await read.venue()
    found = select(MoneyHead.accounts).where(MoneyHead.venue_id == venue.id)
    accounts = (await read.session.execute(found)).scalar_one_or_none()
    return int((accounts or {}).get(account, 0))
