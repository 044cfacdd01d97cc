"""print jobs that say where they are, which copy they are and since when somebody should know."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Id, Instant
from migrations import choices

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

TABLE = "print_jobs"
BEFORE = ("queued", "sending", "printed", "failed")
STATES = (*BEFORE, "doubt", "held", "rerouted", "cancelled")


def upgrade() -> None:
    added: list[sa.Column[Any]] = [
        sa.Column("copy_no", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("check_id", Id, nullable=True),
        sa.Column("label", sa.String(200), nullable=False, server_default=sa.text("''")),
        sa.Column("not_before", Instant(), nullable=True),
        sa.Column("first_sent_at", Instant(), nullable=True),
        sa.Column("troubled_at", Instant(), nullable=True),
        sa.Column("ack", sa.String(16), nullable=True),
        sa.Column("rerouted_from", Id, nullable=True),
        sa.Column("asked_by", sa.String(200), nullable=False, server_default=sa.text("''")),
    ]
    choices.change(TABLE, add=added, choices={"state": STATES})


def downgrade() -> None:
    """What is not known to be on paper waits again; what somebody gave up or sent elsewhere is done with."""
    op.execute(f"UPDATE {TABLE} SET state = 'queued' WHERE state IN ('doubt', 'held')")
    op.execute(f"UPDATE {TABLE} SET state = 'printed' WHERE state IN ('rerouted', 'cancelled')")
    names = ("copy_no", "check_id", "label", "not_before", "first_sent_at", "troubled_at", "ack", "rerouted_from")
    choices.change(TABLE, drop=(*names, "asked_by"), choices={"state": BEFORE})
