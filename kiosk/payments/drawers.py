"""The drawers of the tills: opened with a float, moved by hand, counted blind, closed. Cash tenders come in by SETTLE.

Order of locks: the check, the drawer, then the book. A cash tender keeps its drawer from being counted (`for_cash`),
and whoever counts or closes a drawer keeps every tender out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from kiosk.core.actor import ROLE_PERMISSIONS, Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.core.money import Money
from kiosk.payments import pieces as coins
from kiosk.payments import till_errors as errors
from kiosk.payments import till_locks as locks
from kiosk.payments import till_slips as slips
from kiosk.payments.book import Book, cash_account, open_book
from kiosk.payments.issuing import Till
from kiosk.payments.rules import DrawerState, MovementKind
from kiosk.payments.till_events import DrawerKicked, TillChanged
from kiosk.payments.till_foreign import compared, lying_in
from kiosk.payments.till_models import Drawer
from kiosk.payments.till_rules import MOST_TILLS, choose, clean, difference_word
from kiosk.staff import service as staff

FIRST_TILL: Final = 1
PayOutKind = Literal["expense", "tips"]


async def for_cash(tx: Tx, by: Actor, drawer_id: int | None = None) -> Drawer:
    """The open drawer that cash goes into or comes out of, kept from being counted until the commit.

    The named one, else the one of this device, else the only one, else the one this person holds, else the lowest
    till; where none is open, the first till is opened with a float of nothing. Call it after the check is locked and
    before the book is opened. Raises DrawerGone, DrawerShut or DrawerCounted.
    """
    while True:
        if drawer_id is not None:
            return locks.must_be_open(await locks.share(tx, drawer_id))
        chosen = choose(await locks.not_closed(tx), by)
        if chosen is None:
            if opened := await _open(tx, FIRST_TILL, 0, by):
                return opened
            continue
        if chosen.state is DrawerState.COUNTED:
            return locks.must_be_open(chosen)
        drawer = await locks.share(tx, chosen.id)
        if drawer.state is DrawerState.OPEN:
            return drawer


async def open_drawer(tx: Tx, till: int, opening_float: Money, *, by: Actor) -> int:
    """Begin a drawer at a till with its float. Returns its id. Raises TillTaken while the till's last is not closed."""
    await staff.must(tx, by, Permission.OPEN_DRAWER)
    if not 1 <= till <= MOST_TILLS:
        raise errors.TillUnreadable(MOST_TILLS)
    if opening_float < 0:
        raise errors.AmountMissing
    for drawer in await locks.not_closed(tx):
        if drawer.till == till:
            raise errors.TillTaken(till, drawer.holder)
    opened = await _open(tx, till, opening_float, by)
    if opened is None:
        raise errors.TillTaken(till, "somebody")
    kick(tx, Till(opened.id, till), "drawer_opened", by)
    await slips.print_opened(tx, opened, by=by)
    return opened.id


def kick(tx: Tx, till: Till, why: str, by: Actor) -> None:
    """Open the drawer of a till after the commit, once; that it stayed shut is told to whoever acts."""
    tx.announce(DrawerKicked(till.drawer_id, till.number, why, by.person_id))


async def _open(tx: Tx, till: int, opening_float: Money, by: Actor) -> Drawer | None:
    """A new drawer with its float in the book; nothing when somebody else opens one at this till meanwhile."""
    drawer_id = new_id()
    row = {"id": drawer_id, "venue_id": by.venue_id, "till": till, "open_till": till, "counts": []}
    held = {"device_id": by.device_id, "holder_id": by.person_id, "holder": by.name}
    began = {"opened_at": tx.at, "opened_day": tx.at.date(), "opening_float": opening_float, "reason": ""}
    try:
        async with tx.session.begin_nested():
            number = await tx.draw("drawer")
            await tx.change(insert(Drawer).values(**row, **held, **began, number=number, state=DrawerState.OPEN))
    except IntegrityError:
        return None
    drawer, book = await locks.share(tx, drawer_id), await open_book(tx)
    drawer.opened_day = book.day
    if left := book.balance_of(cash_account(till)):
        book.move(MovementKind.TO_SAFE, cash_account(till), -left, by=by, reason="Cash from before this drawer")
    _move(book, MovementKind.FLOAT, drawer, opening_float, by)
    await book.close()
    _told(tx, "drawer_opened", drawer, by, number=number, float=opening_float)
    return drawer


