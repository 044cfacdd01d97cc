"""Rows of the rollups: what each business day came to, told by one dimension at a time, so that years are read at once.

They repeat the ledger and are never more true than it: a day without a row in `rolled_days` is read from the receipts.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.tables import Amount, Base, Id, Instant, Name, table_args


class RolledDay(Base):
    """A business day whose rollups are made, with its sums; `service_amount` is the service charge with its tax.

    `entries` are its receipts of every kind, `receipts` the sales; `checks` are those of which something was paid on
    this day. `cost` is what its goods cost as far as that is known, `costed` the net sales of the lines whose cost is.
    """

    __tablename__ = "rolled_days"
    __table_args__ = table_args()

    venue_id: Mapped[int] = mapped_column(Id, ForeignKey("venues.id"), primary_key=True, autoincrement=False)
    business_day: Mapped[date] = mapped_column(Date, primary_key=True)
    rolled_at: Mapped[datetime] = mapped_column(Instant)
    entries: Mapped[int] = mapped_column(Integer)
    receipts: Mapped[int] = mapped_column(Integer)
    refunds_count: Mapped[int] = mapped_column(Integer)
    corrections: Mapped[int] = mapped_column(Integer)
    checks: Mapped[int] = mapped_column(Integer)
    covers: Mapped[int] = mapped_column(Integer)
    pieces: Mapped[int] = mapped_column(Integer)
    turnover: Mapped[int] = mapped_column(Amount)
    net: Mapped[int] = mapped_column(Amount)
    tax: Mapped[int] = mapped_column(Amount)
    discounts: Mapped[int] = mapped_column(Amount)
    service: Mapped[int] = mapped_column(Amount)
    refunds: Mapped[int] = mapped_column(Amount)
    cash_rounding: Mapped[int] = mapped_column(Amount)
    tips: Mapped[int] = mapped_column(Amount)
    service_receipts: Mapped[int] = mapped_column(Integer)
    service_amount: Mapped[int] = mapped_column(Amount)
    cost: Mapped[int] = mapped_column(Amount, default=0, server_default=text("0"))
    costed: Mapped[int] = mapped_column(Amount, default=0, server_default=text("0"))


class Rollup(Base):
    """One value of one dimension on one business day, such as an item in a portion; `place` only tells rows apart."""

    __tablename__ = "rollups"
    __table_args__ = table_args()

    venue_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    dimension: Mapped[str] = mapped_column(String(16), primary_key=True)
    business_day: Mapped[date] = mapped_column(Date, primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    first_key: Mapped[str] = mapped_column(Name)
    second_key: Mapped[str] = mapped_column(Name)
    third_key: Mapped[str] = mapped_column(Name)
    times: Mapped[int] = mapped_column(Integer)
    returns: Mapped[int] = mapped_column(Integer)
    covers: Mapped[int] = mapped_column(Integer)
    pieces: Mapped[int] = mapped_column(Integer)
    amount: Mapped[int] = mapped_column(Amount)
    net: Mapped[int] = mapped_column(Amount)
    tax: Mapped[int] = mapped_column(Amount)
    tips: Mapped[int] = mapped_column(Amount)
    cost: Mapped[int] = mapped_column(Amount, default=0, server_default=text("0"))
    costed: Mapped[int] = mapped_column(Amount, default=0, server_default=text("0"))
