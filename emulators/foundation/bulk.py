"""Many rows into one table at the cost of the driver: what a room stores by the thousand a second goes in this way.

SQLAlchemy prepares every value of every row by name and type; here a row is a tuple the driver takes as it is, so only
numbers, text, octets and None may stand in it (JSON already written out).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table


class BulkInsert:
    """An INSERT of some columns of a table, written once."""

    def __init__(self, table: Table, *columns: str) -> None:
        """`columns`: at least two."""
        self._pick = itemgetter(*columns)
        names, marks = ", ".join(columns), ", ".join("?" for _ in columns)
        self._statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608  names of our own

    def rows(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows that have at least these columns, in order."""
        statement = self._statement
        if connection.dialect.paramstyle != "qmark":
            statement = statement.replace("?", "%s")
        if rows:
            connection.exec_driver_sql(statement, [self._pick(row) for row in rows])
