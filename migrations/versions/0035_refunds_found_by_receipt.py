"""what became of a receipt, found at once."""

from __future__ import annotations

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

INDEX = "ix_receipts_refunds_id"


def upgrade() -> None:
    op.create_index(INDEX, "receipts", ["refunds_id"])


def downgrade() -> None:
    """MySQL wants an index for the foreign key, and made its own before there was this one."""
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index(INDEX, "receipts")
    else:
        op.execute(f"ALTER TABLE receipts ADD INDEX fk_receipts_refunds_id (refunds_id), DROP INDEX {INDEX}")
