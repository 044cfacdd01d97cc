"""lines that are held, comped, moved, or part of a combo."""

from __future__ import annotations

import sqlalchemy as sa

from kiosk.core.tables import Instant
from migrations import columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLE = "check_lines"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("send_no", sa.Integer(), nullable=True),
        sa.Column("fire_no", sa.Integer(), nullable=True),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("comped_at", Instant(), nullable=True),
        sa.Column("comp_reason", sa.String(length=500), nullable=True),
        sa.Column("combo_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("combo_name", sa.String(length=200), nullable=True),
        sa.Column("came_from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    )


def downgrade() -> None:
    columns.drop(
        TABLE, "send_no", "fire_no", "sent_at", "comped_at", "comp_reason", "combo_id", "combo_name", "came_from_id"
    )
