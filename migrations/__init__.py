"""Alembic environment and versions; run by `kiosk.core.migrate`, which holds the lock."""
