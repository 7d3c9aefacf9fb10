"""Many rows into one table at the cost of the driver: what a room stores by the thousand a second goes in this way.

SQLAlchemy prepares every value of every row by name and type; here a row is a tuple the driver takes as it is, so only
numbers, text, octets and None may stand in it (JSON already written out). Python's SQLite driver gives up the
interpreter for every row it inserts, which costs more than the row while other threads work; so a hundred rows go into
one statement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table

BLOCK = 100
"""Rows in one statement; two sizes of statement are enough for the driver to remember both."""
VARIABLES = 32_766
"""Values one SQLite statement can hold."""


class BulkInsert:
    """An INSERT of some columns of a table, written once."""

    def __init__(self, table: Table, *columns: str) -> None:
        """`columns`: at least two."""
        self._pick = itemgetter(*columns)
        self._block = min(BLOCK, VARIABLES // len(columns))
        self._head = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES "  # noqa: S608  names of our own
        self._row = f"({', '.join('?' for _ in columns)})"
        self._statement = self._head + ", ".join([self._row] * self._block)

    def rows(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows that have at least these columns, in order."""
        picked = [self._pick(row) for row in rows]
        whole = len(picked) - len(picked) % self._block if connection.dialect.paramstyle == "qmark" else 0
        for at in range(0, whole, self._block):
            values = tuple(chain.from_iterable(picked[at : at + self._block]))
            connection.exec_driver_sql(self._statement, values)
        if len(picked) > whole:
            mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
            connection.exec_driver_sql(self._head + self._row.replace("?", mark), picked[whole:])
