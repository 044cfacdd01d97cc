"""what is enclosed with a letter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Blob, Id

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_attachments",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("letter_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("mime", sa.String(100), nullable=False),
        sa.Column("content", Blob, nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_letter_attachments_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_attachments")),
        sa.UniqueConstraint("letter_id", "position", name=op.f("uq_letter_attachments_letter_id_position")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )


def downgrade() -> None:
    op.drop_table("letter_attachments")
