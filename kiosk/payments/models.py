"""Rows of receipts, their lines, taxes and tenders. Written once; the database refuses to change or drop them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.tables import Amount, Base, Code, Document, Id, Instant, Key, Name, Sentence, enum_of, table_args
from kiosk.payments.rules import PaymentState, ReceiptKind, TenderKind

APPEND_ONLY = (
    "receipts",
    "receipt_lines",
    "receipt_taxes",
    "tenders",
    "journal_entries",
    "movements",
    "z_reports",
)
"""Tables whose rows the database itself refuses to update or delete."""


class Receipt(Base):
    """The numbered document of a settled share. `series` is empty for our own, else names an imported history.

    A refund names the receipt it gives back and has negative sums. `is_correction` marks the pair of a refund and a
    new sale by which a wrong tender was put right, `is_undo` a refund whose lines are open on their check again.
    """

    __tablename__ = "receipts"
    __table_args__ = table_args(
        UniqueConstraint("venue_id", "series", "number"),
        Index("ix_receipts_day", "venue_id", "business_day", "id"),
        Index("ix_receipts_check_id", "check_id"),
        Index("ix_receipts_refunds_id", "refunds_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    series: Mapped[str] = mapped_column(Code, default="")
    number: Mapped[str] = mapped_column(Code)
    kind: Mapped[ReceiptKind] = mapped_column(enum_of(ReceiptKind, "kind"), default=ReceiptKind.SALE)
    refunds_id: Mapped[int | None] = mapped_column(Id, ForeignKey("receipts.id"), nullable=True)
    check_id: Mapped[int | None] = mapped_column(Id, ForeignKey("checks.id"), nullable=True)
    share_no: Mapped[int] = mapped_column(Integer, default=1)
    label: Mapped[str] = mapped_column(Name, default="")
    covers: Mapped[int] = mapped_column(Integer, default=0)
    staff_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    staff: Mapped[str] = mapped_column(Name, default="")
    cashier: Mapped[str] = mapped_column(Name, default="")
    opened_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    closed_at: Mapped[datetime] = mapped_column(Instant)
    business_day: Mapped[date] = mapped_column(Date)
    hour: Mapped[int] = mapped_column(Integer)
    currency_code: Mapped[str] = mapped_column(String(3))
    gross_lines: Mapped[int] = mapped_column(Amount)
    discount: Mapped[int] = mapped_column(Amount, default=0)
    service_charge: Mapped[int] = mapped_column(Amount, default=0)
    net: Mapped[int] = mapped_column(Amount)
    tax: Mapped[int] = mapped_column(Amount)
    total: Mapped[int] = mapped_column(Amount)
    cash_rounding: Mapped[int] = mapped_column(Amount, default=0)
    tip: Mapped[int] = mapped_column(Amount, default=0)
    paper: Mapped[Any] = mapped_column(Document, nullable=True)
    reason: Mapped[str | None] = mapped_column(Sentence, nullable=True)
    is_correction: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("0"))
    is_undo: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("0"))


class ReceiptLink(Base):
    """The page of a receipt for its guest: whoever has the token may read it."""

    __tablename__ = "receipt_links"
    __table_args__ = table_args(UniqueConstraint("token"))

    receipt_id: Mapped[int] = mapped_column(Id, ForeignKey("receipts.id"), primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(Code)
    made_at: Mapped[datetime] = mapped_column(Instant)


class ReceiptLine(Base):
    """One line of a receipt; `amount` is what it adds to the turnover, `less` what was taken off before.

    Of a line that several share, `part` says which part this is ("1/3"), and its quantity is counted once, on the
    receipt that pays the last of it. A refunded line names the position `of_position` it gives back. `cost` is what the
    goods cost the house, counted where the quantity is; None where that is not known.
    """

    __tablename__ = "receipt_lines"
    __table_args__ = table_args(
        Index("ix_receipt_lines_day", "venue_id", "business_day", "category", "item", "portion_name")
    )

    receipt_id: Mapped[int] = mapped_column(Id, ForeignKey("receipts.id"), primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id)
    business_day: Mapped[date] = mapped_column(Date)
    line_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    category: Mapped[str] = mapped_column(Name)
    item: Mapped[str] = mapped_column(Name)
    portion_name: Mapped[str] = mapped_column(Name)
    quantity: Mapped[int] = mapped_column(Integer)
    unit_price: Mapped[int] = mapped_column(Amount)
    amount: Mapped[int] = mapped_column(Amount)
    rate_ppm: Mapped[int] = mapped_column(Integer)
    net: Mapped[int] = mapped_column(Amount)
    tax: Mapped[int] = mapped_column(Amount)
    less: Mapped[int] = mapped_column(Amount, default=0, server_default=text("0"))
    part: Mapped[str] = mapped_column(String(32), default="", server_default=text("''"))
    of_position: Mapped[int | None] = mapped_column(Integer, nullable=True)
    cost: Mapped[int | None] = mapped_column(Amount, nullable=True)


class ReceiptTax(Base):
    """The tax table of a receipt: net, tax and gross at one rate."""

    __tablename__ = "receipt_taxes"
    __table_args__ = table_args(Index("ix_receipt_taxes_day", "venue_id", "business_day", "rate_ppm"))

    receipt_id: Mapped[int] = mapped_column(Id, ForeignKey("receipts.id"), primary_key=True, autoincrement=False)
    rate_ppm: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id)
    business_day: Mapped[date] = mapped_column(Date)
    net: Mapped[int] = mapped_column(Amount)
    tax: Mapped[int] = mapped_column(Amount)
    gross: Mapped[int] = mapped_column(Amount)


class Tender(Base):
    """A means of payment given: `amount` is what it pays of the total, `tip` apart; change is handed back from cash.

    given = amount + rounding + tip + change_due, in the venue's currency; `currency_given` is what was handed over in
    another one, at `rate`. `note` is what the tender type asks for: a voucher's number, an account's name.
    """

    __tablename__ = "tenders"
    __table_args__ = table_args(Index("ix_tenders_day", "venue_id", "business_day", "kind"))

    receipt_id: Mapped[int] = mapped_column(Id, ForeignKey("receipts.id"), primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id)
    business_day: Mapped[date] = mapped_column(Date)
    kind: Mapped[TenderKind] = mapped_column(enum_of(TenderKind, "kind"))
    name: Mapped[str] = mapped_column(Code)
    given: Mapped[int] = mapped_column(Amount)
    change_due: Mapped[int] = mapped_column(Amount, default=0)
    tip: Mapped[int] = mapped_column(Amount, default=0)
    amount: Mapped[int] = mapped_column(Amount)
    rounding: Mapped[int] = mapped_column(Amount, default=0, server_default=text("0"))
    drawer_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    note: Mapped[str] = mapped_column(Name, default="", server_default=text("''"))
    payment_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    currency_code: Mapped[str | None] = mapped_column(String(3), nullable=True)
    currency_given: Mapped[int | None] = mapped_column(Amount, nullable=True)
    rate: Mapped[str | None] = mapped_column(String(32), nullable=True)
    of_position: Mapped[int | None] = mapped_column(Integer, nullable=True)


class TenderType(Base):
    """A way to pay that this house takes; the usual ones hold while there is no row."""

    __tablename__ = "tender_types"
    __table_args__ = table_args(UniqueConstraint("venue_id", "code"))

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    code: Mapped[str] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Name)
    kind: Mapped[TenderKind] = mapped_column(enum_of(TenderKind, "kind"))
    provider: Mapped[str] = mapped_column(Code, default="manual")
    needs_note: Mapped[bool] = mapped_column(Boolean, default=False)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    position: Mapped[int] = mapped_column(Integer, default=0)


class ProviderPayment(Base):
    """Money asked of a payment provider: what is known of it, also when the answer never came.

    `key` makes the provider act once; `receipt_id` is set when a receipt used it, which happens once. `refunded` is
    what it gave back or was asked to.
    """

    __tablename__ = "provider_payments"
    __table_args__ = table_args(
        UniqueConstraint("key"),
        Index("ix_provider_payments_check_id", "check_id"),
        Index("ix_provider_payments_state", "venue_id", "state"),
        Index("ix_provider_payments_reference", "provider", "reference"),
        Index("ix_provider_payments_unused", "venue_id", "receipt_id", "state"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"))
    check_id: Mapped[int] = mapped_column(Id, ForeignKey("checks.id"))
    provider: Mapped[str] = mapped_column(Code)
    tender_code: Mapped[str] = mapped_column(Code)
    key: Mapped[bytes] = mapped_column(Key)
    amount: Mapped[int] = mapped_column(Amount)
    currency_code: Mapped[str] = mapped_column(String(3))
    state: Mapped[PaymentState] = mapped_column(enum_of(PaymentState, "state"))
    reference: Mapped[str] = mapped_column(Name, default="")
    told: Mapped[str] = mapped_column(Sentence, default="")
    link: Mapped[str | None] = mapped_column(Sentence, nullable=True)
    refunded: Mapped[int] = mapped_column(Amount, default=0)
    receipt_id: Mapped[int | None] = mapped_column(Id, nullable=True)
    started_at: Mapped[datetime] = mapped_column(Instant)
    started_by: Mapped[int | None] = mapped_column(Id, nullable=True)
    cancel_asked_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    changed_at: Mapped[datetime] = mapped_column(Instant)


class ExchangeRate(Base):
    """What one euro was worth in another currency on a day, as its source wrote it."""

    __tablename__ = "exchange_rates"
    __table_args__ = table_args()

    currency_code: Mapped[str] = mapped_column(String(3), primary_key=True)
    rate_day: Mapped[date] = mapped_column(Date, primary_key=True)
    rate: Mapped[str] = mapped_column(String(32))
    source: Mapped[str] = mapped_column(Code)
    fetched_at: Mapped[datetime] = mapped_column(Instant)
