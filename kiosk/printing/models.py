"""Rows of printers and of what waits to be printed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.tables import Base, Code, Document, Id, Instant, Name, Sentence, enum_of, table_args


class PrinterKind(StrEnum):
    """How its bytes travel: files in a folder, TCP 9100, a cable, or a queue of the computer's own."""

    FILE = "file"
    TCP = "tcp"
    USB = "usb"
    SERIAL = "serial"
    CUPS = "cups"


class Ack(StrEnum):
    """How a printer proves that a job is on paper: by its process ID, a status in order, one beside, or not at all."""

    PROCESS_ID = "process_id"
    GS_R = "gs_r"
    STATUS = "status"
    NONE = "none"


class Cut(StrEnum):
    PARTIAL = "partial"
    FULL = "full"
    NONE = "none"


class DrawerKick(StrEnum):
    """The pin that opens the drawer under a printer, where there is one."""

    NONE = "none"
    PIN_2 = "pin_2"
    PIN_5 = "pin_5"


class Buzzer(StrEnum):
    """The command that rings: that of most clones, or Epson's."""

    NONE = "none"
    ESC_B = "esc_b"
    ESC_A = "esc_a"


class Names(StrEnum):
    """What a kitchen ticket calls a dish: as the kitchen does, as the menu does, or both."""

    KITCHEN = "kitchen"
    MENU = "menu"
    BOTH = "both"


class JobState(StrEnum):
    """Where a job is. `doubt`: bytes went and no proof came; `held`: the printer waits for paper, cover or power."""

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    DOUBT = "doubt"
    HELD = "held"
    FAILED = "failed"
    REROUTED = "rerouted"
    CANCELLED = "cancelled"


class Printer(Base):
    """A printer: where its bytes go, how wide its paper is, what it understands and what it prints.

    `prints` are roles: receipt, bill, report, slip, and station:<code>. What it cannot print for `backup_after_s`
    seconds its backup prints. Its drawer is that of `till`, without one that of every till.
    """

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
    dots: Mapped[int] = mapped_column(Integer, default=512, server_default=text("512"))
    code_page: Mapped[str] = mapped_column(String(16), default="CP858", server_default=text("'CP858'"))
    code_page_no: Mapped[int] = mapped_column(Integer, default=19, server_default=text("19"))
    cut: Mapped[Cut] = mapped_column(enum_of(Cut, "cut"), default=Cut.PARTIAL, server_default=text("'partial'"))
    ack: Mapped[Ack] = mapped_column(enum_of(Ack, "ack"), default=Ack.NONE, server_default=text("'none'"))
    drawer_kick: Mapped[DrawerKick] = mapped_column(
        enum_of(DrawerKick, "drawer_kick"), default=DrawerKick.NONE, server_default=text("'none'")
    )
    till: Mapped[int | None] = mapped_column(Integer, nullable=True)
    buzzer: Mapped[Buzzer] = mapped_column(
        enum_of(Buzzer, "buzzer"), default=Buzzer.NONE, server_default=text("'none'")
    )
    backup_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    backup_after_s: Mapped[int] = mapped_column(Integer, default=15, server_default=text("15"))
    language: Mapped[str] = mapped_column(String(16), default="en", server_default=text("'en'"))
    names: Mapped[Names] = mapped_column(
        enum_of(Names, "names"), default=Names.KITCHEN, server_default=text("'kitchen'")
    )


class PrintJob(Base):
    """A document to be printed, with its frozen content, written in the transaction of the act that causes it.

    Nothing is printed before `not_before`. Every copy after the first is marked; `asked_by` is who asked for it.
    `troubled_at`: since when people are told that it is not on paper. `rerouted_from` is the job it stands in for.
    """

    __tablename__ = "print_jobs"
    __table_args__ = table_args(
        UniqueConstraint("printer_id", "cause"),
        Index("ix_print_jobs_waiting", "state", "printer_id", "id"),
        Index("ix_print_jobs_check", "check_id", "state"),
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
    copy_no: Mapped[int] = mapped_column(Integer, default=1, server_default=text("1"))
    check_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    label: Mapped[str] = mapped_column(Name, default="", server_default=text("''"))
    not_before: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    first_sent_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    troubled_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    ack: Mapped[str | None] = mapped_column(String(16), nullable=True)
    rerouted_from: Mapped[int | None] = mapped_column(Id, nullable=True)
    asked_by: Mapped[str] = mapped_column(Name, default="", server_default=text("''"))


class PrintAttempt(Base):
    """One try to put a job on paper: how many of its bytes went, what the printer answered, how long it took."""

    __tablename__ = "print_attempts"
    __table_args__ = table_args(Index("ix_print_attempts_job", "job_id", "id"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    job_id: Mapped[int] = mapped_column(Id, ForeignKey("print_jobs.id"))
    printer_id: Mapped[int] = mapped_column(Id, ForeignKey("printers.id"))
    copy_no: Mapped[int] = mapped_column(Integer)
    begun_at: Mapped[datetime] = mapped_column(Instant)
    ms: Mapped[int] = mapped_column(Integer)
    bytes_sent: Mapped[int] = mapped_column(Integer)
    result: Mapped[str] = mapped_column(String(16))
    trouble: Mapped[str | None] = mapped_column(Sentence, nullable=True)
