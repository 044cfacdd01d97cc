"""letters that are being handed over, and those nobody knows about."""

from __future__ import annotations

from alembic import op

from migrations import choices

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

TABLE = "letters"
BEFORE = ("queued", "sent", "failed")
STATES = (*BEFORE, "sending", "doubt")


def upgrade() -> None:
    choices.change(TABLE, choices={"state": STATES})


def downgrade() -> None:
    """What is not known to have arrived waits again."""
    op.execute(f"UPDATE {TABLE} SET state = 'queued' WHERE state IN ('sending', 'doubt')")
    choices.change(TABLE, choices={"state": BEFORE})
