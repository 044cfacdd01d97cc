"""reservations, walk-ins and tables kept back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reservations",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("venue_id", ID, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("booked", "walk_in", "held", name="kind", native_enum=False, create_constraint=True, length=16),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "seated",
                "cancelled",
                "no_show",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("covers", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("until_at", Instant(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("table_id", ID, nullable=True),
        sa.Column("check_id", ID, nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["table_id"], ["dining_tables.id"], name=op.f("fk_reservations_table_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_reservations_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservations")),
        sa.Index("ix_reservations_waiting", "venue_id", "state", "due_at"),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )


def downgrade() -> None:
    op.drop_table("reservations")
