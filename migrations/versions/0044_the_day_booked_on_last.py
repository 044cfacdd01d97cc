"""the business day that money moved on last, so that a clock set back does not lead the book back."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns.add("money_heads", sa.Column("booked_day", sa.Date(), nullable=True))


def downgrade() -> None:
    columns.drop("money_heads", "booked_day")
