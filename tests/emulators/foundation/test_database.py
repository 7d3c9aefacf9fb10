"""The store: a write is whole and durable, or it did not happen."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, func, select
from sqlalchemy.exc import IntegrityError, OperationalError

from emulators.foundation import database
from emulators.foundation.database import Database, StoreBusy

METADATA = MetaData()
THINGS = Table("things", METADATA, Column("id", Integer, primary_key=True), Column("name", String(20), unique=True))


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Iterator[Database]:
    store = Database(f"sqlite:///{tmp_path / 'room.sqlite3'}", METADATA)
    store.create()
    yield store
    store.close()


def names(store: Database) -> list[str]:
    """What is in the store."""
    with store.read() as connection:
        return list(connection.execute(select(THINGS.c.name).order_by(THINGS.c.id)).scalars())


def put(store: Database, name: str, *, patient: bool = True) -> None:
    """One write of one row."""
    with store.write(patient=patient) as connection:
        connection.execute(THINGS.insert(), {"name": name})


def test_what_was_written_is_there_for_another_program(store: Database, tmp_path: Path) -> None:
    """A write is committed when its block ends."""
    put(store, "a")

    other = sqlite3.connect(tmp_path / "room.sqlite3")
    rows = other.execute("SELECT name FROM things").fetchall()
    other.close()

    assert rows == [("a",)]


def test_what_is_kept_is_its_owners_alone(store: Database, tmp_path: Path) -> None:
    """Codes and mails are in it, and in what SQLite puts beside it."""
    put(store, "a")

    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}
    assert len(list(tmp_path.iterdir())) == 3


def test_an_error_inside_a_write_leaves_nothing(store: Database) -> None:
    """Everything in the block is rolled back together."""

    def two_alike() -> None:
        with store.write() as connection:
            connection.execute(THINGS.insert(), {"name": "a"})
            connection.execute(THINGS.insert(), {"name": "a"})

    with pytest.raises(IntegrityError):
        two_alike()

    assert names(store) == []


def test_a_write_inside_a_write_is_refused_instead_of_waiting_for_ever(store: Database) -> None:
    """The mistake is named at once and the outer write is rolled back."""

    def nested() -> None:
        with store.write() as connection:
            connection.execute(THINGS.insert(), {"name": "outer"})
            put(store, "inner")

    with pytest.raises(RuntimeError, match="inside another"):
        nested()

    assert names(store) == []

    put(store, "after")

    assert names(store) == ["after"]


def test_many_threads_write_and_none_is_lost(store: Database) -> None:
    """Writers of one process queue instead of failing with a locked database."""

    def put_ten(writer: int) -> None:
        for number in range(10):
            put(store, f"{writer}-{number}")

    threads = [threading.Thread(target=put_ten, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(THINGS)).scalar() == 80


def test_a_store_is_free_unless_somebody_writes(store: Database) -> None:
    """Whoever must not wait asks first."""
    assert store.free()
    with store.write():
        assert not store.free()
    assert store.free()


def test_who_is_not_patient_waits_for_no_other_thread(store: Database) -> None:
    """Refused while another thread is writing; a moment later taken."""
    with ThreadPoolExecutor() as pool:
        with store.write():
            refusal = pool.submit(put, store, "a", patient=False).exception(timeout=10)
        put(store, "b", patient=False)

    assert isinstance(refusal, StoreBusy)
    assert names(store) == ["b"]


def test_who_is_not_patient_waits_for_no_other_program(
    store: Database, tmp_path: Path, until: Callable[..., object]
) -> None:
    """Refused while another program is writing; who comes after and is patient waits for its end."""
    with (
        ThreadPoolExecutor() as pool,
        closing(sqlite3.connect(tmp_path / "room.sqlite3", isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="another program"):
            put(store, "a", patient=False)
        waiting = pool.submit(put, store, "b")
        until(lambda: not store.free(), "the patient one waits")
        other.rollback()
        waiting.result(timeout=10)

    assert names(store) == ["b"]


def test_another_program_is_not_waited_for_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The patient ones hear the same once their patience is over."""
    monkeypatch.setattr(database, "PATIENCE", 1)
    store = Database(f"sqlite:///{tmp_path / 'room.sqlite3'}", METADATA)
    store.create()
    with closing(sqlite3.connect(tmp_path / "room.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            put(store, "a")
    put(store, "b")

    assert names(store) == ["b"]
    store.close()


def test_a_reader_sees_one_consistent_state(store: Database) -> None:
    """What is committed during a look is not seen by it."""
    put(store, "a")
    with store.read() as connection:
        before = connection.execute(select(func.count()).select_from(THINGS)).scalar()
        put(store, "b")

        assert before == connection.execute(select(func.count()).select_from(THINGS)).scalar()

    assert names(store) == ["a", "b"]


def test_the_store_promises_durability(store: Database) -> None:
    """WAL with a full sync: what was acknowledged survives a power cut."""
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_wiping_empties_every_table_and_keeps_them(store: Database) -> None:
    """After a wipe the store is as new."""
    put(store, "a")

    store.wipe()

    assert names(store) == []

    put(store, "a")

    assert names(store) == ["a"]


def test_a_store_that_does_not_answer_is_not_ready(tmp_path: Path) -> None:
    """A ping raises what the driver raises."""
    nowhere = Database(f"sqlite:///{tmp_path}/no/such/folder.sqlite3", MetaData())

    with pytest.raises(OperationalError):
        nowhere.ping()


def test_what_is_done_after_a_commit_belongs_to_a_write(store: Database) -> None:
    """There is nothing to wait for outside of one; what is done afterwards may write again."""
    with pytest.raises(RuntimeError, match="no write"):
        store.after_commit(lambda: None)
    with store.write() as connection:
        connection.execute(THINGS.insert(), {"name": "first"})
        store.after_commit(lambda: put(store, "second"))

    assert names(store) == ["first", "second"]
