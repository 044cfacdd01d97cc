"""Rows of printers and of what waits to be printed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.tables import Base, Code, Document, Id, Instant, Name, Sentence, enum_of, table_args


class PrinterKind(StrEnum):
    FILE = "file"


class JobState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    FAILED = "failed"


class Printer(Base):
    """A printer: where its bytes go and how wide its paper is."""

    __tablename__ = "printers"
    __table_args__ = table_args(UniqueConstraint("venue_id", "code"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    code: Mapped[str] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Name)
    kind: Mapped[PrinterKind] = mapped_column(enum_of(PrinterKind, "kind"))
    address: Mapped[str] = mapped_column(Name, default="")
    columns: Mapped[int] = mapped_column(Integer, default=42)
    prints: Mapped[list[str]] = mapped_column(Document, default=list)
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class PrintJob(Base):
    """A document to be printed, with its frozen content, written in the transaction of the act that causes it."""

    __tablename__ = "print_jobs"
    __table_args__ = table_args(
        UniqueConstraint("printer_id", "cause"), Index("ix_print_jobs_waiting", "state", "printer_id", "id")
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    printer_id: Mapped[int] = mapped_column(Id, ForeignKey("printers.id"))
    kind: Mapped[str] = mapped_column(Code)
    cause: Mapped[str] = mapped_column(String(120))
    document: Mapped[dict[str, Any]] = mapped_column(Document)
    state: Mapped[JobState] = mapped_column(enum_of(JobState, "state"), default=JobState.QUEUED)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    queued_at: Mapped[datetime] = mapped_column(Instant)
    printed_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    trouble: Mapped[str | None] = mapped_column(Sentence, nullable=True)
