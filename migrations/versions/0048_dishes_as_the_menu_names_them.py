"""dishes on tickets keep what the menu calls them, for printers that name them so."""

from __future__ import annotations

import sqlalchemy as sa

from migrations import columns

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

TABLE = "ticket_lines"
NAME = "menu_name"


def upgrade() -> None:
    columns.add(TABLE, sa.Column(NAME, sa.String(200), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    columns.drop(TABLE, NAME)
