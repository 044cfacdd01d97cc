"""House rules of a running kiosk, for tests that need others than a house starts with."""

from typing import Any

from sqlalchemy import update

from kiosk.core.db import Database, Tx
from kiosk.core.models import Venue


async def set_rules(database_url: str, **rules: Any) -> None:
    """Change rules such as `undo_s` behind the kiosk's back; the next tap follows them."""
    db = Database(database_url)

    async def change(tx: Tx) -> None:
        await tx.change(update(Venue).values(**rules))

    await db.run(change)
    await db.close()
