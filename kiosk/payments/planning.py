"""What the counter's screen plans: payers, their shares, the tenders keyed so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kiosk.checks.rules import EVERYTHING, Sums, Wanted
from kiosk.checks.rules import share as share_of
from kiosk.core.errors import KioskError, Refused
from kiosk.core.money import Currency, Money, round_to
from kiosk.payments import rules
from kiosk.payments.rules import Foreign, Given, Way
from kiosk.payments.ways import with_ways

LARGEST = 10**12
MOST_PAYERS = 50


class PlanUnreadable(Refused):
    code = "plan_unreadable"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The plan for this bill cannot be read ({reason}). Load the page again.")


class Words(BaseModel):
    """Words from a screen: unknown ones are refused, numbers are whole."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LinePart(Words):
    """A line, or one of so many equal parts of it."""

    line_id: int
    of: int = Field(default=1, ge=1, le=99)


class ShareAsked(Words):
    """What one payer wants to settle: one of n even parts of what is open, an amount, or lines."""

    even: int | None = Field(default=None, ge=1, le=99)
    amount: int | None = Field(default=None, gt=0, le=LARGEST)
    lines: list[LinePart] | None = Field(default=None, max_length=500)

    @model_validator(mode="after")
    def is_one_kind(self) -> Self:
        """A share is wanted in one way."""
        if sum(one is not None for one in (self.even, self.amount, self.lines)) > 1:
            raise ValueError("a share is even, an amount or lines, and only one of them")
        return self

    def wanted(self) -> Wanted:
        """The share as the checks read it."""
        parts = None if self.lines is None else {one.line_id: one.of for one in self.lines}
        return Wanted(self.amount, self.even, parts)


class TenderAsked(Words):
    """A means of payment as it was keyed."""

    kind: str = Field(max_length=64)
    given: int = Field(gt=0, le=LARGEST)
    tip: int = Field(default=0, ge=0, le=LARGEST)
    note: str = Field(default="", max_length=200)
    currency: str | None = Field(default=None, min_length=3, max_length=3)
    currency_given: int | None = Field(default=None, gt=0, le=LARGEST)
    payment_id: int | None = None

    def given_here(self) -> Given:
        """The tender as the rules read it."""
        foreign = Foreign(self.currency, self.currency_given or 0) if self.currency else None
        return Given(self.kind, self.given, self.tip, self.note, foreign, self.payment_id)


class Plan(Words):
    """Who pays what, who is paying now, and what was keyed for it."""

    payers: list[str] = Field(default_factory=list, max_length=MOST_PAYERS)
    share: dict[str, ShareAsked | None] = Field(default_factory=dict)
    paying: str | None = Field(default=None, max_length=20)
    tenders: list[TenderAsked] = Field(default_factory=list, max_length=20)
    tip: int = Field(default=0, ge=0, le=LARGEST)


def read_plan(text: str) -> Plan:
    """The plan as a screen wrote it. Raises PlanUnreadable."""
    try:
        return Plan.model_validate_json(text) if text else Plan()
    except ValidationError as unreadable:
        first = unreadable.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "plan"
        raise PlanUnreadable(f"{where}: {first['msg']}") from unreadable


@dataclass(frozen=True)
class Till:
    """What the sums of a plan depend on besides the bill: the ways to pay, and the house's coins and tips."""

    ways: dict[str, Way]
    currency: Currency
    cash_step: Money
    tips_ppm: Sequence[int]


def payers(plan: Plan, bill: Sums) -> tuple[list[dict[str, Any]], dict[str, Sums]]:
    """What each payer would pay, one after the other in the order of the plan, each of what those before leave open.

    A share that cannot be has the reason as `error`.
    """
    told: list[dict[str, Any]] = []
    taken: dict[str, Sums] = {}
    for key in plan.payers:
        wanted = plan.share.get(key)
        try:
            share, bill = share_of(bill, wanted.wanted() if wanted else EVERYTHING)
        except KioskError as refusal:
            told.append({"key": key, "total": 0, "lines": [], "error": refusal.sentence})
            continue
        taken[key] = share
        told.append({"key": key, "total": share.total, "service": _gross(share), "lines": _lines(share, wanted)})
    return told, taken


def _gross(share: Sums) -> Money:
    return share.service.gross if share.service else 0


def _lines(share: Sums, wanted: ShareAsked | None) -> list[dict[str, Any]]:
    parts = {one.line_id: one.of for one in (wanted.lines if wanted else None) or ()}
    even = (wanted and wanted.even) or 1
    return [{"line_id": row.key, "of": parts.get(row.key, even), "gross": row.gross} for row in share.by_line]


def paying(plan: Plan, total: Money, till: Till) -> dict[str, Any]:
    """How far the keyed tenders pay a share of `total`; what is due includes the tip that is chosen, not yet given.

    A tender that cannot be is told as `refusal`, and what is due stands as if none were keyed.
    """
    paid, change, refusal = _keyed(plan, total, till)
    open_amount = total - paid
    is_due = open_amount != 0 or (total == 0 and not plan.tenders)
    tip = rules.cash_tip(open_amount, plan.tip, till.cash_step)
    cash_due = round_to(open_amount, till.cash_step) + tip if is_due else 0
    keys = rules.cash_keys(cash_due, cash_step=till.cash_step, currency=till.currency)
    return {
        "key": plan.paying,
        "total": total,
        "paid": paid,
        "due": open_amount + plan.tip if is_due else 0,
        "tip": plan.tip,
        "cash_due": cash_due,
        "cash_tip": tip,
        "cash_keys": [asdict(key) for key in keys],
        "tips": [asdict(key) for key in rules.tip_keys(total, till.tips_ppm, till.currency)],
        "change": change,
        "refusal": refusal,
    }


def _keyed(plan: Plan, total: Money, till: Till) -> tuple[Money, Money, str]:
    """What the tenders pay of the total, the change they give, and why they cannot be taken."""
    try:
        given = with_ways([tender.given_here() for tender in plan.tenders], till.ways, is_final=False)
        paid = rules.pay(total, given, cash_step=till.cash_step, currency=till.currency, is_final=False)
    except KioskError as refusal:
        return 0, 0, refusal.sentence
    return sum(one.amount for one in paid), sum(one.change_due for one in paid), ""
