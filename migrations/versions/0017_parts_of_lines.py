"""parts and refunds of a receipt's lines."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLE = "receipt_lines"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("less", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("part", sa.String(length=32), nullable=False, server_default=sa.text("''")),
        sa.Column("of_position", sa.Integer(), nullable=True),
    )


def downgrade() -> None:
    columns.drop(TABLE, "of_position", "part", "less")
