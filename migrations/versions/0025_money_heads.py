"""where the books stand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Document

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "money_heads",
        sa.Column(
            "venue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("receipt_no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("movement_no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("z_no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("accounts", Document(), nullable=False),
        sa.Column("closed_day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("venue_id", name=op.f("pk_money_heads")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )


def downgrade() -> None:
    op.drop_table("money_heads")
