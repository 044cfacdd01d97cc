"""less to pay, on a line or on a check."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_discounts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("venue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("check_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rate_ppm", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("given_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("giver", sa.String(length=200), nullable=False),
        sa.Column("approver", sa.String(length=200), nullable=True),
        sa.Column("given_at", Instant(), nullable=False),
        sa.CheckConstraint("(rate_ppm IS NULL) <> (amount IS NULL)", name=op.f("ck_check_discounts_one_kind")),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_check_discounts_check_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_check_discounts_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_discounts")),
        sa.Index("ix_check_discounts_check_id", "check_id"),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )


def downgrade() -> None:
    op.drop_table("check_discounts")
