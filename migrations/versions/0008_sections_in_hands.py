"""sections in a waiter's hands."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLE = "sections"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("waiter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("waiter", sa.String(length=200), nullable=True),
    )


def downgrade() -> None:
    columns.drop(TABLE, "waiter_id", "waiter")
