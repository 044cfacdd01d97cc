"""why a receipt was refunded, and pairs that put a tender right."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLE = "receipts"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("is_correction", sa.Boolean(), nullable=False, server_default=sa.text("0")),
    )


def downgrade() -> None:
    columns.drop(TABLE, "is_correction", "reason")
