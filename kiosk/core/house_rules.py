"""The rules a house may choose for itself, by name: how they are read, checked and changed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import update

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.errors import Refused
from kiosk.core.journal import Act
from kiosk.core.models import Venue
from kiosk.core.money_rules import RULES

DAY_S = 86_400
LATE = "late_"


class HouseRules(BaseModel):
    """What can be chosen, its bounds and what it means; times in seconds."""

    model_config = ConfigDict(extra="forbid")

    hold_courses: bool = Field(description="Send tells the kitchen the first course and holds the rest")
    undo_s: int = Field(ge=0, le=30, description="how long a send can be taken back before the kitchen sees it")
    course_gap_s: int = Field(ge=60, le=2 * 3600, description="from the last plate of a course to the next course")
    reserved_before_s: int = Field(ge=0, le=DAY_S, description="how long before its time a booking shows on its table")
    clear_tables: bool = Field(description="a paid table is to be cleared before it is free")
    idle_lock_s: int = Field(ge=30, le=DAY_S, description="a tablet nobody touches is locked after this time")
    late_seated_s: int = Field(300, ge=60, le=DAY_S, description="seated without an order is late after this time")
    late_ordered_s: int = Field(900, ge=60, le=DAY_S, description="ordered and nothing served is late after this time")
    late_served_s: int = Field(2400, ge=60, le=DAY_S, description="served without asking for the bill")
    late_billing_s: int = Field(600, ge=60, le=DAY_S, description="a bill out and not paid")
    late_paid_s: int = Field(480, ge=60, le=DAY_S, description="a paid table that is not cleared")

    @property
    def step_limits(self) -> dict[str, int]:
        """Seconds after which each step of a table is late."""
        return {name.removeprefix(LATE).removesuffix("_s"): value for name, value in self if name.startswith(LATE)}


class NoSuchRule(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no house rule {name}. Choose one of {', '.join((*HouseRules.model_fields, *RULES))}."
        )


class RuleRefused(Refused):
    def __init__(self, name: str, given: str, reason: str) -> None:
        super().__init__(f"{name} cannot be {given}: {reason}.")


def rules_of(venue: Venue) -> HouseRules:
    """The rules a venue has chosen, the usual ones where it has not."""
    chosen: dict[str, Any] = {name: getattr(venue, name) for name in HouseRules.model_fields if hasattr(venue, name)}
    limits = {f"{LATE}{step}_s": seconds for step, seconds in (venue.step_limits or {}).items()}
    return HouseRules.model_validate(chosen | limits)


async def show_rules(read: Read) -> HouseRules:
    """The rules of the house."""
    return rules_of(await read.venue())


async def show_all_rules(read: Read) -> list[tuple[str, str, str]]:
    """Every rule of the house: its name, what it is as it would be typed, what it means."""
    venue = await read.venue()
    chosen = rules_of(venue)
    times = [
        (name, _typed(getattr(chosen, name)), told.description or "") for name, told in HouseRules.model_fields.items()
    ]
    money = [(name, show_money(venue, name), rule.meaning) for name, rule in RULES.items()]
    return [*times, *money]


def _typed(value: bool | int) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else str(value)


def show_money(venue: Venue, name: str) -> str:
    """A rule of money as it would be typed."""
    return RULES[name].show(getattr(venue, RULES[name].column), venue.currency)


async def change_rule(tx: Tx, name: str, text: str, *, tax_codes: Collection[str] = (), by: Actor) -> None:
    """Choose a rule anew, as people type it; `tax_codes` are the tax classes that the menu knows.

    Raises NoSuchRule or RuleRefused with what would do.
    """
    by.must(Permission.MANAGE_FLOOR)
    if name in RULES:
        was, now, columns = await _money(tx, name, text.strip(), tax_codes)
    elif name in HouseRules.model_fields:
        was, now, columns = await _time(tx, name, text)
    else:
        raise NoSuchRule(name)
    await tx.change(update(Venue).where(Venue.id == by.venue_id).values(columns))
    tx.record(Act("house_rule_changed", "venue", by.venue_id, by, {"name": name, "was": was, "now": now}))


async def _time(tx: Tx, name: str, text: str) -> tuple[Any, Any, dict[str, Any]]:
    before = await show_rules(tx)
    try:
        after = HouseRules.model_validate(before.model_dump() | {name: text})
    except ValidationError as refused:
        raise RuleRefused(name, text, refused.errors(include_url=False)[0]["msg"].lower()) from refused
    return getattr(before, name), getattr(after, name), _columns(after)


async def _money(tx: Tx, name: str, text: str, tax_codes: Collection[str]) -> tuple[Any, Any, dict[str, Any]]:
    venue, rule = await tx.venue(), RULES[name]
    try:
        chosen = rule.read(text, venue.currency)
    except Refused as refused:
        raise RuleRefused(name, text, refused.sentence.rstrip(".")) from refused
    if name == "service_tax_code" and chosen and chosen not in tax_codes:
        raise RuleRefused(name, text, f"the menu has {', '.join(sorted(tax_codes)) or 'no tax classes'}")
    return show_money(venue, name), rule.show(chosen, venue.currency), {rule.column: chosen}


def _columns(rules: HouseRules) -> dict[str, Any]:
    plain = {name: value for name, value in rules if not name.startswith(LATE)}
    return plain | {"step_limits": rules.step_limits}
