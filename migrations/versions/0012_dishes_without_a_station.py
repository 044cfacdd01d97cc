"""dishes that were meant for a station the house does not have."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLE = "ticket_lines"


def upgrade() -> None:
    columns.add(TABLE, sa.Column("meant_for", sa.String(length=200), nullable=True))


def downgrade() -> None:
    columns.drop(TABLE, "meant_for")
