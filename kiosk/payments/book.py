"""The book of a venue's money: receipt numbers without a gap, the day that is booked on, every movement's balance."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update

from kiosk.core import clock
from kiosk.core.actor import Actor
from kiosk.core.db import Tx
from kiosk.core.models import Venue
from kiosk.core.money import Money
from kiosk.core.packets import Asked
from kiosk.payments.rules import MovementKind
from kiosk.payments.till_models import MoneyHead, Movement

ONE = timedelta(days=1)
STANDS = ("receipt_no", "movement_no", "balance", "accounts", "booked_day")
"""What every entry changes of where the books stand."""
_HEADS, _MOVEMENTS = cast(Table, MoneyHead.__table__), insert(cast(Table, Movement.__table__))
_MINE = select(MoneyHead).where(MoneyHead.venue_id == bindparam("mine")).with_for_update()
_HEAD_MOVES = (
    update(_HEADS)
    .where(_HEADS.c.venue_id == bindparam("mine"))
    .values({name: bindparam(f"its_{name}") for name in STANDS})
)
"""Made once, because every payment carries them out."""


async def open_book(tx: Tx, *ahead: Asked) -> Book:
    """The venue's book, kept from others until the commit. Open it last of all: the journal alone comes after it.

    What is asked next may be looked up `ahead`, with it.
    """
    venue = await tx.venue()
    await tx.look_ahead((_MINE, {"mine": venue.id}), *ahead)
    head = await _head(tx, venue)
    if head is None:
        await tx.change(
            insert(MoneyHead).values(venue_id=venue.id, receipt_no=0, movement_no=0, z_no=0, balance=0, accounts={})
        )
        head = await _head(tx, venue)
    assert head is not None
    return Book(tx, venue, head)


async def _head(tx: Tx, venue: Venue) -> MoneyHead | None:
    (heads,) = await tx.look_up((_MINE, {"mine": venue.id}))
    return heads[0] if heads else None


_UNSAID: dict[str, Any] = {
    "drawer_id": None,
    "receipt_id": None,
    "number": "",
    "label": "",
    "reason": "",
    "tip": 0,
    "rounding": 0,
}


def going_on(by_clock: date, closed: date | None, booked: date | None = None) -> date:
    """The business day that is booked on: the clock's, or the one after the last closed where that is later.

    A clock set back across the cut-over does not lead back into the day before that was booked last: the balances
    would not follow each other. One that had run days ahead is not followed.
    """
    after = closed + ONE if closed else by_clock
    last = booked if booked and booked <= by_clock + ONE else by_clock
    return max(by_clock, after, last)


def cash_account(till: int) -> str:
    """The account of a till's drawer."""
    return f"cash:{till}"


class Book:
    """The book while it is open; what was entered is written by `close` or `close_later`, which come once and last."""

    def __init__(self, tx: Tx, venue: Venue, head: MoneyHead) -> None:
        self._tx = tx
        self.venue = venue
        self._head = head
        self._receipt_no, self._movement_no, self._balance = head.receipt_no, head.movement_no, head.balance
        self._rows: list[dict[str, Any]] = []
        self._accounts = dict(head.accounts)
        self.day = self._day_of(venue)

    def _day_of(self, venue: Venue) -> date:
        by_clock = clock.business_day(self._tx.at, timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)
        return going_on(by_clock, self._head.closed_day, self._head.booked_day)

    async def stay_on_last_day(self) -> None:
        """Book on the last day that money moved while that is not closed, as the count of a drawer does the morning
        after: it belongs to the day that was traded."""
        last = (Movement.venue_id == self._head.venue_id, Movement.seq == self._head.movement_no)
        day = (await self._tx.session.execute(select(Movement.business_day).where(*last))).scalar_one_or_none()
        if day is not None and not self._rows and (self._head.closed_day is None or day > self._head.closed_day):
            self.day = min(self.day, day)

    @property
    def head(self) -> MoneyHead:
        return self._head

    def receipt_number(self) -> str:
        """The next receipt number."""
        self._receipt_no += 1
        return str(self._receipt_no)

    def draw_z(self, day: date) -> int:
        """The number of the Z that closes a day; nothing is booked on it any more."""
        self._head.z_no += 1
        self._head.closed_day = day
        return self._head.z_no

    def balance_of(self, account: str) -> Money:
        """What an account holds, with what was entered just now."""
        return self._accounts.get(account, 0)

    def move(self, kind: MovementKind, account: str, amount: Money, *, by: Actor, **particulars: Any) -> int:
        """Enter a movement; returns its number. Particulars are Movement's other columns; without a receipt's number
        it is called by its own, "M 18"."""
        self._movement_no += 1
        self._balance += amount
        self._accounts[account] = self.balance_of(account) + amount
        self._rows.append(
            {
                "venue_id": self._head.venue_id,
                "seq": self._movement_no,
                "business_day": self.day,
                "moved_at": self._tx.at,
                "kind": kind,
                "account": account,
                "amount": amount,
                "balance": self._balance,
                "account_balance": self._accounts[account],
                "person_id": by.person_id,
                "person": by.name,
                "approver": by.approver.name if by.approver else None,
                **_UNSAID,
                "number": f"M {self._movement_no}",
                **particulars,
            }
        )
        return self._movement_no

    async def close(self) -> None:
        """Write what was entered, so that what follows in this transaction reads it."""
        head = self._head
        head.receipt_no, head.movement_no, head.balance = self._receipt_no, self._movement_no, self._balance
        head.accounts = self._accounts
        if self._rows:
            head.booked_day = self.day
            await self._tx.change(_MOVEMENTS, self._rows)

    def close_later(self) -> None:
        """Let what was entered be written at the transaction's end."""
        day = self.day if self._rows else self._head.booked_day
        stands = (self._receipt_no, self._movement_no, self._balance, self._accounts, day)
        told = {f"its_{name}": value for name, value in zip(STANDS, stands, strict=True)}
        self._tx.later(_HEAD_MOVES, {"mine": self._head.venue_id, **told})
        self._tx.later(_MOVEMENTS, *self._rows)
