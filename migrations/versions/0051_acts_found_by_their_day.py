"""what was voided, given away or opened without a sale, found at once by its day."""

from __future__ import annotations

from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

INDEX = "ix_journal_entries_act"


def upgrade() -> None:
    op.create_index(INDEX, "journal_entries", ["venue_id", "act", "acted_at"])


def downgrade() -> None:
    op.drop_index(INDEX, "journal_entries")
