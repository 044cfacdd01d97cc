"""refunds that undo a payment: their share's number is free again."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns.add("receipts", sa.Column("is_undo", sa.Boolean(), nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    columns.drop("receipts", "is_undo")
