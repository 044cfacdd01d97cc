"""where a tender went, what it was in another currency, what it gives back."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLE = "tenders"
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("rounding", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("drawer_id", ID, nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False, server_default=sa.text("''")),
        sa.Column("payment_id", ID, nullable=True),
        sa.Column("currency_code", sa.String(length=3), nullable=True),
        sa.Column("currency_given", sa.BigInteger(), nullable=True),
        sa.Column("rate", sa.String(length=32), nullable=True),
        sa.Column("of_position", sa.Integer(), nullable=True),
    )


def downgrade() -> None:
    columns.drop(
        TABLE,
        "of_position",
        "rate",
        "currency_given",
        "currency_code",
        "payment_id",
        "note",
        "drawer_id",
        "rounding",
    )
