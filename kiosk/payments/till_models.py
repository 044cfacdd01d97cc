"""Rows of the till: drawers, the daybook with its running balance, and the closed days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Date, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.tables import Amount, Base, Code, Document, Id, Instant, Name, Sentence, enum_of, table_args
from kiosk.payments.rules import DrawerState, MovementKind


class Drawer(Base):
    """One cash session of one till, from its float to its count. `open_till` is the till until it is closed.

    `counts` are the blind counts as typed: [{"at", "by", "pieces": {"5000": 7}, "sum"}]; expected and counted are
    frozen with the last one.
    """

    __tablename__ = "drawers"
    __table_args__ = table_args(
        UniqueConstraint("venue_id", "number"),
        UniqueConstraint("venue_id", "open_till"),
        Index("ix_drawers_day", "venue_id", "closed_day"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    number: Mapped[int] = mapped_column(Id)
    till: Mapped[int] = mapped_column(Integer)
    open_till: Mapped[int | None] = mapped_column(Integer, nullable=True)
    state: Mapped[DrawerState] = mapped_column(enum_of(DrawerState, "state"), default=DrawerState.OPEN)
    device_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    holder_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    holder: Mapped[str] = mapped_column(Name)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    opened_day: Mapped[date] = mapped_column(Date)
    opening_float: Mapped[int] = mapped_column(Amount)
    counts: Mapped[list[dict[str, Any]]] = mapped_column(Document, default=list)
    counted_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    counted: Mapped[int | None] = mapped_column(Amount, nullable=True)
    expected: Mapped[int | None] = mapped_column(Amount, nullable=True)
    reason: Mapped[str] = mapped_column(Sentence, default="")
    closed_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    closed_day: Mapped[date | None] = mapped_column(Date, nullable=True)


FILTERED: Final = {
    "ix_movements_kind": ("kind",),
    "ix_movements_person": ("person_id",),
    "ix_movements_account": ("account",),
    "ix_movements_kind_person": ("kind", "person_id"),
    "ix_movements_kind_account": ("kind", "account"),
    "ix_movements_person_account": ("person_id", "account"),
    "ix_movements_all": ("kind", "person_id", "account"),
}
"""An index for every combination of what the daybook is filtered by, so that a page costs the same everywhere."""


class Movement(Base):
    """One row of the daybook, numbered without a gap: money that came (+) or went (-), and both balances after it.

    `account` is "cash:1" for the first till's drawer, else a tender type's code. A sale's amount is what stays: what
    was given less the change, of which `tip` and `rounding` are no turnover.
    """

    __tablename__ = "movements"
    __table_args__ = table_args(
        Index("ix_movements_day", "venue_id", "business_day", "seq"),
        *(Index(name, "venue_id", *columns, "business_day", "seq") for name, columns in FILTERED.items()),
        Index("ix_movements_receipt", "receipt_id"),
    )

    venue_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    business_day: Mapped[date] = mapped_column(Date)
    moved_at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[MovementKind] = mapped_column(enum_of(MovementKind, "kind"))
    account: Mapped[str] = mapped_column(Code)
    drawer_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    receipt_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    number: Mapped[str] = mapped_column(Code, default="")
    label: Mapped[str] = mapped_column(Name, default="")
    reason: Mapped[str] = mapped_column(Sentence, default="")
    person_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    person: Mapped[str] = mapped_column(Name)
    approver: Mapped[str | None] = mapped_column(Name, nullable=True)
    amount: Mapped[int] = mapped_column(Amount)
    tip: Mapped[int] = mapped_column(Amount, default=0)
    rounding: Mapped[int] = mapped_column(Amount, default=0)
    balance: Mapped[int] = mapped_column(Amount)
    account_balance: Mapped[int] = mapped_column(Amount)


class MoneyHead(Base):
    """Where a venue's books stand: the last receipt, movement and Z, every balance, the last day closed and booked on.

    Locked by whatever moves money, after everything else but the journal.
    """

    __tablename__ = "money_heads"
    __table_args__ = table_args()

    venue_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    receipt_no: Mapped[int] = mapped_column(Id, default=0)
    movement_no: Mapped[int] = mapped_column(Id, default=0)
    z_no: Mapped[int] = mapped_column(Id, default=0)
    balance: Mapped[int] = mapped_column(Amount, default=0)
    accounts: Mapped[dict[str, int]] = mapped_column(Document, default=dict)
    closed_day: Mapped[date | None] = mapped_column(Date, nullable=True)
    booked_day: Mapped[date | None] = mapped_column(Date, nullable=True)


class ZReport(Base):
    """A closed business day: its sums and its paper, never changed. It covers its day's receipts and movements."""

    __tablename__ = "z_reports"
    __table_args__ = table_args(
        UniqueConstraint("venue_id", "number"),
        UniqueConstraint("venue_id", "business_day"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    number: Mapped[int] = mapped_column(Id)
    business_day: Mapped[date] = mapped_column(Date)
    closed_at: Mapped[datetime] = mapped_column(Instant)
    closed_by: Mapped[int | None] = mapped_column(Id, nullable=True)
    closer: Mapped[str] = mapped_column(Name)
    figures: Mapped[dict[str, Any]] = mapped_column(Document)
    paper: Mapped[dict[str, Any]] = mapped_column(Document)
