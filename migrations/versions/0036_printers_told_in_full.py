"""printers that are more than a folder: how they are reached, what they understand, who stands in for them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Id
from migrations import choices

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

TABLE = "printers"
KINDS = ("file", "tcp", "usb", "serial", "cups")
CHOICES = {
    "cut": ("partial", "full", "none"),
    "ack": ("none", "process_id", "gs_r", "status"),
    "drawer_kick": ("none", "pin_2", "pin_5"),
    "buzzer": ("none", "esc_b", "esc_a"),
    "names": ("kitchen", "menu", "both"),
}


def upgrade() -> None:
    added: list[sa.Column[Any]] = [
        sa.Column("dots", sa.Integer(), nullable=False, server_default=sa.text("512")),
        sa.Column("code_page", sa.String(16), nullable=False, server_default=sa.text("'CP858'")),
        sa.Column("code_page_no", sa.Integer(), nullable=False, server_default=sa.text("19")),
        *(_choice(name, values) for name, values in CHOICES.items()),
        sa.Column("till", sa.Integer(), nullable=True),
        sa.Column("backup_id", Id, nullable=True),
        sa.Column("backup_after_s", sa.Integer(), nullable=False, server_default=sa.text("15")),
        sa.Column("language", sa.String(16), nullable=False, server_default=sa.text("'en'")),
    ]
    choices.change(TABLE, add=added, choices={"kind": KINDS, **CHOICES})


def downgrade() -> None:
    """What was not a folder becomes one, so that what waits for it is kept."""
    op.execute(f"UPDATE {TABLE} SET kind = 'file', address = '' WHERE kind <> 'file'")
    names = ("dots", "code_page", "code_page_no", *CHOICES, "till", "backup_id", "backup_after_s", "language")
    choices.change(TABLE, drop=names, choices={"kind": ("file",)})


def _choice(name: str, values: tuple[str, ...]) -> sa.Column[str]:
    return sa.Column(name, sa.String(16), nullable=False, server_default=sa.text(f"'{values[0]}'"))
