"""the rules of holding, taking back and booking."""

from __future__ import annotations

import sqlalchemy as sa

from kiosk.core.tables import Document
from migrations import columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLE = "venues"


def upgrade() -> None:
    columns.add(
        TABLE,
        sa.Column("hold_courses", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("undo_s", sa.Integer(), server_default=sa.text("5"), nullable=False),
        sa.Column("course_gap_s", sa.Integer(), server_default=sa.text("720"), nullable=False),
        sa.Column("reserved_before_s", sa.Integer(), server_default=sa.text("1800"), nullable=False),
        sa.Column("step_limits", Document(), nullable=True),
    )


def downgrade() -> None:
    columns.drop(TABLE, "hold_courses", "undo_s", "course_gap_s", "reserved_before_s", "step_limits")
