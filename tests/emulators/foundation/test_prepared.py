"""Prepared statements give and take what SQLAlchemy's own execution would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import JSON, Boolean, Column, Float, Integer, MetaData, String, Table, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from emulators.foundation.database import LOOKING, Database
from emulators.foundation.prepared import Prepared

METADATA = MetaData()
THINGS = Table(
    "things",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(20), nullable=False, unique=True),
    Column("good", Boolean, nullable=False),
    Column("weight", Float, nullable=False),
    Column("facts", JSON, nullable=False),
)
_T = THINGS.c
ADD = Prepared(THINGS.insert(), ["name", "good", "weight", "facts"])
SPOIL = Prepared(update(THINGS).where(_T.name == bindparam("this")).values(good=bindparam("good")))
NEWEST = Prepared(select(_T.name, _T.facts, _T.good, _T.weight).order_by(_T.id.desc()).limit(1))


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Iterator[Database]:
    store = Database(f"sqlite:///{tmp_path / 'room.sqlite3'}", METADATA)
    store.create()
    yield store
    store.close()


def test_every_kind_of_value_comes_back_as_it_went_in(store: Database) -> None:
    """Booleans, numbers and JSON, in the columns' order of the statement; SQLAlchemy reads the same."""
    with store.write() as connection:
        ADD.run(connection, name="a", good=True, weight=1.5, facts={"n": [1, None]})

        assert NEWEST.first(connection) == ("a", {"n": [1, None]}, True, 1.5)
        assert connection.execute(select(_T.good, _T.facts)).one() == (True, {"n": [1, None]})

    assert store.look(NEWEST) == [("a", {"n": [1, None]}, True, 1.5)]
    assert store.look(NEWEST)[0][2] is True


def test_a_change_says_how_many_rows_it_changed(store: Database) -> None:
    """And shares the fate of the transaction it is part of."""
    with store.write() as connection:
        ADD.run(connection, name="a", good=True, weight=1, facts={})

        assert (SPOIL.run(connection, this="a", good=False), SPOIL.run(connection, this="b", good=False)) == (1, 0)

    def fails() -> None:
        with store.write() as connection:
            SPOIL.run(connection, this="a", good=True)
            raise LookupError("the change failed")

    with pytest.raises(LookupError):
        fails()

    assert store.look(NEWEST)[0][2] is False


def test_a_driver_s_error_is_sqlalchemy_s(store: Database) -> None:
    """Whoever catches one need not know which way the statement went."""

    def twice() -> None:
        with store.write() as connection:
            for _ in range(2):
                ADD.run(connection, name="same", good=True, weight=1, facts={})

    with pytest.raises(IntegrityError, match=r"things\.name"):
        twice()

    assert store.look(NEWEST) == []


def test_a_look_sees_what_was_committed_before_it(store: Database) -> None:
    """The connections kept for looks hold no older state, and there are not many of them."""
    for name in "abc":
        with store.write() as connection:
            ADD.run(connection, name=name, good=True, weight=1, facts={})
            assert [row[0] for row in store.look(NEWEST)] != [name]

        assert [row[0] for row in store.look(NEWEST)] == [name]

    assert len(store._looking) <= LOOKING