async def pay_in(tx: Tx, drawer_id: int, amount: Money, reason: str, *, by: Actor) -> int:
    """Money put into a drawer that is no tender, such as change from the bank. Returns the movement's number."""
    await staff.must(tx, by, Permission.PAY_IN)
    return await _by_hand(tx, MovementKind.PAY_IN, drawer_id, _positive(amount), by, reason=_said(reason))


async def pay_out(tx: Tx, drawer_id: int, amount: Money, reason: str, kind: PayOutKind, *, by: Actor) -> int:
    """Money taken out for an expense, or tips paid out to people. Raises HoldsLess."""
    await staff.must(tx, by, Permission.PAY_OUT)
    out = -_positive(amount)
    said = {"reason": _said(reason), "label": "Tips" if kind == "tips" else "Expense"}
    return await _by_hand(tx, MovementKind.PAY_OUT, drawer_id, out, by, tip=out if kind == "tips" else 0, **said)


async def drop(tx: Tx, drawer_id: int, amount: Money, note: str = "", *, by: Actor) -> int:
    """Money brought to the safe while the drawer stays open; `note` names the bag. Raises HoldsLess."""
    await staff.must(tx, by, Permission.DROP)
    return await _by_hand(tx, MovementKind.DROP, drawer_id, -_positive(amount), by, reason=clean(note))


async def no_sale(tx: Tx, drawer_id: int, reason: str, *, by: Actor) -> int:
    """The drawer was opened without a sale: no money moves, but the book says so."""
    await staff.must(tx, by, Permission.NO_SALE)
    return await _by_hand(tx, MovementKind.NO_SALE, drawer_id, 0, by, reason=_said(reason))


async def hand_over_drawer(tx: Tx, drawer_id: int, person_id: int | None = None, *, by: Actor) -> str:
    """Another person answers for the drawer from now on; without one, whoever taps. Returns the name."""
    await staff.must(tx, by, Permission.OPEN_DRAWER)
    drawer = locks.must_be_open(await locks.lock(tx, drawer_id))
    before = drawer.holder
    if person_id is None or person_id == by.person_id:
        drawer.holder_id, drawer.holder, drawer.device_id = by.person_id, by.name, by.device_id
    else:
        drawer.holder_id, drawer.holder = person_id, await _holder(tx, person_id)
    book, said = await open_book(tx), f"{before} to {drawer.holder}"
    seq = _move(book, MovementKind.HAND_OVER, drawer, 0, by, reason=said)
    await book.close()
    _told(tx, "drawer_handed_over", drawer, by, was=before, now=drawer.holder)
    await slips.print_moved(tx, drawer, MovementKind.HAND_OVER, seq, by=by, reason=before)
    return drawer.holder


async def _holder(tx: Tx, person_id: int) -> str:
    for tile in await staff.show_people(tx):
        if tile.id == person_id:
            if Permission.OPEN_DRAWER not in ROLE_PERMISSIONS[tile.role]:
                raise errors.MayNotHold(tile.name)
            return tile.name
    raise errors.NobodyThere


async def count_drawer(tx: Tx, drawer_id: int, pieces: Mapping[str, int], *, by: Actor) -> Drawer:
    """Count the drawer blind; only then its expected sum is known, and no cash goes in or out any more.

    `pieces` names how many there are of each coin and note, by its minor units; and the amount, in its minor units, of
    each other currency that was taken, by its code: both are worth what the receipts said. Of two who count at once
    one does; the other is told who. Raises DrawerCounted, DrawerShut or StrangePieces.
    """
    await staff.must(tx, by, Permission.COUNT_DRAWER)
    drawer = locks.must_be_open(await locks.lock(tx, drawer_id))
    drawer.expected = await locks.balance(tx, cash_account(drawer.till))
    drawer.state = DrawerState.COUNTED
    await _counted(tx, drawer, pieces, by)
    return drawer


async def recount_drawer(tx: Tx, drawer_id: int, pieces: Mapping[str, int], *, by: Actor) -> Drawer:
    """Count it a second and last time; both counts are kept. Raises NotCounted or CountedTwice."""
    await staff.must(tx, by, Permission.COUNT_DRAWER)
    drawer = _must_be_counted(await locks.lock(tx, drawer_id))
    if len(drawer.counts) > 1:
        raise errors.CountedTwice(drawer.till)
    await _counted(tx, drawer, pieces, by)
    return drawer


