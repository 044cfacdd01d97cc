"""what the house wants on its paper: a page for every receipt, room for a tip on every bill."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

TABLE = "venues"
NAMES = ("digital_receipts", "tip_line")


def upgrade() -> None:
    columns.add(TABLE, *(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.text("0")) for name in NAMES))


def downgrade() -> None:
    columns.drop(TABLE, *NAMES)
