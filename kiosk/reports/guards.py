"""Whether the database still refuses to change and to drop what is written once: tried on one row of each table."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Delete, Table, Update, delete, select, update
from sqlalchemy.exc import DBAPIError

from kiosk.core.db import Database, Tx
from kiosk.core.tables import Base
from kiosk.payments.models import APPEND_ONLY

DEEDS: Final = ("change", "drop")
REFUSED: Final = ("append-only", "denied")
"""What the triggers say, and what a server says to a user without the right."""


class _Let(Exception):
    """The database would have done it; thrown so that it is not."""


async def unguarded(db: Database) -> list[str]:
    """What could be done to which tables, such as "drop tenders"; nothing is done."""
    tables = [Base.metadata.tables[name] for name in APPEND_ONLY]
    return [f"{deed} {table.name}" for table in tables for deed in DEEDS if await _is_let(db, table, deed)]


async def _is_let(db: Database, table: Table, deed: str) -> bool:
    async def attempt(tx: Tx) -> None:
        keys = list(table.primary_key.columns)
        row = (await tx.session.execute(select(*keys).limit(1))).first()
        if row is None:
            return
        await tx.change(_statement(table, deed).where(*(key == value for key, value in zip(keys, row, strict=True))))
        raise _Let

    try:
        await db.run(attempt)
    except _Let:
        return True
    except DBAPIError as refused:
        return not any(word in str(refused.orig) for word in REFUSED)
    return False


def _statement(table: Table, deed: str) -> Update | Delete:
    if deed == "drop":
        return delete(table)
    column = next(column for column in table.columns if not column.primary_key)
    return update(table).values({column.name: column})
