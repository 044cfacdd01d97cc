"""what a house adds, offers and allows at the counter."""

from __future__ import annotations

import sqlalchemy as sa

from kiosk.core.tables import Document
from migrations import columns

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLE = "venues"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("service_ppm", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("service_per_cover", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("service_from_covers", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("service_tax_code", sa.String(length=64), nullable=False, server_default=sa.text("''")),
        sa.Column("discounts", Document(), nullable=True),
        sa.Column("tip_ppm", Document(), nullable=True),
        sa.Column("over_short_allowed", sa.BigInteger(), nullable=False, server_default=sa.text("500")),
    )


def downgrade() -> None:
    columns.drop(
        TABLE,
        "over_short_allowed",
        "tip_ppm",
        "discounts",
        "service_tax_code",
        "service_from_covers",
        "service_per_cover",
        "service_ppm",
    )
