"""whether a check ever had a discount, so that looking at one that has none asks no more than before."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

TABLE = "checks"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("discounted", sa.Boolean(), nullable=False, server_default=sa.text("0")),
    )


def downgrade() -> None:
    columns.drop(TABLE, "discounted")
