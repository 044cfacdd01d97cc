"""Rows of letters that wait to be sent, and of what is enclosed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.tables import Base, Blob, Id, Instant, Long, Name, Sentence, enum_of, table_args


class LetterState(StrEnum):
    """Where a letter is. `sending`: its text is being handed over; `doubt`: it was, and no answer came."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    SENDING = "sending"
    DOUBT = "doubt"


class Letter(Base):
    """An e-mail as it was written; the same cause writes one. Tried again from `next_at` on, at last given up."""

    __tablename__ = "letters"
    __table_args__ = table_args(UniqueConstraint("cause"), Index("ix_letters_waiting", "state", "next_at"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    cause: Mapped[str] = mapped_column(String(120))
    to_address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(Name)
    plain: Mapped[str] = mapped_column(Long)
    html: Mapped[str] = mapped_column(Long)
    state: Mapped[LetterState] = mapped_column(enum_of(LetterState, "state"), default=LetterState.QUEUED)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    queued_at: Mapped[datetime] = mapped_column(Instant)
    next_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    trouble: Mapped[str | None] = mapped_column(Sentence, nullable=True)


class Attachment(Base):
    """A file enclosed with a letter; one without content is made before the letter first goes."""

    __tablename__ = "letter_attachments"
    __table_args__ = table_args(UniqueConstraint("letter_id", "position"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    letter_id: Mapped[int] = mapped_column(Id, ForeignKey("letters.id"))
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Name)
    mime: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(Blob)
