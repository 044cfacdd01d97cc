"""the paper of a check, found at once."""

from __future__ import annotations

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

INDEX = "ix_print_jobs_check"


def upgrade() -> None:
    op.create_index(INDEX, "print_jobs", ["check_id", "state"])


def downgrade() -> None:
    op.drop_index(INDEX, "print_jobs")
