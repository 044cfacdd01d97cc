"""dishes that moved or changed."""

from __future__ import annotations

import sqlalchemy as sa

from kiosk.core.tables import Instant
from migrations import columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLE = "ticket_lines"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("label", sa.String(length=200), nullable=True),
        sa.Column("mark", sa.String(length=16), nullable=True),
        sa.Column("marked_at", Instant(), nullable=True),
        sa.Column("was", sa.String(length=500), nullable=True),
    )


def downgrade() -> None:
    columns.drop(TABLE, "label", "mark", "marked_at", "was")
