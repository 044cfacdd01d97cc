"""Rows of sections, dining tables and who sits at them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.tables import Base, Id, Instant, Name, table_args


class Section(Base):
    """A part of the floor."""

    __tablename__ = "sections"
    __table_args__ = table_args(UniqueConstraint("venue_id", "name"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    name: Mapped[str] = mapped_column(Name)
    position: Mapped[int] = mapped_column(Integer)


class DiningTable(Base):
    """A table guests sit at. Its state is never stored: it follows from its seating and that seating's check."""

    __tablename__ = "dining_tables"
    __table_args__ = table_args(UniqueConstraint("venue_id", "label"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    section_id: Mapped[int] = mapped_column(Id, ForeignKey("sections.id"))
    label: Mapped[str] = mapped_column(String(16))
    seats: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(Boolean, default=True)


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
