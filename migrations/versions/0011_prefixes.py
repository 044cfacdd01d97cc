"""whether no, extra and on the side may be said of a group's modifiers."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE = "modifier_groups"


def upgrade() -> None:
    columns.add(TABLE, sa.Column("prefixes", sa.Boolean(), nullable=True))


def downgrade() -> None:
    columns.drop(TABLE, "prefixes")
