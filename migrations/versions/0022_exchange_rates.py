"""what other currencies were worth on a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exchange_rates",
        sa.Column("currency_code", sa.String(length=3), nullable=False),
        sa.Column("rate_day", sa.Date(), nullable=False),
        sa.Column("rate", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("fetched_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("currency_code", "rate_day", name=op.f("pk_exchange_rates")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )


def downgrade() -> None:
    op.drop_table("exchange_rates")
