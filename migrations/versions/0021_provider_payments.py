"""money asked of payment providers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Instant

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provider_payments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("venue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("check_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("tender_code", sa.String(length=64), nullable=False),
        sa.Column(
            "key",
            sa.LargeBinary(length=16)
            .with_variant(sa.BINARY(length=16), "mariadb")
            .with_variant(sa.BINARY(length=16), "mysql"),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency_code", sa.String(length=3), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "started",
                "authorised",
                "captured",
                "failed",
                "unknown",
                "cancelled",
                "refunded",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("told", sa.String(length=500), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=True),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.Column("receipt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("started_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_provider_payments_check_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_provider_payments_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_payments")),
        sa.UniqueConstraint("key", name=op.f("uq_provider_payments_key")),
        sa.Index("ix_provider_payments_check_id", "check_id"),
        sa.Index("ix_provider_payments_reference", "provider", "reference"),
        sa.Index("ix_provider_payments_state", "venue_id", "state"),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )


def downgrade() -> None:
    op.drop_table("provider_payments")
