"""kitchen tickets know the number of their check, which is on paper."""

from __future__ import annotations

import sqlalchemy as sa

from kiosk.core.tables import Id
from migrations import columns

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

TABLE = "kitchen_tickets"
NAME = "check_number"


def upgrade() -> None:
    columns.add(TABLE, sa.Column(NAME, Id, nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    columns.drop(TABLE, NAME)
