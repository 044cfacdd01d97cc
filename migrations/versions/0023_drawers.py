"""cash sessions of tills."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Document, Instant

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drawers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("venue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("till", sa.Integer(), nullable=False),
        sa.Column("open_till", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("open", "counted", "closed", name="state", native_enum=False, create_constraint=True, length=16),
            nullable=False,
        ),
        sa.Column("device_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("holder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("opened_day", sa.Date(), nullable=False),
        sa.Column("opening_float", sa.BigInteger(), nullable=False),
        sa.Column("counts", Document(), nullable=False),
        sa.Column("counted_at", Instant(), nullable=True),
        sa.Column("counted", sa.BigInteger(), nullable=True),
        sa.Column("expected", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_drawers_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawers")),
        sa.UniqueConstraint("venue_id", "number", name=op.f("uq_drawers_venue_id_number")),
        sa.UniqueConstraint("venue_id", "open_till", name=op.f("uq_drawers_venue_id_open_till")),
        sa.Index("ix_drawers_day", "venue_id", "closed_day"),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )


def downgrade() -> None:
    op.drop_table("drawers")
