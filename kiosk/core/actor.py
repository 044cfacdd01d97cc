"""Who acts: a person on a device in a session, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.core.errors import NeedsManager


class Role(StrEnum):
    WAITER = "waiter"
    CASHIER = "cashier"
    KITCHEN = "kitchen"
    MANAGER = "manager"
    OWNER = "owner"


class Permission(StrEnum):
    """A named act. Whoever has no role that names it cannot do it."""

    SEE_FLOOR = "see_floor"
    SEAT = "seat"
    RING = "ring"
    REMOVE_LINE = "remove_line"
    FIRE = "fire"
    SERVE = "serve"
    ASK_BILL = "ask_bill"
    SEE_KITCHEN = "see_kitchen"
    BUMP = "bump"
    EIGHTY_SIX = "eighty_six"
    VOID_FIRED_LINE = "void_fired_line"
    COMP = "comp"
    DISCOUNT = "discount"
    REFIRE = "refire"
    OPEN_PRICE = "open_price"
    HAND_OVER = "hand_over"
    SETTLE = "settle"
    REPRINT = "reprint"
    REFUND = "refund"
    CORRECT_TENDER = "correct_tender"
    WAIVE_SERVICE = "waive_service"
    OPEN_DRAWER = "open_drawer"
    PAY_IN = "pay_in"
    PAY_OUT = "pay_out"
    DROP = "drop"
    NO_SALE = "no_sale"
    COUNT_DRAWER = "count_drawer"
    SEE_TILL = "see_till"
    SEE_DAYBOOK = "see_daybook"
    SEE_JOURNAL = "see_journal"
    SEE_REPORTS = "see_reports"
    EXPORT = "export"
    CLOSE_DAY = "close_day"
    MANAGE_MENU = "manage_menu"
    MANAGE_FLOOR = "manage_floor"
    MANAGE_STAFF = "manage_staff"
    SET_PAY = "set_pay"
    MANAGE_DEVICES = "manage_devices"
    CANCEL_PRINT = "cancel_print"
    APPROVE = "approve"


_FLOOR = frozenset(
    {
        Permission.SEE_FLOOR,
        Permission.SEAT,
        Permission.RING,
        Permission.REMOVE_LINE,
        Permission.FIRE,
        Permission.SERVE,
        Permission.ASK_BILL,
        Permission.SEE_KITCHEN,
        Permission.EIGHTY_SIX,
    }
)
_COUNTER = frozenset(
    {
        Permission.SETTLE,
        Permission.REPRINT,
        Permission.OPEN_PRICE,
        Permission.OPEN_DRAWER,
        Permission.PAY_IN,
        Permission.PAY_OUT,
        Permission.DROP,
        Permission.COUNT_DRAWER,
        Permission.SEE_TILL,
    }
)
_MANAGER = frozenset(Permission) - {Permission.MANAGE_STAFF, Permission.SET_PAY, Permission.MANAGE_DEVICES}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.WAITER: _FLOOR,
    Role.CASHIER: _FLOOR | _COUNTER,
    Role.KITCHEN: frozenset(
        {Permission.SEE_KITCHEN, Permission.BUMP, Permission.EIGHTY_SIX, Permission.REFIRE, Permission.SERVE}
    ),
    Role.MANAGER: _MANAGER,
    Role.OWNER: frozenset(Permission),
}
"""What each role may do; everything not named is denied."""


@dataclass(frozen=True)
class Approver:
    """A manager who typed a PIN for one act of somebody else."""

    person_id: int
    name: str
    role: Role

    def may(self, permission: Permission) -> bool:
        return permission in ROLE_PERMISSIONS[self.role] and Permission.APPROVE in ROLE_PERMISSIONS[self.role]


@dataclass(frozen=True)
class Actor:
    """The person behind a tap, as the session row said when the tap arrived.

    `session_id` is None only for the kiosk's own command line, which whoever owns the machine may use.
    """

    venue_id: int
    person_id: int | None
    name: str
    role: Role
    session_id: int | None = None
    device_id: int | None = None
    approver: Approver | None = field(default=None, compare=False)

    def may(self, permission: Permission) -> bool:
        return permission in ROLE_PERMISSIONS[self.role]

    def must(self, permission: Permission) -> None:
        """Let the act go on, or ask for a manager. Nobody approves their own."""
        if self.may(permission):
            return
        if self.approver and self.approver.person_id != self.person_id and self.approver.may(permission):
            return
        raise NeedsManager(permission, is_owners=permission not in _MANAGER)


def command_line(venue_id: int) -> Actor:
    """The actor of commands typed on the kiosk's own machine."""
    return Actor(venue_id, None, "command line", Role.OWNER)
