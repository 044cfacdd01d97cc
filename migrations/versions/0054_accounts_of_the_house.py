"""the accounts that the house books on, where they differ from the usual."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

from migrations import columns

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

TABLE = "venues"
NAME = "accounts"


def upgrade() -> None:
    text = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
    columns.add(TABLE, sa.Column(NAME, text, nullable=True))


def downgrade() -> None:
    columns.drop(TABLE, NAME)
