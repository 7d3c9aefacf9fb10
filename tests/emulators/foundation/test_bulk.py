"""Many rows go in at once, in order, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text, select
from sqlalchemy.exc import IntegrityError

from emulators.foundation.bulk import BLOCK, BulkInsert
from emulators.foundation.database import Database

METADATA = MetaData()
TABLE = Table(
    "things",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("octets", LargeBinary),
    Column("other", Text),
)
INSERT = BulkInsert(TABLE, "name", "octets")


@pytest.fixture(name="database")
def _database(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path}/things.sqlite3", METADATA)
    database.create()
    return database


@pytest.mark.parametrize("count", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 7])
def test_every_row_is_there_in_its_order(database: Database, count: int) -> None:
    """Whatever the number of whole blocks; a row may have more than the columns it is asked for."""
    rows = [{"name": f"n{number}", "octets": bytes([number % 256]) or None, "more": 1} for number in range(count)]
    with database.write() as connection:
        INSERT.rows(connection, rows)
    with database.read() as connection:
        found = connection.execute(select(TABLE).order_by(TABLE.c.id)).all()

    assert [(row.name, row.octets, row.other) for row in found] == [(r["name"], r["octets"], None) for r in rows]
    database.close()


def test_a_row_that_cannot_be_kept_keeps_none(database: Database) -> None:
    """The transaction is the caller's."""
    rows = [{"name": "same", "octets": None}] * 2
    with pytest.raises(IntegrityError), database.write() as connection:
        INSERT.rows(connection, [{"name": "before", "octets": b""}, *rows])
    with database.read() as connection:
        assert connection.execute(select(TABLE)).all() == []
    database.close()
