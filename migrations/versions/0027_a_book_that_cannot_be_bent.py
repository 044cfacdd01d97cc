"""the daybook and the closed days cannot be changed."""

from __future__ import annotations

from migrations.append_only import allow_changes, refuse_changes

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TABLES = ("movements", "z_reports")


def upgrade() -> None:
    refuse_changes(*TABLES)


def downgrade() -> None:
    allow_changes(*TABLES)
