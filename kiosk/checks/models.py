"""Rows of checks and their lines."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.tables import Amount, Base, Code, Document, Id, Instant, Name, Sentence, enum_of, table_args


class Dining(StrEnum):
    EAT_IN = "eat_in"
    TAKE_AWAY = "take_away"


class CheckState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class LineState(StrEnum):
    """How far a line has come on the check; whether it is cooking or ready is the kitchen's to say."""

    DRAFT = "draft"
    HELD = "held"
    FIRED = "fired"
    SERVED = "served"
    VOIDED = "voided"


class Check(Base):
    """What one party owes. One that was merged is cancelled and names the check that took its lines.

    `service_ppm` overrides the house's service charge (0: waived). `paid` is what its settled shares came to,
    `service_paid` what they bore of the charge by covers. `open_bill` is what is left of a bill that was split, kept
    so that its shares sum to it; it holds as long as nothing on the check has changed. A check that never had a
    discount is not `discounted`.
    """

    __tablename__ = "checks"
    __table_args__ = table_args(
        UniqueConstraint("venue_id", "number"),
        Index("ix_checks_open", "venue_id", "state", "id"),
        CheckConstraint("covers >= 0", name="covers"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    number: Mapped[int] = mapped_column(Id)
    label: Mapped[str] = mapped_column(Name)
    covers: Mapped[int] = mapped_column(Integer)
    dining: Mapped[Dining] = mapped_column(enum_of(Dining, "dining"), default=Dining.EAT_IN)
    state: Mapped[CheckState] = mapped_column(enum_of(CheckState, "state"), default=CheckState.OPEN)
    waiter_id: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"), nullable=True)
    waiter: Mapped[str] = mapped_column(Name)
    business_day: Mapped[date] = mapped_column(Date)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    bill_asked_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    closed_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    fire_no: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=0)
    pickup_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    merged_into_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    service_ppm: Mapped[int | None] = mapped_column(Integer, nullable=True)
    service_paid: Mapped[int] = mapped_column(Amount, default=0, server_default=text("0"))
    paid: Mapped[int] = mapped_column(Amount, default=0, server_default=text("0"))
    open_bill: Mapped[Any] = mapped_column(Document, nullable=True)
    discounted: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("0"))


class CheckLine(Base):
    """One item rung on a check, with the name, price and tax the guest was shown.

    `send_no` and `fire_no` count the gestures on the check that sent it and that told the kitchen; the parts of one
    combo share `combo_id`; `came_from_id` is the check it was rung on when that is another. `cost` is what the goods of
    all of it cost the house, as the menu said when it was rung; None where it did not say.
    """

    __tablename__ = "check_lines"
    __table_args__ = table_args(
        Index("ix_check_lines_check_id", "check_id", "id"), CheckConstraint("quantity > 0", name="quantity")
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    check_id: Mapped[int] = mapped_column(Id, ForeignKey("checks.id"))
    item_id: Mapped[int] = mapped_column(Id, ForeignKey("items.id"))
    item_code: Mapped[str] = mapped_column(String(160))
    name: Mapped[str] = mapped_column(Name)
    kitchen_name: Mapped[str] = mapped_column(Name)
    category: Mapped[str] = mapped_column(Name)
    portion_name: Mapped[str] = mapped_column(Name)
    portion_id: Mapped[int] = mapped_column(Id, ForeignKey("portions.id"))
    quantity: Mapped[int] = mapped_column(Integer)
    unit_price: Mapped[int] = mapped_column(Amount)
    modifiers: Mapped[list[Any]] = mapped_column(Document, default=list)
    amount: Mapped[int] = mapped_column(Amount)
    tax_class: Mapped[str] = mapped_column(Code)
    rate_ppm: Mapped[int] = mapped_column(Integer)
    stations: Mapped[list[str]] = mapped_column(Document, default=list)
    course: Mapped[int] = mapped_column(Integer)
    seat_no: Mapped[int | None] = mapped_column(Integer, nullable=True)
    note: Mapped[str] = mapped_column(Text, default="")
    is_allergy: Mapped[bool] = mapped_column(Boolean, default=False)
    state: Mapped[LineState] = mapped_column(enum_of(LineState, "state"), default=LineState.DRAFT)
    rung_by: Mapped[int | None] = mapped_column(Id, nullable=True)
    rung_at: Mapped[datetime] = mapped_column(Instant)
    fired_by: Mapped[int | None] = mapped_column(Id, nullable=True)
    fired_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    served_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    voided_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    void_reason: Mapped[str | None] = mapped_column(Sentence, nullable=True)
    send_no: Mapped[int | None] = mapped_column(Integer, nullable=True)
    fire_no: Mapped[int | None] = mapped_column(Integer, nullable=True)
    sent_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    comped_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    comp_reason: Mapped[str | None] = mapped_column(Sentence, nullable=True)
    combo_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    combo_name: Mapped[str | None] = mapped_column(Name, nullable=True)
    came_from_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    paid: Mapped[int] = mapped_column(Amount, default=0, server_default=text("0"))
    cost: Mapped[int | None] = mapped_column(Amount, nullable=True)

    @property
    def less(self) -> int:
        """What is taken off the amount, in minor units: all of it when the line is on the house."""
        return self.amount if self.comped_at else 0


class CheckDiscount(Base):
    """Less to pay, on one line or on the whole check: a rate or an amount, of which settled shares took `taken`."""

    __tablename__ = "check_discounts"
    __table_args__ = table_args(
        Index("ix_check_discounts_check_id", "check_id"),
        CheckConstraint("(rate_ppm IS NULL) <> (amount IS NULL)", name="one_kind"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    check_id: Mapped[int] = mapped_column(Id, ForeignKey("checks.id"))
    line_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    name: Mapped[str] = mapped_column(Name)
    rate_ppm: Mapped[int | None] = mapped_column(Integer, nullable=True)
    amount: Mapped[int | None] = mapped_column(Amount, nullable=True)
    taken: Mapped[int] = mapped_column(Amount, default=0)
    reason: Mapped[str] = mapped_column(Sentence, default="")
    given_by: Mapped[int | None] = mapped_column(Id, nullable=True)
    giver: Mapped[str] = mapped_column(Name, default="")
    approver: Mapped[str | None] = mapped_column(Name, nullable=True)
    given_at: Mapped[datetime] = mapped_column(Instant)
