"""tables on a plan, and joined."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLE = "dining_tables"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("x", sa.Integer(), nullable=True),
        sa.Column("y", sa.Integer(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("shape", sa.String(length=16), nullable=True),
        sa.Column("joined_to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    )


def downgrade() -> None:
    columns.drop(TABLE, "x", "y", "width", "height", "shape", "joined_to_id")
