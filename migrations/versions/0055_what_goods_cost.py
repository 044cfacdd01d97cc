"""what the goods of a portion cost: on the menu, on the line rung, on the receipt, and in the rollups.

Null is not known. Days that are over are added up anew, now with the net of every item; the kiosk does that when it
starts, and reads the ledger until then.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

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
        op.execute(f"DELETE FROM {table}")
        columns.add(table, *(_sum(name) for name in ("cost", "costed")))


def downgrade() -> None:
    for table in ROLLED:
        op.execute(f"DELETE FROM {table}")
        columns.drop(table, "cost", "costed")
    for table in FROZEN:
        columns.drop(table, "cost")


def _sum(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default=sa.text("0"), nullable=False)
