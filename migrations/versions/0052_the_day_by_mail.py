"""who is sent the workbook of a closed day."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

TABLE = "venues"
NAME = "mail_day_to"


def upgrade() -> None:
    columns.add(TABLE, sa.Column(NAME, sa.String(length=500), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    columns.drop(TABLE, NAME)
