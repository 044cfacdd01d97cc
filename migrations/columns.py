"""Columns added to a table that has rows: on MySQL in one statement, so that none of them or all are there.

What is there already, or gone already, was left by a migration that was broken off: it goes on from there.
"""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import Column, MetaData, Table, inspect
from sqlalchemy.schema import CreateColumn


def add(table: str, *columns: Column[Any]) -> None:
    """Add the columns, each with a default or nullable."""
    bind = op.get_bind()
    Table(table, MetaData(), *columns)
    known = _known(table)
    missing = [column for column in columns if column.name not in known]
    specifications = [str(CreateColumn(column).compile(dialect=bind.dialect)) for column in missing]
    _alter(table, [f"ADD COLUMN {specification}" for specification in specifications])


def drop(table: str, *names: str) -> None:
    """Drop the columns."""
    known = _known(table)
    _alter(table, [f"DROP COLUMN {name}" for name in names if name in known])


def _known(table: str) -> set[str]:
    return {column["name"] for column in inspect(op.get_bind()).get_columns(table)}


def _alter(table: str, changes: list[str]) -> None:
    at_once = op.get_bind().dialect.name != "sqlite"
    for change in [", ".join(changes)] if at_once and changes else changes:
        op.execute(f"ALTER TABLE {table} {change}")
