"""an index for every combination of what the daybook is filtered by."""

from __future__ import annotations

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

Indexes = dict[str, tuple[str, ...]]
BEFORE: Indexes = {
    "ix_movements_kind": ("kind", "seq"),
    "ix_movements_person": ("person_id", "seq"),
    "ix_movements_account": ("account", "seq"),
}
AFTER: Indexes = {
    "ix_movements_kind": ("kind", "business_day", "seq"),
    "ix_movements_person": ("person_id", "business_day", "seq"),
    "ix_movements_account": ("account", "business_day", "seq"),
    "ix_movements_kind_person": ("kind", "person_id", "business_day", "seq"),
    "ix_movements_kind_account": ("kind", "account", "business_day", "seq"),
    "ix_movements_person_account": ("person_id", "account", "business_day", "seq"),
    "ix_movements_all": ("kind", "person_id", "account", "business_day", "seq"),
}


def upgrade() -> None:
    _exchange(BEFORE, AFTER)


def downgrade() -> None:
    _exchange(AFTER, BEFORE)


def _exchange(old: Indexes, new: Indexes) -> None:
    """On MySQL in one statement, which happens whole or not at all."""
    if op.get_bind().dialect.name == "sqlite":
        for name in old:
            op.drop_index(name, "movements")
        for name, columns in new.items():
            op.create_index(name, "movements", ["venue_id", *columns])
        return
    parts = [f"DROP INDEX {name}" for name in old]
    parts += [f"ADD INDEX {name} (venue_id, {', '.join(columns)})" for name, columns in new.items()]
    op.execute(f"ALTER TABLE movements {', '.join(parts)}")
