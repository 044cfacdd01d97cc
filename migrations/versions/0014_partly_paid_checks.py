"""what of a check is paid already."""

from __future__ import annotations

import sqlalchemy as sa

from kiosk.core.tables import Document
from migrations import columns

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLE = "checks"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("service_ppm", sa.Integer(), nullable=True),
        sa.Column("service_paid", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("paid", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("open_bill", Document(), nullable=True),
    )


def downgrade() -> None:
    columns.drop(TABLE, "open_bill", "paid", "service_paid", "service_ppm")
