"""what each business day came to, so that years are read at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Amount, Id, Instant

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

COUNTS = ("entries", "receipts", "refunds_count", "corrections", "checks", "covers", "pieces")
SUMS = ("turnover", "net", "tax", "discounts", "service", "refunds", "cash_rounding", "tips")


def upgrade() -> None:
    op.create_table(
        "rolled_days",
        sa.Column("venue_id", Id, autoincrement=False, nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("rolled_at", Instant(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        *(sa.Column(name, Amount(), nullable=False) for name in SUMS),
        sa.Column("service_receipts", sa.Integer(), nullable=False),
        sa.Column("service_amount", Amount(), nullable=False),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_rolled_days_venue_id")),
        sa.PrimaryKeyConstraint("venue_id", "business_day", name=op.f("pk_rolled_days")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )


def downgrade() -> None:
    op.drop_table("rolled_days")
