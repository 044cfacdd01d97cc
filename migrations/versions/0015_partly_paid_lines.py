"""what of a line is paid already."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLE = "check_lines"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("paid", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
    )


def downgrade() -> None:
    columns.drop(TABLE, "paid")
