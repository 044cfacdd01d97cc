"""Rows of receipts, their lines, taxes and tenders. Written once; the database refuses to change or drop them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.tables import Amount, Base, Code, Document, Id, Instant, Name, enum_of, table_args
from kiosk.payments.rules import ReceiptKind, TenderKind

APPEND_ONLY = ("receipts", "receipt_lines", "receipt_taxes", "tenders", "journal_entries")
"""Tables whose rows the database itself refuses to update or delete."""


class Receipt(Base):
    """The numbered document of a settled share. `series` is empty for our own, else names an imported history."""

    __tablename__ = "receipts"
    __table_args__ = table_args(
        UniqueConstraint("venue_id", "series", "number"),
        Index("ix_receipts_day", "venue_id", "business_day", "id"),
        Index("ix_receipts_check_id", "check_id"),
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


class ReceiptLine(Base):
    """One line of a receipt; `amount` is what it adds to the turnover."""

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
    """A means of payment given: `amount` is what it pays of the total, `tip` apart; change is handed back from cash."""

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
