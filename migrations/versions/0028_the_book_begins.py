"""the daybook begins with what was tendered before there was one."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Document, Instant

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ID = sa.BigInteger()
VENUES = sa.table("venues", sa.column("id", ID))
COUNTERS = sa.table("counters", sa.column("venue_id", ID), sa.column("name"), sa.column("last", ID))
RECEIPTS = sa.table(
    "receipts",
    *(sa.column(name) for name in ("id", "venue_id", "series", "number", "label", "cashier", "business_day")),
    sa.column("closed_at", Instant()),
)
TENDERS = sa.table(
    "tenders", *(sa.column(name) for name in ("receipt_id", "position", "name", "given", "change_due", "tip", "amount"))
)
HEADS = sa.table(
    "money_heads",
    *(sa.column(name, ID) for name in ("venue_id", "receipt_no", "movement_no", "z_no", "balance")),
    sa.column("accounts", Document()),
)
MOVEMENTS = sa.table(
    "movements",
    *(sa.column(name) for name in ("venue_id", "seq", "business_day", "kind", "account", "receipt_id", "number")),
    *(sa.column(name) for name in ("label", "reason", "person", "amount", "tip", "rounding")),
    *(sa.column(name) for name in ("balance", "account_balance")),
    sa.column("moved_at", Instant()),
)
CHUNK = 500


def upgrade() -> None:
    bind = op.get_bind()
    for (venue_id,) in bind.execute(sa.select(VENUES.c.id)).all():
        if bind.execute(sa.select(HEADS.c.venue_id).where(HEADS.c.venue_id == venue_id)).first() is None:
            _begin(bind, venue_id)


def _begin(bind: sa.Connection, venue_id: int) -> None:
    rows, accounts = _movements(bind, venue_id)
    for start in range(0, len(rows), CHUNK):
        bind.execute(sa.insert(MOVEMENTS), rows[start : start + CHUNK])
    drawn = sa.select(COUNTERS.c.last).where(COUNTERS.c.venue_id == venue_id, COUNTERS.c.name == "receipt")
    head = {"venue_id": venue_id, "receipt_no": bind.execute(drawn).scalar() or 0, "movement_no": len(rows)}
    balance = sum(accounts.values())
    bind.execute(sa.insert(HEADS).values(**head, z_no=0, balance=balance, accounts=accounts))


def _movements(bind: sa.Connection, venue_id: int) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Every tender of our own receipts, in the order of their numbers, with the balances after it."""
    receipts = sa.and_(RECEIPTS.c.id == TENDERS.c.receipt_id, RECEIPTS.c.venue_id == venue_id)
    asked = sa.select(RECEIPTS, TENDERS).join(TENDERS, receipts).where(RECEIPTS.c.series == "")
    accounts: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    for told in sorted(bind.execute(asked).mappings(), key=lambda row: (int(row["number"]), row["position"])):
        account = "cash:1" if told["name"] == "cash" else told["name"]
        amount = told["given"] - told["change_due"]
        accounts[account] = accounts.get(account, 0) + amount
        balances = {"balance": sum(accounts.values()), "account_balance": accounts[account]}
        rows.append({"seq": len(rows) + 1, "account": account, "amount": amount, **balances, **_told(told)})
    return rows, accounts


def _told(told: Any) -> dict[str, Any]:
    return {
        "venue_id": told["venue_id"],
        "business_day": told["business_day"],
        "moved_at": told["closed_at"],
        "kind": "sale",
        "receipt_id": told["receipt_id"],
        "number": told["number"],
        "label": told["label"],
        "reason": "",
        "person": told["cashier"],
        "tip": told["tip"],
        "rounding": told["given"] - told["change_due"] - told["tip"] - told["amount"],
    }


def downgrade() -> None:
    pass
