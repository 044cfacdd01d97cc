"""combos, favourites, and items that come back by themselves."""

from __future__ import annotations

import sqlalchemy as sa

from kiosk.core.tables import Document
from migrations import columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLE = "items"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("back_on_day", sa.Date(), nullable=True),
        sa.Column("is_favourite", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("combo", Document(), nullable=True),
    )


def downgrade() -> None:
    columns.drop(TABLE, "back_on_day", "is_favourite", "combo")
