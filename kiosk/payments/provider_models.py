"""Rows of money that a provider is to give back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.tables import Amount, Base, Id, Instant, Key, Name, Sentence, enum_of, table_args
from kiosk.payments.rules import PaymentState


class ProviderRefund(Base):
    """Money of a provider's payment to be given back: asked until the provider has said yes or no.

    `receipt_id` is the refund's receipt; there is none for a payment no receipt ever used.
    """

    __tablename__ = "provider_refunds"
    __table_args__ = table_args(
        UniqueConstraint("key"),
        Index("ix_provider_refunds_payment_id", "payment_id"),
        Index("ix_provider_refunds_state", "venue_id", "state"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    payment_id: Mapped[int] = mapped_column(Id, ForeignKey("provider_payments.id"))
    receipt_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    key: Mapped[bytes] = mapped_column(Key)
    amount: Mapped[int] = mapped_column(Amount)
    state: Mapped[PaymentState] = mapped_column(enum_of(PaymentState, "state"))
    reference: Mapped[str] = mapped_column(Name, default="")
    told: Mapped[str] = mapped_column(Sentence, default="")
    reason: Mapped[str] = mapped_column(Sentence, default="")
    asked_at: Mapped[datetime] = mapped_column(Instant)
    asked_by: Mapped[int | None] = mapped_column(Id, nullable=True)
    changed_at: Mapped[datetime] = mapped_column(Instant)
