"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy spells twice."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert(connection: AsyncConnection, table: Table) -> Any:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update` in this database's dialect.

    Whether it inserted anything is seen by `returning`: SQLAlchemy counts the rows of an INSERT on SQLite only.
    """
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
