"""What the counter's screen plans: payers, their shares, the tenders keyed so far."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.core.errors import Refused
from kiosk.core.money import Money, round_to
from kiosk.payments import rules
from kiosk.payments.errors import Overpaid, StillShort, TenderUnreadable
from kiosk.payments.rules import CashKey, Given, TipKey, Way
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
        return Given(self.kind, self.given, self.tip, self.note, payment_id=self.payment_id)


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


def paying(plan: Plan, total: Money, ways: dict[str, Way], venue: Any) -> dict[str, Any]:
    """How far the keyed tenders pay a share of `total`; what is due includes the tip that is chosen, not yet given.

    A tender that cannot be is told as `refusal`, and what is due stands as if it were not there.
    """
    paid, change, refusal = _keyed(plan, total, ways, venue)
    open_amount = total - paid
    tip = rules.cash_tip(open_amount, plan.tip, venue.cash_step)
    cash_due = round_to(open_amount, venue.cash_step) + tip if open_amount else 0
    keys = rules.cash_keys(cash_due, cash_step=venue.cash_step, currency=venue.currency)
    return {
        "key": plan.paying,
        "total": total,
        "paid": paid,
        "due": open_amount + plan.tip if open_amount else 0,
        "tip": plan.tip,
        "cash_due": cash_due,
        "cash_tip": tip,
        "cash_keys": [
            _cash_key(key) for key in rules.cash_keys(cash_due, cash_step=venue.cash_step, currency=venue.currency)
        ],
        "tips": [_tip_key(key) for key in rules.tip_keys(total, venue.tip_ppm or rules.TIPS_PPM, venue.currency)],
        "change": change,
        "refusal": refusal,
    }


def _keyed(plan: Plan, total: Money, ways: dict[str, Way], venue: Any) -> tuple[Money, Money, str]:
    """What the tenders pay of the total, the change they give, and why they cannot be taken."""
    try:
        given = with_ways([tender.given_here() for tender in plan.tenders], ways, is_final=False)
        paid = rules.pay(total, given, cash_step=venue.cash_step, currency=venue.currency, is_final=False)
    except (Overpaid, StillShort, TenderUnreadable, Refused) as refusal:
        return 0, 0, refusal.sentence
    return sum(one.amount for one in paid), sum(one.change_due for one in paid), ""


def _cash_key(key: CashKey) -> dict[str, Money]:
    return {"amount": key.amount, "short": key.short, "change": key.change}


def _tip_key(key: TipKey) -> dict[str, Any]:
    return {"amount": key.amount, "percent": key.percent, "round_up": key.round_up}
