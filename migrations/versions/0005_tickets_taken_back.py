"""tickets that can be taken back, cooked again or taken away."""

from __future__ import annotations

import sqlalchemy as sa

from kiosk.core.tables import Instant
from migrations import columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLE = "kitchen_tickets"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("shown_at", Instant(), nullable=True),
        sa.Column("is_refire", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("is_take_away", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("pickup_at", Instant(), nullable=True),
    )


def downgrade() -> None:
    columns.drop(TABLE, "shown_at", "is_refire", "is_take_away", "pickup_at")