async def _counted(tx: Tx, drawer: Drawer, pieces: Mapping[str, int], by: Actor) -> None:
    currency, lying = (await tx.venue()).currency, (await lying_in(tx, [drawer]))[drawer.id]
    if names := coins.strange(pieces, currency, [one.code for one in lying]):
        raise errors.StrangePieces(names, currency.code)
    found = {name: many for name, many in pieces.items() if many}
    foreign = compared(lying, found)
    count = {"at": tx.at.isoformat(), "by": by.name, "person_id": by.person_id, "pieces": found, "foreign": foreign}
    drawer.counted = coins.sum_of(found) + sum(one["counted_worth"] for one in foreign)
    drawer.counted_at = tx.at
    drawer.counts = [*drawer.counts, {**count, "sum": drawer.counted}]
    told = {"counted": drawer.counted, "expected": drawer.expected, "pieces": found}
    _told(tx, "drawer_counted", drawer, by, **told, **({"foreign": foreign} if foreign else {}))
    await slips.print_counted(tx, drawer, by=by)


async def explain_drawer(tx: Tx, drawer_id: int, reason: str, *, by: Actor) -> Drawer:
    """Why a counted drawer is short or over; the close of the day asks for it past what the house allows."""
    await staff.must(tx, by, Permission.COUNT_DRAWER)
    drawer = _must_be_counted(await locks.lock(tx, drawer_id))
    drawer.reason = _said(reason)
    _told(tx, "drawer_explained", drawer, by, reason=drawer.reason)
    return drawer


async def close_drawer(tx: Tx, drawer_id: int, reason: str = "", *, by: Actor) -> Drawer:
    """Take what was counted to the safe: the difference is booked, and the till's account stands at nothing.

    Raises NotCounted, or ReasonNeeded past what the house allows without a word.
    """
    await staff.must(tx, by, Permission.COUNT_DRAWER)
    drawer = _must_be_counted(await locks.lock(tx, drawer_id))
    drawer.reason = clean(reason) or drawer.reason
    book = await open_book(tx)
    await close_counted(tx, book, drawer, by)
    await book.close()
    return drawer


async def close_counted(tx: Tx, book: Book, drawer: Drawer, by: Actor) -> None:
    """Book the end of a counted drawer that is locked, in a book that is open."""
    venue = await tx.venue()
    counted, over_short = drawer.counted or 0, (drawer.counted or 0) - (drawer.expected or 0)
    if abs(over_short) > venue.over_short_allowed and not drawer.reason:
        raise errors.ReasonNeeded(drawer.till, difference_word(over_short), venue.currency.say(abs(over_short)))
    await book.stay_on_last_day()
    if over_short:
        _move(book, MovementKind.OVER_SHORT, drawer, over_short, by, reason=drawer.reason)
    if counted:
        _move(book, MovementKind.TO_SAFE, drawer, -counted, by)
    drawer.state, drawer.open_till = DrawerState.CLOSED, None
    drawer.closed_at, drawer.closed_day = tx.at, book.day
    _told(tx, "drawer_closed", drawer, by, counted=counted, expected=drawer.expected, reason=drawer.reason)


def _must_be_counted(drawer: Drawer) -> Drawer:
    if drawer.state is DrawerState.CLOSED:
        raise errors.DrawerShut(drawer.till)
    if drawer.state is not DrawerState.COUNTED:
        raise errors.NotCounted(drawer.till)
    return drawer


async def _by_hand(tx: Tx, kind: MovementKind, drawer_id: int, amount: Money, by: Actor, **told: Any) -> int:
    """Enter what somebody does to an open drawer; a drawer never gives more than it holds."""
    drawer = locks.must_be_open(await locks.lock(tx, drawer_id))
    book = await open_book(tx)
    if amount < 0 and book.balance_of(cash_account(drawer.till)) + amount < 0:
        raise errors.HoldsLess(drawer.till, (await tx.venue()).currency.say(-amount))
    seq = _move(book, kind, drawer, amount, by, **told)
    await book.close()
    _told(tx, kind.value, drawer, by, movement=seq, amount=amount, **told)
    kick(tx, Till(drawer.id, drawer.till), kind.value, by)
    await slips.print_moved(tx, drawer, kind, seq, amount, by=by, **told)
    return seq


def _move(book: Book, kind: MovementKind, drawer: Drawer, amount: Money, by: Actor, **told: object) -> int:
    return book.move(kind, cash_account(drawer.till), amount, by=by, drawer_id=drawer.id, **told)


def _told(tx: Tx, act: str, drawer: Drawer, by: Actor, **details: object) -> None:
    tx.record(Act(act, "drawer", drawer.id, by, {"till": drawer.till, **details}))
    tx.announce(TillChanged())


def _positive(amount: Money) -> Money:
    if amount <= 0:
        raise errors.AmountMissing
    return amount


def _said(reason: str) -> str:
    if not (said := clean(reason)):
        raise errors.SayWhy
    return said
