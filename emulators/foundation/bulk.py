"""Statements at the cost of the driver: what a room stores by the thousand a second goes in this way.

SQLAlchemy prepares every value of every row by name and type; here a row is a tuple the driver takes as it is, so only
numbers, text, octets and None may stand in it (JSON already written out). Python's SQLite driver gives up the
interpreter for every row it inserts, which costs more than the row while other threads work; so a hundred rows go into
one statement. A single row costs the driver 3 microseconds and SQLAlchemy 10 to 18.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table

from emulators.foundation.prepared import driven

BLOCK = 100
"""Rows in one statement."""
SMALL_BLOCKS = (32, 8, 2)
"""Rows in one statement of what is left; so few sizes that the driver remembers all of them."""
VARIABLES = 32_766
"""Values one SQLite statement can hold."""


class Straight:
    """A statement handed to the driver as it stands, inside a transaction of SQLAlchemy's."""

    def __init__(self, words: str) -> None:
        """`words`: SQL with a question mark for each value, and no other question mark or percent sign."""
        self._words = {"qmark": words, "pyformat": words.replace("?", "%s")}

    def run(self, connection: Connection, values: Sequence[Any] = ()) -> Any:
        """The driver's cursor.

        Raises:
            DBAPIError: what the driver raised, as SQLAlchemy raises it.
        """
        words = self._words[connection.dialect.paramstyle]
        return driven(connection.connection.driver_connection, connection.dialect, words, values)

    def each(self, connection: Connection, rows: Iterable[Sequence[Any]]) -> Iterator[Any]:
        """The driver's cursor for each of several rows, one after the other; raises as `run`.

        To find the driver's connection costs as much as a small row.
        """
        dialect, driver = connection.dialect, connection.connection.driver_connection
        words = self._words[dialect.paramstyle]
        return (driven(driver, dialect, words, values) for values in rows)


class BulkInsert:
    """An INSERT of some columns of a table, written once."""

    def __init__(self, table: Table, *columns: str) -> None:
        """`columns`: at least two."""
        self._pick = itemgetter(*columns)
        head = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES "  # noqa: S608  names of our own
        row = f"({', '.join('?' for _ in columns)})"
        sizes = (min(BLOCK, VARIABLES // len(columns)), *SMALL_BLOCKS)
        self._blocks = [(size, Straight(head + ", ".join([row] * size))) for size in sizes]
        self._one = Straight(head + row)

    def rows(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows that have at least these columns, in order."""
        self.values(connection, [self._pick(row) for row in rows])

    def values(self, connection: Connection, picked: Sequence[Sequence[Any]]) -> None:
        """Insert rows of which each is the values of these columns."""
        at = 0
        for size, many in self._blocks:
            while at + size <= len(picked):
                many.run(connection, tuple(chain.from_iterable(picked[at : at + size])))
                at += size
        for _ in self._one.each(connection, picked[at:]):
            pass
