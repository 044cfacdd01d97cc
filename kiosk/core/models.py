"""Rows that every slice stands on: the venue, commands already carried out, the journal, gapless counters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.money import Currency, Rounding
from kiosk.core.tables import (
    Amount,
    Base,
    Code,
    Digest,
    Document,
    Id,
    Instant,
    Key,
    Long,
    Name,
    Sentence,
    enum_of,
    table_args,
)


class Venue(Base):
    """One restaurant: its money, its clock and its rules.

    `hold_courses`: Send keeps later courses back; `undo_s`: how long a send can be taken back before the kitchen sees
    it; `course_gap_s`: between the last plate of a course and the next; `reserved_before_s`: when a booking begins to
    show on its table; `step_limits`: seconds after which a table's step is late, where they differ from the usual.
    `service_ppm` and `service_per_cover`: the service charge, from `service_from_covers` guests on, taxed as
    `service_tax_code` says; `discounts` and `tip_ppm`: what the counter offers where it differs from the usual;
    `over_short_allowed`: by how much a drawer may differ without a reason. `digital_receipts`: every receipt has a page
    of its own; `tip_line`: bills leave room for a tip and a signature. `mail_day_to`: the addresses, with commas
    between, that are sent the workbook of a closed day. `accounts`: what the accountant's journal books on, where it
    differs from the usual.
    """

    __tablename__ = "venues"
    __table_args__ = table_args()

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Name)
    currency_code: Mapped[str] = mapped_column(String(3))
    locale: Mapped[str] = mapped_column(String(20))
    timezone: Mapped[str] = mapped_column(String(64))
    cutover_minutes: Mapped[int] = mapped_column(Integer, default=240)
    prices_include_tax: Mapped[bool] = mapped_column(Boolean, default=True)
    tax_per_line: Mapped[bool] = mapped_column(Boolean, default=False)
    rounding: Mapped[Rounding] = mapped_column(enum_of(Rounding, "rounding"), default=Rounding.HALF_UP)
    cash_step: Mapped[int] = mapped_column(Amount, default=0)
    idle_lock_s: Mapped[int] = mapped_column(Integer, default=300)
    clear_tables: Mapped[bool] = mapped_column(Boolean, default=False)
    legal_lines: Mapped[list[str]] = mapped_column(Document, default=list)
    hold_courses: Mapped[bool] = mapped_column(Boolean, default=True, server_default=text("1"))
    undo_s: Mapped[int] = mapped_column(Integer, default=5, server_default=text("5"))
    course_gap_s: Mapped[int] = mapped_column(Integer, default=720, server_default=text("720"))
    reserved_before_s: Mapped[int] = mapped_column(Integer, default=1800, server_default=text("1800"))
    step_limits: Mapped[dict[str, int] | None] = mapped_column(Document, nullable=True)
    service_ppm: Mapped[int] = mapped_column(Integer, default=0, server_default=text("0"))
    service_per_cover: Mapped[int] = mapped_column(Amount, default=0, server_default=text("0"))
    service_from_covers: Mapped[int] = mapped_column(Integer, default=1, server_default=text("1"))
    service_tax_code: Mapped[str] = mapped_column(Code, default="", server_default=text("''"))
    discounts: Mapped[list[dict[str, Any]] | None] = mapped_column(Document, nullable=True)
    tip_ppm: Mapped[list[int] | None] = mapped_column(Document, nullable=True)
    over_short_allowed: Mapped[int] = mapped_column(Amount, default=500, server_default=text("500"))
    digital_receipts: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("0"))
    tip_line: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("0"))
    mail_day_to: Mapped[str] = mapped_column(Sentence, default="", server_default=text("''"))
    accounts: Mapped[dict[str, str] | None] = mapped_column(Document, nullable=True)

    @property
    def currency(self) -> Currency:
        return Currency(self.currency_code, self.locale)


class Command(Base):
    """A tap that was carried out: the same key never acts twice and is answered with the same result."""

    __tablename__ = "commands"
    __table_args__ = table_args(Index("ix_commands_acted_at", "acted_at"))

    key: Mapped[bytes] = mapped_column(Key, primary_key=True)
    meaning: Mapped[bytes] = mapped_column(Digest)
    acted_at: Mapped[datetime] = mapped_column(Instant)
    result: Mapped[Any] = mapped_column(Document, nullable=True)


class JournalEntry(Base):
    """One act, chained to the one before it. Never updated, never deleted: triggers see to it."""

    __tablename__ = "journal_entries"
    __table_args__ = table_args(
        Index("ix_journal_entries_subject", "venue_id", "subject_kind", "subject_id"),
        Index("ix_journal_entries_act", "venue_id", "act", "acted_at"),
    )

    venue_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    acted_at: Mapped[datetime] = mapped_column(Instant)
    act: Mapped[str] = mapped_column(Code)
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int] = mapped_column(Id)
    person_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    approver_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    body: Mapped[str] = mapped_column(Long)
    previous: Mapped[bytes] = mapped_column(Digest)
    digest: Mapped[bytes] = mapped_column(Digest)


class JournalHead(Base):
    """Where the journal of a venue ends; locked while an entry is added."""

    __tablename__ = "journal_heads"
    __table_args__ = table_args()

    venue_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Id, default=0)
    digest: Mapped[bytes] = mapped_column(Digest)


class Counter(Base):
    """A gapless number of a venue, drawn in the transaction that uses it."""

    __tablename__ = "counters"
    __table_args__ = table_args()

    venue_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    last: Mapped[int] = mapped_column(Id, default=0)


class Note(Base):
    """A small remembered value of the installation, such as which sample was loaded."""

    __tablename__ = "notes"
    __table_args__ = table_args()

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Sentence)
