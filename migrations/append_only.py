"""Tables whose rows the database itself refuses to change or drop."""

from __future__ import annotations

from alembic import op


def refuse_changes(*tables: str) -> None:
    """Put a trigger against UPDATE and one against DELETE on each table."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in tables:
        for deed in ("UPDATE", "DELETE"):
            sentence = f"{table} are append-only: {deed} refused"
            action = (
                f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
                if sqlite
                else f"FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{sentence}'"
            )
            op.execute(f"DROP TRIGGER IF EXISTS {_name(table, deed)}")
            op.execute(f"CREATE TRIGGER {_name(table, deed)} BEFORE {deed} ON {table} {action}")


def allow_changes(*tables: str) -> None:
    """Take the triggers away again."""
    for table in tables:
        for deed in ("UPDATE", "DELETE"):
            op.execute(f"DROP TRIGGER IF EXISTS {_name(table, deed)}")


def _name(table: str, deed: str) -> str:
    return f"{table}_no_{deed.lower()}"
