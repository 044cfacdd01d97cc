"""every movement of money, with its running balance."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Instant

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "movements",
        sa.Column(
            "venue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("moved_at", Instant(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sale",
                "return",
                "float",
                "pay_in",
                "pay_out",
                "drop",
                "over_short",
                "to_safe",
                "no_sale",
                "hand_over",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("drawer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("receipt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("approver", sa.String(length=200), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tip", sa.BigInteger(), nullable=False),
        sa.Column("rounding", sa.BigInteger(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("account_balance", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("venue_id", "seq", name=op.f("pk_movements")),
        sa.Index("ix_movements_account", "venue_id", "account", "seq"),
        sa.Index("ix_movements_day", "venue_id", "business_day", "seq"),
        sa.Index("ix_movements_kind", "venue_id", "kind", "seq"),
        sa.Index("ix_movements_person", "venue_id", "person_id", "seq"),
        sa.Index("ix_movements_receipt", "receipt_id"),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )


def downgrade() -> None:
    op.drop_table("movements")
