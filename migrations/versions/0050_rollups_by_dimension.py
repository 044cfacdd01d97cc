"""what each business day came to by item, hour, staff and whatever else it is told by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Amount, Id

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

KEYS = ("first_key", "second_key", "third_key")
COUNTS = ("times", "returns", "covers", "pieces")
SUMS = ("amount", "net", "tax", "tips")


def upgrade() -> None:
    op.create_table(
        "rollups",
        sa.Column("venue_id", Id, autoincrement=False, nullable=False),
        sa.Column("dimension", sa.String(16), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.String(200), nullable=False) for name in KEYS),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        *(sa.Column(name, Amount(), nullable=False) for name in SUMS),
        sa.PrimaryKeyConstraint("venue_id", "dimension", "business_day", "place", name=op.f("pk_rollups")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )


def downgrade() -> None:
    op.drop_table("rollups")
