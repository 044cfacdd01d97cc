"""Rows of people, what they earn, devices, sessions and wrong PINs."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.actor import Role
from kiosk.core.tables import Amount, Base, Digest, Id, Instant, Name, enum_of, table_args


class Person(Base):
    """Somebody who works here. The PIN is kept only as a hash over a secret pepper."""

    __tablename__ = "people"
    __table_args__ = table_args(UniqueConstraint("venue_id", "name"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    name: Mapped[str] = mapped_column(Name)
    role: Mapped[Role] = mapped_column(enum_of(Role, "role"))
    pin_hash: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(Integer, default=0)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    added_at: Mapped[datetime] = mapped_column(Instant)


class PayRate(Base):
    """What a person earns from a business day on, until the next row: `wage` an hour, `commission_ppm` of net sales.

    None is no wage, or no commission.
    """

    __tablename__ = "pay_rates"
    __table_args__ = table_args()

    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    from_day: Mapped[date] = mapped_column(Date, primary_key=True)
    wage: Mapped[int | None] = mapped_column(Amount, nullable=True)
    commission_ppm: Mapped[int | None] = mapped_column(Integer, nullable=True)
    set_at: Mapped[datetime] = mapped_column(Instant)


class Device(Base):
    """A tablet, screen or till; known by the digest of the token in its cookie."""

    __tablename__ = "devices"
    __table_args__ = table_args(UniqueConstraint("token_digest"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    name: Mapped[str] = mapped_column(Name)
    token_digest: Mapped[bytes] = mapped_column(Digest)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    added_at: Mapped[datetime] = mapped_column(Instant)
    last_person_id: Mapped[int | None] = mapped_column(Id, nullable=True)


class StaffSession(Base):
    """A person signed in on a device; every act asks whether it still holds."""

    __tablename__ = "staff_sessions"
    __table_args__ = table_args(
        UniqueConstraint("token_digest"),
        Index("ix_staff_sessions_open", "ended_at", "device_id"),
        Index("ix_staff_sessions_started_at", "started_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    device_id: Mapped[int] = mapped_column(Id, ForeignKey("devices.id"))
    token_digest: Mapped[bytes] = mapped_column(Digest)
    started_at: Mapped[datetime] = mapped_column(Instant)
    active_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    ended_by: Mapped[str | None] = mapped_column(String(32), nullable=True)


class PinTries(Base):
    """Wrong PINs of one person on one device: the next try waits, twice as long each time.

    Device 0 stands for all devices together on which the person never typed the right PIN; a row with another device
    says that she did so there, and that strangers elsewhere cannot make her wait on it.
    """

    __tablename__ = "pin_tries"
    __table_args__ = table_args()

    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    device_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    wrong: Mapped[int] = mapped_column(Integer, default=0)
    wait_until: Mapped[datetime] = mapped_column(Instant)
