"""The gestures on checks, the public face of the slice. Here: open one, count its guests, cancel it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert

from kiosk.checks import queries, rules
from kiosk.checks.billing import Bill, ask_bill, lock_bill, refuse_unsent, withdraw_bill
from kiosk.checks.bringing import serve, unserve
from kiosk.checks.discounting import Off, discount, set_service, undiscount
from kiosk.checks.errors import CheckNotEmpty
from kiosk.checks.events import CheckChanged
from kiosk.checks.firing import Sent, amend, fire_course, refire, said_of, send, take_back
from kiosk.checks.models import Check, CheckState, Dining, LineState
from kiosk.checks.moving import merge, move_lines, rename_check, set_dining, set_label, set_waiter, unmerge
from kiosk.checks.ringing import Part, Round, Wish, change_line, repeat_round, ring, ring_combo
from kiosk.checks.rules import Wanted
from kiosk.checks.sharing import Share, ShareLine, asked, give_back, lock_share, take
from kiosk.checks.taking_off import comp_line, remove_line, uncomp_line, void_line
from kiosk.checks.touching import close, touch
from kiosk.core import clock
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.staff import service as staff

__all__ = [
    "Bill",
    "Dining",
    "Off",
    "Part",
    "Round",
    "Sent",
    "Share",
    "ShareLine",
    "Wanted",
    "Wish",
    "amend",
    "ask_bill",
    "asked",
    "cancel_check",
    "change_line",
    "close",
    "comp_line",
    "discount",
    "fire_course",
    "give_back",
    "lock_bill",
    "lock_share",
    "merge",
    "move_lines",
    "open_check",
    "refire",
    "refuse_unsent",
    "remove_line",
    "rename_check",
    "repeat_round",
    "ring",
    "ring_combo",
    "said_of",
    "send",
    "serve",
    "set_covers",
    "set_dining",
    "set_label",
    "set_service",
    "set_waiter",
    "take",
    "take_back",
    "uncomp_line",
    "undiscount",
    "unmerge",
    "unserve",
    "void_line",
    "withdraw_bill",
]


async def open_check(
    tx: Tx,
    label: str,
    covers: int,
    *,
    dining: Dining = Dining.EAT_IN,
    pickup_at: datetime | None = None,
    by: Actor,
) -> int:
    """A new check for a party; `label` is what the kitchen and the receipt call it. Returns its id."""
    await staff.must(tx, by, Permission.SEAT)
    venue = await tx.venue()
    check_id = new_id()
    opened = {
        "id": check_id,
        "venue_id": venue.id,
        "number": await tx.draw("check"),
        "label": rules.allowed_label(label),
        "covers": rules.allowed_covers(covers),
        "dining": dining,
        "waiter_id": by.person_id,
        "waiter": by.name,
        "business_day": clock.business_day(tx.at, timezone=venue.timezone, cutover_minutes=venue.cutover_minutes),
        "opened_at": tx.at,
        "pickup_at": pickup_at,
    }
    await tx.change(insert(Check).values(opened))
    tx.announce(CheckChanged(check_id))
    return check_id


async def set_covers(tx: Tx, check_id: int, covers: int, *, by: Actor) -> None:
    """Another number of guests."""
    await staff.must(tx, by, Permission.SEAT)
    check = await queries.lock(tx, check_id)
    was, check.covers = check.covers, rules.allowed_covers(covers)
    if check.covers != was:
        tx.record(Act("covers_set", "check", check_id, by, {"was": was, "now": check.covers}))
    touch(tx, check)


async def cancel_check(tx: Tx, check_id: int, *, by: Actor) -> None:
    """The party left without anything on the check; the table is free."""
    await staff.must(tx, by, Permission.SEAT)
    check = await queries.lock(tx, check_id)
    if any(line.state is not LineState.VOIDED for line in await queries.lines_of(tx, check_id)):
        raise CheckNotEmpty
    check.state, check.closed_at = CheckState.CANCELLED, tx.at
    tx.record(Act("check_cancelled", "check", check.id, by, {"number": check.number}))
    touch(tx, check)
