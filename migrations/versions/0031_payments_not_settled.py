"""payments no receipt has used, found at once."""

from __future__ import annotations

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

INDEX = "ix_provider_payments_unused"


def upgrade() -> None:
    op.create_index(INDEX, "provider_payments", ["venue_id", "receipt_id", "state"])


def downgrade() -> None:
    op.drop_index(INDEX, "provider_payments")
