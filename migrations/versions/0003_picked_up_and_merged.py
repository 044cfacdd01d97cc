"""checks that are picked up or merged."""

from __future__ import annotations

import sqlalchemy as sa

from kiosk.core.tables import Instant
from migrations import columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLE = "checks"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("pickup_at", Instant(), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    )


def downgrade() -> None:
    columns.drop(TABLE, "pickup_at", "merged_into_id")
