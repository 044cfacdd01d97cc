"""payments that somebody wants to cancel."""

from __future__ import annotations

import sqlalchemy as sa

from kiosk.core.tables import Instant
from migrations import columns

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TABLE = "provider_payments"


def upgrade() -> None:
    columns.add(TABLE, sa.Column("cancel_asked_at", Instant(), nullable=True))


def downgrade() -> None:
    columns.drop(TABLE, "cancel_asked_at")
