"""How Alembic meets the kiosk's databases: SQLite in batches and transactions, MySQL statement by statement."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine, event

import kiosk.checks.models
import kiosk.core.models
import kiosk.floor.models
import kiosk.kitchen.models
import kiosk.menu.models
import kiosk.payments.models
import kiosk.payments.provider_models
import kiosk.payments.till_models
import kiosk.post.models
import kiosk.printing.models
import kiosk.reports.models
import kiosk.staff.models  # noqa: F401 - importing rows fills the metadata
from kiosk.core.migrate import prepare_sqlite, sync_url
from kiosk.core.tables import Base


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    engine = create_engine(sync_url(context.get_x_argument(as_dictionary=True)["url"]))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", prepare_sqlite)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as connection:
        migrate(connection)


run()
