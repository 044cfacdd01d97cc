"""what people earn: a wage an hour and a commission, each from a day on.

Sign-ins are found by when they began. The rollups are made anew: those of people tell the net that their commission
is of.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.tables import Amount, Id, Instant

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

INDEX = "ix_staff_sessions_started_at"
REPEATED = ("rolled_days", "rollups")


def upgrade() -> None:
    for table in REPEATED:
        op.execute(f"DELETE FROM {table}")
    known = sa.inspect(op.get_bind())
    if INDEX not in {one["name"] for one in known.get_indexes("staff_sessions")}:
        op.create_index(INDEX, "staff_sessions", ["started_at"])
    if not known.has_table("pay_rates"):
        _create_pay_rates()


def _create_pay_rates() -> None:
    op.create_table(
        "pay_rates",
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("wage", Amount(), nullable=True),
        sa.Column("commission_ppm", sa.Integer(), nullable=True),
        sa.Column("set_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_pay_rates_person_id")),
        sa.PrimaryKeyConstraint("person_id", "from_day", name=op.f("pk_pay_rates")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )


def downgrade() -> None:
    known = sa.inspect(op.get_bind())
    if known.has_table("pay_rates"):
        op.drop_table("pay_rates")
    if INDEX in {one["name"] for one in known.get_indexes("staff_sessions")}:
        op.drop_index(INDEX, "staff_sessions")
    for table in REPEATED:
        op.execute(f"DELETE FROM {table}")
