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


def refuse_replacing(table: str, *keys: tuple[str, ...]) -> None:
    """On SQLite, refuse an INSERT OR REPLACE that would drop a row: by any unique key of the table or by its rowid.

    SQLite fires the trigger against DELETE for it only where recursive_triggers is on, which other programs need not
    have. MariaDB and MySQL always fire theirs.
    """
    if op.get_bind().dialect.name != "sqlite":
        return
    same = (" AND ".join(f"{column} = NEW.{column}" for column in key) for key in (*keys, ("rowid",)))
    is_there = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {one})" for one in same)
    refusal = f"BEGIN SELECT RAISE(ABORT, '{table} are append-only: REPLACE refused'); END"
    op.execute(f"DROP TRIGGER IF EXISTS {_name(table, 'replace')}")
    op.execute(f"CREATE TRIGGER {_name(table, 'replace')} BEFORE INSERT ON {table} WHEN {is_there} {refusal}")


def allow_replacing(*tables: str) -> None:
    """Take the triggers against REPLACE away again."""
    for table in tables:
        op.execute(f"DROP TRIGGER IF EXISTS {_name(table, 'replace')}")


def allow_changes(*tables: str) -> None:
    """Take the triggers away again."""
    for table in tables:
        for deed in ("UPDATE", "DELETE"):
            op.execute(f"DROP TRIGGER IF EXISTS {_name(table, deed)}")


def _name(table: str, deed: str) -> str:
    return f"{table}_no_{deed.lower()}"
