"""days that are over are added up anew, now by person and tender too."""

from __future__ import annotations

from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

TABLES = ("rolled_days", "rollups")
"""They repeat the ledger; the kiosk makes them again when it starts, and reads the ledger until then."""


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"DELETE FROM {table}")


def downgrade() -> None:
    upgrade()
