"""Rows of stations, their tickets and the dishes on them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.tables import Base, Code, Document, Id, Instant, Name, Sentence, table_args


class Station(Base):
    """A place in the kitchen or bar; amber and red come after `soon_s` and `late_s` seconds."""

    __tablename__ = "stations"
    __table_args__ = table_args(UniqueConstraint("venue_id", "code"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    code: Mapped[str] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Name)
    position: Mapped[int] = mapped_column(Integer)
    soon_s: Mapped[int] = mapped_column(Integer, default=660)
    late_s: Mapped[int] = mapped_column(Integer, default=900)
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class KitchenTicket(Base):
    """What one station sees of one firing of one check, from `shown_at` on (None: at once).

    `check_number` is the check's as it is on paper.
    """

    __tablename__ = "kitchen_tickets"
    __table_args__ = table_args(
        UniqueConstraint("check_id", "fire_no", "station_id"),
        Index("ix_kitchen_tickets_board", "bumped_at", "fired_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    station_id: Mapped[int] = mapped_column(Id, ForeignKey("stations.id"))
    check_id: Mapped[int] = mapped_column(Id)
    fire_no: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(Name)
    covers: Mapped[int] = mapped_column(Integer)
    waiter: Mapped[str] = mapped_column(Name)
    fired_at: Mapped[datetime] = mapped_column(Instant)
    bumped_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    bumped_by: Mapped[int | None] = mapped_column(Id, nullable=True)
    shown_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    is_refire: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("0"))
    is_take_away: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("0"))
    pickup_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    check_number: Mapped[int] = mapped_column(Id, default=0, server_default=text("0"))


class TicketLine(Base):
    """One dish on a ticket: `line_id` is the line of the check it cooks for.

    `label` is where it goes when it moved since it was fired; a `mark` ("changed", "refire") says since when it is
    marked and what it `was`, or why. `meant_for` names stations the house does not have. `menu_name` is for paper that
    names dishes as the menu does.
    """

    __tablename__ = "ticket_lines"
    __table_args__ = table_args(UniqueConstraint("ticket_id", "line_id"), Index("ix_ticket_lines_line_id", "line_id"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    ticket_id: Mapped[int] = mapped_column(Id, ForeignKey("kitchen_tickets.id"))
    line_id: Mapped[int] = mapped_column(Id)
    position: Mapped[int] = mapped_column(Integer)
    course: Mapped[int] = mapped_column(Integer)
    quantity: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Name)
    portion_name: Mapped[str] = mapped_column(Name)
    modifiers: Mapped[list[Any]] = mapped_column(Document, default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    is_allergy: Mapped[bool] = mapped_column(Boolean, default=False)
    seat_no: Mapped[int | None] = mapped_column(Integer, nullable=True)
    ready_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    voided_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    label: Mapped[str | None] = mapped_column(Name, nullable=True)
    mark: Mapped[str | None] = mapped_column(String(16), nullable=True)
    marked_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    was: Mapped[str | None] = mapped_column(Sentence, nullable=True)
    meant_for: Mapped[str | None] = mapped_column(Name, nullable=True)
    menu_name: Mapped[str] = mapped_column(Name, default="", server_default=text("''"))
