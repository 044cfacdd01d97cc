"""The sums of a check and its shares, what may be typed, and the step its table is at: pure arithmetic, no rows."""

from __future__ import annotations

from enum import StrEnum

from kiosk.checks.errors import CoversOutOfRange, LabelUnfit, NameUnfit, NoteTooLong, QuantityOutOfRange, ReasonMissing
from kiosk.checks.parting import EVERYTHING, Wanted, part_of, share
from kiosk.checks.summing import Discount, LineSum, Priced, Service, ServiceSum, Sums, Taxed, TaxRules, sums

__all__ = [
    "EVERYTHING",
    "Discount",
    "LineSum",
    "Priced",
    "Service",
    "ServiceSum",
    "Step",
    "Sums",
    "TaxRules",
    "Taxed",
    "Wanted",
    "part_of",
    "share",
    "step",
    "sums",
]

MOST = 99
NOTE_LENGTH = 200
LABEL_LENGTH = 40
HIGHEST_PRICE = 10**9
"""What can be typed for one, in minor units."""


class Step(StrEnum):
    """How far a seated party has come; what the table shows."""

    SEATED = "seated"
    ORDERED = "ordered"
    SERVED = "served"
    BILLING = "billing"
    PAID = "paid"


def step(*, is_open: bool, bill_asked: bool, live_lines: int, served_lines: int) -> Step:
    """The step a check is at, from what is on it."""
    if not is_open:
        return Step.PAID
    if bill_asked:
        return Step.BILLING
    if live_lines == 0:
        return Step.SEATED
    return Step.SERVED if served_lines == live_lines else Step.ORDERED


def allowed_quantity(quantity: int) -> int:
    """A quantity a waiter can mean, or a refusal."""
    if not 1 <= quantity <= MOST:
        raise QuantityOutOfRange(quantity)
    return quantity


def allowed_covers(covers: int) -> int:
    """A number of guests a table can have, or a refusal."""
    if not 1 <= covers <= MOST:
        raise CoversOutOfRange(covers)
    return covers


def allowed_note(note: str) -> str:
    """A note without blanks around it, or a refusal when it is too long for a ticket."""
    note = " ".join(note.split())
    if len(note) > NOTE_LENGTH:
        raise NoteTooLong
    return note


def allowed_reason(reason: str) -> str:
    """Why a sent line changes, without blanks around it; there must be a reason."""
    reason = allowed_note(reason)
    if not reason:
        raise ReasonMissing
    return reason


def allowed_label(label: str) -> str:
    """What a check without a table is called, or a refusal."""
    label = " ".join(label.split())
    if not 0 < len(label) <= LABEL_LENGTH:
        raise LabelUnfit
    return label


def allowed_name(name: str) -> str:
    """What a discount is called on the bill, or a refusal."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LABEL_LENGTH:
        raise NameUnfit
    return name
