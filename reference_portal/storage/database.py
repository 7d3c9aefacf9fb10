"""The portal's store: SQLite in WAL by default, PostgreSQL by URL; one writer at a time inside a process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import NoSuchColumnError

_WRITES = "portal_writes"


class Database:
    """The tables and the two ways to reach them: `read()` and `write()`.

    What a write block stored is durable when the block ends (`synchronous=FULL`): FPX is told `OK` and the applicant
    is shown a receipt only for what survives a power cut. Writers of one process queue on a lock, because SQLite's
    own busy handler sleeps in steps.
    """

    def __init__(self, url: str, metadata: MetaData) -> None:
        self._metadata = metadata
        self._queue = threading.Lock()
        self._holder: int | None = None
        _make_ours(make_url(url).database if url.startswith("sqlite") else None)
        self._engine = create_engine(
            url,
            pool_size=10,
            max_overflow=10,
            pool_pre_ping=not url.startswith("sqlite"),
            hide_parameters=True,  # an error of the driver reaches the log: with the statement, never with the values
        )
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _tune_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        self._writing_engine = self._engine.execution_options(**{_WRITES: True})

    def create(self) -> None:
        """Make the tables that are missing.

        Raises:
            NoSuchColumnError: a table that is there has other columns; another version of the sandbox made the store.
        """
        with self.write() as connection:
            _check_columns(connection, self._metadata)
            self._metadata.create_all(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One read-only look at a consistent state."""
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One read-write transaction: committed at the end of the block, rolled back by an exception.

        Raises:
            RuntimeError: this thread is already inside a write and would wait for itself for ever.
        """
        if self._holder == threading.get_ident():
            raise RuntimeError("a write transaction was opened inside another one")
        with self._queue:
            self._holder = threading.get_ident()
            try:
                with self._writing_engine.begin() as connection:
                    yield connection
            finally:
                self._holder = None

    def ping(self) -> None:
        """Ask the store a question; raises what the driver raises when it does not answer."""
        with self.read() as connection:
            connection.execute(text("SELECT 1"))

    def wipe(self) -> None:
        """Delete every row of every table."""
        with self.write() as connection:
            for table in reversed(self._metadata.sorted_tables):
                connection.execute(table.delete())

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()


def _check_columns(connection: Connection, metadata: MetaData) -> None:
    look = inspect(connection)
    for name in set(look.get_table_names()) & set(metadata.tables):
        kept, wanted = {column["name"] for column in look.get_columns(name)}, set(metadata.tables[name].columns.keys())
        if kept != wanted:
            different = ", ".join(sorted(kept ^ wanted))
            raise NoSuchColumnError(
                f"another version of the sandbox made it (table {name} differs in {different}); "
                "move the data directory away, delete it, or choose another"
            )


def _make_ours(file: str | None) -> None:
    """A store's file is its owner's alone from its first byte; what SQLite puts beside it takes after it."""
    if file and file != ":memory:" and not file.startswith("file:"):
        with suppress(OSError):  # whoever opens it next says better what is wrong with the place
            Path(file).touch(mode=0o600)


def _tune_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's "begin" event speaks BEGIN, the driver must not
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred BEGIN that turns into a write later can meet SQLITE_BUSY with no way to wait: writers say so first.
    if connection.get_execution_options().get(_WRITES, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN")  # takes no lock, so cannot fail: the long way round would double the cost of a look
