"""every try to put a job on paper."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Id, Instant

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "print_attempts",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("job_id", Id, nullable=False),
        sa.Column("printer_id", Id, nullable=False),
        sa.Column("copy_no", sa.Integer(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("ms", sa.Integer(), nullable=False),
        sa.Column("bytes_sent", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("trouble", sa.String(500), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["print_jobs.id"], name=op.f("fk_print_attempts_job_id")),
        sa.ForeignKeyConstraint(["printer_id"], ["printers.id"], name=op.f("fk_print_attempts_printer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_attempts")),
        sa.Index("ix_print_attempts_job", "job_id", "id"),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )


def downgrade() -> None:
    op.drop_table("print_attempts")
