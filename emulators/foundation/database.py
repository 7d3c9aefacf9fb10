"""A room's store: SQLite by default, PostgreSQL by URL; one writer at a time inside a process."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Dialect,
    Engine,
    MetaData,
    PoolProxiedConnection,
    create_engine,
    event,
    inspect,
    text,
)
from sqlalchemy.exc import NoSuchColumnError, OperationalError

from emulators.foundation.prepared import Prepared, Row, driven

LOOKING = 4
"""Connections kept for looks; the pool has twenty, and to borrow one costs more than the look."""
PATIENCE = 5000
"""Milliseconds a write waits for another program that is writing to the same SQLite file."""
_WRITES = "caruman_writes"


class StoreBusy(Exception):
    """Somebody else is writing, and was not waited for or for too long; nothing was written."""


class Database:
    """Tables of one room and the two ways to reach them: `read()` and `write()`.

    A write transaction is durable when its block ends: SQLite runs in WAL with `synchronous=FULL`, because a room
    acknowledges only what it has stored; with NORMAL, where a power cut is not to be survived, no commit waits for the
    disk. SQLite's own busy handler sleeps, so writers of one process queue on a lock.
    """

    def __init__(self, url: str, metadata: MetaData, *, power_cuts: bool = True) -> None:
        """`power_cuts`: whether what was written survives one; the end of the process it survives in any case."""
        self._metadata = metadata
        self._writing = threading.Lock()
        self._writer: int | None = None
        self._afterwards: list[Callable[[], None]] = []
        self._engine = create_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=not url.startswith("sqlite"))
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _tune_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        self._marking_engine = self._engine.execution_options(**{_WRITES: "NORMAL"})
        lasting = self._engine.execution_options(**{_WRITES: "FULL"})
        self._writing_engine = lasting if power_cuts else self._marking_engine
        self._kept: dict[Engine, Connection] = {}
        self._looking: list[PoolProxiedConnection] = []

    def create(self) -> None:
        """Make the tables that are missing, and the indexes a table made by an earlier version has not.

        Raises:
            NoSuchColumnError: a table that is there has other columns; another version of the sandbox made the store.
        """
        file = self._engine.url.database
        if self._engine.dialect.name == "sqlite" and file and file != ":memory:" and not file.startswith("file:"):
            with suppress(OSError):  # whoever opens it next says better what is wrong with the place
                Path(file).touch(mode=0o600)  # codes and mails are in it
        with self.write() as connection:
            standing = _check_columns(connection, self._metadata)
            self._metadata.create_all(connection)
            for name in standing:
                for index in self._metadata.tables[name].indexes:
                    index.create(connection, checkfirst=True)

    @contextmanager
    def write(self, *, lasting: bool = True, patient: bool = True) -> Iterator[Connection]:
        """One read-write transaction: committed at the end of the block, rolled back by an exception.

        What is not `lasting` survives the end of the process but perhaps not a power cut, and costs a tenth: for marks
        that nobody was promised. Who is not `patient` begins at once or not at all; that is for SQLite, a server is
        waited for in any case.

        Raises:
            RuntimeError: the thread is already inside a write, which would wait for itself for ever.
            StoreBusy: somebody else is writing; raised at the beginning of the block.
        """
        if self._writer == threading.get_ident():
            raise RuntimeError("a write transaction was opened inside another one")
        if not self._writing.acquire(blocking=patient):
            raise StoreBusy("another thread is writing")
        try:
            self._writer = threading.get_ident()
            self._afterwards = []
            with self._transaction(self._writing_engine if lasting else self._marking_engine, patient) as connection:
                yield connection
            afterwards = self._afterwards
        finally:
            self._writer = None
            self._writing.release()
        for act in afterwards:
            act()

    def free(self) -> bool:
        """Whether a write would wait neither for another one of this process nor for a server's answers.

        Of other programs it knows nothing: a write that must not wait for them either is not `patient`.
        """
        return self._engine.dialect.name == "sqlite" and not self._writing.locked()

    @contextmanager
    def _transaction(self, engine: Engine, patient: bool) -> Iterator[Connection]:
        """One at a time in this process. SQLite's connections for it are kept: to borrow one costs a third of it.

        Most of what is written goes straight to the driver, so that SQLAlchemy need not begin anything. There are two
        connections where some writes wait for the disk and some do not. Each reads anew whatever the other one wrote.
        PostgreSQL's are borrowed: it may have hung up meanwhile, which is asked when one is borrowed.
        """
        if engine.dialect.name != "sqlite":
            with engine.begin() as connection:
                yield connection
            return
        if engine not in self._kept:
            self._kept[engine] = _kept(engine)
        connection = self._kept[engine]
        driver: Any = connection.connection.driver_connection
        _begin_immediate(driver, engine.dialect, patient=patient)
        try:
            yield connection
            connection.commit()  # of a transaction that SQLAlchemy knows of, if something went through it
            if driver.in_transaction:
                driven(driver, engine.dialect, "COMMIT", ())
        except BaseException:
            connection.rollback()
            driver.rollback()
            raise

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do `act` once the write this thread is in has been committed, and not at all when it is rolled back.

        Raises:
            RuntimeError: the thread is in no write.
        """
        if self._writer != threading.get_ident():
            raise RuntimeError("there is no write transaction whose end could be waited for")
        self._afterwards.append(act)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One read-only look at a consistent state."""
        with self._engine.begin() as connection:
            yield connection

    def look(self, statement: Prepared, **values: Any) -> list[Row]:
        """The rows of one SELECT, which sees a consistent state by itself: a `read` at a tenth of its cost.

        Raises:
            DBAPIError: as `Prepared.run`.
        """
        try:
            borrowed = self._looking.pop()
        except IndexError:
            borrowed = self._engine.raw_connection()
        try:
            return statement.asked(borrowed.driver_connection, self._engine.dialect, values)
        finally:
            if self._engine.dialect.name == "sqlite" and len(self._looking) < LOOKING:
                self._looking.append(borrowed)  # no transaction is open in it, as one would be in PostgreSQL's
            else:
                borrowed.close()

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
        """Give the connections back, once the write in hand is over."""
        with self._writing:
            while self._kept:
                self._kept.popitem()[1].close()
        while self._looking:
            self._looking.pop().close()
        self._engine.dispose()


def _check_columns(connection: Connection, metadata: MetaData) -> list[str]:
    """The tables that are there already."""
    look = inspect(connection)
    standing = sorted(set(look.get_table_names()) & set(metadata.tables))
    for name in standing:
        kept, wanted = {column["name"] for column in look.get_columns(name)}, set(metadata.tables[name].columns.keys())
        if kept != wanted:
            different = ", ".join(sorted(kept ^ wanted))
            raise NoSuchColumnError(
                f"another version of the sandbox made it (table {name} differs in {different}); "
                "move the data directory away, delete it, or choose another"
            )
    return standing


def _tune_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's "begin" event speaks BEGIN, the driver must not
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={PATIENCE}",
        "foreign_keys=ON",
        "cache_size=-65536",  # in KiB: the indexes of a full store are written to all over
        "wal_autocheckpoint=8000",  # pages: a batch of a few hundred rows would checkpoint at every commit
    ):
        connection.execute(f"PRAGMA {pragma}")


def _kept(engine: Engine) -> Connection:
    """A connection of SQLite's that only writes, and whose commits wait for the disk as the engine says."""
    connection = engine.connect()
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA synchronous={engine.get_execution_options()[_WRITES]}")
    return connection


def _begin_immediate(driver: Any, dialect: Dialect, *, patient: bool) -> None:
    """Take SQLite's write lock, which another process may hold."""
    if not patient:
        driver.execute("PRAGMA busy_timeout=0")
    try:
        driven(driver, dialect, "BEGIN IMMEDIATE", ())
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:  # the rest says why it is
            raise StoreBusy("another program is writing to the store") from error
        raise
    finally:
        if not patient:
            driver.execute(f"PRAGMA busy_timeout={PATIENCE}")


def _begin_sqlite(connection: Connection) -> None:
    if _WRITES not in connection.get_execution_options():  # a write has begun already
        driver: Any = connection.connection.driver_connection
        driver.execute("BEGIN")
