"""what the goods of a portion cost: on the menu, on the line rung, on the receipt, and in the rollups.

Null is not known. What was sold before is not known either, so the rollups begin with nothing.
"""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

FROZEN = ("portions", "check_lines", "receipt_lines")
ROLLED = ("rolled_days", "rollups")


def upgrade() -> None:
    for table in FROZEN:
        columns.add(table, sa.Column("cost", sa.BigInteger(), nullable=True))
    for table in ROLLED:
        columns.add(table, *(_sum(name) for name in ("cost", "costed")))


def downgrade() -> None:
    for table in ROLLED:
        columns.drop(table, "cost", "costed")
    for table in FROZEN:
        columns.drop(table, "cost")


def _sum(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default=sa.text("0"), nullable=False)
