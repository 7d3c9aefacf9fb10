"""The store: durable, one writer at a time, the same statements for both databases."""

from __future__ import annotations

import importlib
import pkgutil
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql import Executable

import reference_portal.storage
from reference_portal.clock import MALAYSIA
from reference_portal.rules.order import OrderState
from reference_portal.storage.columns import Instant, OneOf, metadata
from reference_portal.storage.database import Database

MODULES = [
    importlib.import_module(f"reference_portal.storage.{module.name}")
    for module in pkgutil.iter_modules(reference_portal.storage.__path__)
]
STATEMENTS = [
    pytest.param(value, id=f"{module.__name__.rpartition('.')[2]}.{name}")
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, Executable) and not isinstance(value, Table)
]


@pytest.fixture(name="database")
def _database(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path / 'portal.sqlite3'}", metadata)
    database.create()
    return database


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_statement_is_plain_sql_in_both_databases(statement: Executable) -> None:
    """Each prebuilt statement compiles for SQLite and for PostgreSQL."""
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        assert str(statement.compile(dialect=dialect))  # type: ignore[attr-defined]  # every statement has it


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_can_be_made_in_both_databases(table: Table) -> None:
    """No type of one database alone."""
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        assert str(CreateTable(table).compile(dialect=dialect))


def test_a_write_is_durable_and_in_wal(database: Database) -> None:
    """`synchronous=FULL` (2) and WAL, on every connection."""
    with database.write() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_an_error_inside_a_write_undoes_all_of_it(database: Database) -> None:
    """Nothing of a block that failed is kept."""
    table = metadata.tables["receipt_counters"]

    def fail() -> None:
        with database.write() as connection:
            connection.execute(table.insert(), {"year": 2019, "last": 7})
            raise ValueError("in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        fail()
    with database.read() as connection:
        assert connection.execute(table.select()).all() == []


def test_a_write_inside_a_write_is_an_error_and_not_a_deadlock(database: Database) -> None:
    """The same thread would wait for itself for ever."""
    with database.write(), pytest.raises(RuntimeError, match="inside another one"), database.write():
        pass


def test_writers_wait_for_each_other(database: Database) -> None:
    """Twenty threads add one each; none is lost and none is turned away."""
    table = metadata.tables["receipt_counters"]
    with database.write() as connection:
        connection.execute(table.insert(), {"year": 2019, "last": 0})

    def add_one() -> None:
        with database.write() as connection:
            connection.execute(table.update().values(last=table.c.last + 1))

    threads = [threading.Thread(target=add_one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.read() as connection:
        assert connection.execute(table.select()).one().last == 20


def test_instants_come_back_aware_and_sort_as_time() -> None:
    """Text in Malaysia time: the same instant is the same text, whatever zone it arrived in."""
    kind, dialect = Instant(), sqlite.dialect()
    noon_utc = datetime(2019, 5, 15, 4, 0, tzinfo=UTC)
    later = datetime(2019, 5, 15, 12, 0, 0, 1, tzinfo=MALAYSIA)

    stored = kind.process_bind_param(noon_utc, dialect)

    assert stored == "2019-05-15T12:00:00.000000+08:00"
    assert kind.process_result_value(stored, dialect) == noon_utc
    assert stored < (kind.process_bind_param(later, dialect) or "")


def test_a_word_the_enum_does_not_know_is_never_stored() -> None:
    """It is refused before it reaches the table."""
    with pytest.raises(ValueError, match="LOST"):
        OneOf(OrderState).process_bind_param("LOST", sqlite.dialect())
