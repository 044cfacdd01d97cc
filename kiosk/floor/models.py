"""Rows of sections, dining tables and who sits at them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.tables import Base, Id, Instant, Name, Sentence, enum_of, table_args
from kiosk.floor import rules


class Section(Base):
    """A part of the floor."""

    __tablename__ = "sections"
    __table_args__ = table_args(UniqueConstraint("venue_id", "name"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    name: Mapped[str] = mapped_column(Name)
    position: Mapped[int] = mapped_column(Integer)
    waiter_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    waiter: Mapped[str | None] = mapped_column(Name, nullable=True)


class DiningTable(Base):
    """A table guests sit at. Its state is never stored: it follows from its seating and that seating's check.

    Its place on the plan is `x`, `y`, `width`, `height` on a section of 1200 by 800 units, None while nobody has put it
    somewhere. A table joined to another (`joined_to_id`) has that one's state.
    """

    __tablename__ = "dining_tables"
    __table_args__ = table_args(UniqueConstraint("venue_id", "label"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    section_id: Mapped[int] = mapped_column(Id, ForeignKey("sections.id"))
    label: Mapped[str] = mapped_column(String(16))
    seats: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    x: Mapped[int | None] = mapped_column(Integer, nullable=True)
    y: Mapped[int | None] = mapped_column(Integer, nullable=True)
    width: Mapped[int | None] = mapped_column(Integer, nullable=True)
    height: Mapped[int | None] = mapped_column(Integer, nullable=True)
    shape: Mapped[str | None] = mapped_column(String(16), nullable=True)
    joined_to_id: Mapped[int | None] = mapped_column(Id, nullable=True)

    @property
    def place(self) -> rules.Place | None:
        """Where it stands on the plan, once somebody has put it there."""
        if self.x is None or self.y is None or self.width is None or self.height is None:
            return None
        return rules.Place(self.x, self.y, self.width, self.height, rules.Shape(self.shape or rules.Shape.SQUARE))


class Seating(Base):
    """A party at a table, with its check. `held_table_id` is the table while the party holds it, and unique."""

    __tablename__ = "seatings"
    __table_args__ = table_args(
        UniqueConstraint("check_id"), UniqueConstraint("held_table_id"), Index("ix_seatings_table_id", "table_id")
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    table_id: Mapped[int] = mapped_column(Id, ForeignKey("dining_tables.id"))
    held_table_id: Mapped[int | None] = mapped_column(Id, ForeignKey("dining_tables.id"), nullable=True)
    check_id: Mapped[int] = mapped_column(Id, ForeignKey("checks.id"))
    seated_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)


class ReservationKind(StrEnum):
    """A booking of guests, a party that walked in and waits, or a table that staff keeps back."""

    BOOKED = "booked"
    WALK_IN = "walk_in"
    HELD = "held"


class ReservationState(StrEnum):
    WAITING = "waiting"
    SEATED = "seated"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Reservation(Base):
    """Somebody who is to get a table: when (`due_at`), how many, which table if any.

    A held table has no guests: its `name` is the reason and `until_at` the end, at which it is free by itself.
    """

    __tablename__ = "reservations"
    __table_args__ = table_args(Index("ix_reservations_waiting", "venue_id", "state", "due_at"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    kind: Mapped[ReservationKind] = mapped_column(enum_of(ReservationKind, "kind"))
    state: Mapped[ReservationState] = mapped_column(
        enum_of(ReservationState, "state"), default=ReservationState.WAITING
    )
    name: Mapped[str] = mapped_column(Name)
    covers: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime] = mapped_column(Instant)
    until_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(Sentence, default="")
    table_id: Mapped[int | None] = mapped_column(Id, ForeignKey("dining_tables.id"), nullable=True)
    check_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[int | None] = mapped_column(Id, nullable=True)
    ended_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
