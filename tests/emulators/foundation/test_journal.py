"""The journal: what happened, in order, written with the change it tells of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import MetaData

from emulators.foundation.clock import MALAYSIA, Clock
from emulators.foundation.database import Database
from emulators.foundation.journal import Journal, journal_table

NOON = datetime(2019, 5, 15, 12, 0, tzinfo=MALAYSIA)


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Iterator[Database]:
    metadata = MetaData()
    journal_table(metadata)
    store = Database(f"sqlite:///{tmp_path / 'room.sqlite3'}", metadata)
    store.create()
    yield store
    store.close()


@pytest.fixture(name="journal")
def _journal(store: Database) -> Journal:
    clock = Clock(start=NOON)
    clock.hold()
    clock.set(NOON)
    return Journal(store._metadata.tables["journal"], store, clock)


def test_entries_come_oldest_first_with_the_worlds_time(journal: Journal) -> None:
    """Each entry tells when, what, about what, and its facts."""
    journal.note("ar received", "A1", amount=1310)
    journal.note("ar refused", "A2")

    first, second = journal.read()

    assert (first["kind"], first["ref"], first["facts"]) == ("ar received", "A1", {"amount": 1310})
    assert first["at"] == "2019-05-15T12:00:00.000+08:00"
    assert (second["kind"], second["facts"]) == ("ar refused", {})


def test_reading_goes_on_from_where_it_stopped(journal: Journal) -> None:
    """`since` and `limit` page through without missing or repeating an entry."""
    for number in range(5):
        journal.note("tick", str(number))

    seen: list[str] = []
    since = 0
    while page := journal.read(since, 2):
        seen += [entry["ref"] for entry in page]
        since = page[-1]["id"]

    assert seen == ["0", "1", "2", "3", "4"]


def test_an_entry_shares_the_fate_of_the_change_it_tells_of(journal: Journal, store: Database) -> None:
    """A rolled-back change leaves no entry."""

    def fails() -> None:
        with store.write() as connection:
            journal.write(connection, "paid", "A1")
            raise LookupError("the change failed")

    with pytest.raises(LookupError):
        fails()

    assert journal.read() == []


def test_numbers_are_not_used_again_after_a_reset(journal: Journal, store: Database) -> None:
    """A reader that waits for entries above the last one it saw misses none after a reset."""
    journal.note("one")
    last = journal.read()[-1]["id"]
    store.wipe()

    journal.note("two")

    assert [entry["kind"] for entry in journal.read(since=last)] == ["two"]


def test_a_long_reference_is_cut_to_the_column(journal: Journal) -> None:
    """A hostile reference cannot fail the transaction it is noted in."""
    journal.note("refused", "x" * 500)

    assert journal.read()[0]["ref"] == "x" * 80


def test_who_follows_hears_of_an_entry_once_it_is_committed_and_only_then(store: Database) -> None:
    """At that moment the entry can be read; one that was rolled back is never told of."""
    heard: list[tuple[str, str, int]] = []

    def hear(entries: Sequence[tuple[str, str]]) -> None:
        heard.extend((kind, ref, len(told.read())) for kind, ref in entries)

    told = Journal(store._metadata.tables["journal"], store, Clock(start=NOON), hear)
    with store.write() as connection:
        told.write(connection, "AR", "A1")
        assert heard == []
    with suppress(ZeroDivisionError), store.write() as connection:
        told.write(connection, "AC owed", "A1")
        raise ZeroDivisionError
    told.note("AE", "A2")

    assert heard == [("AR", "A1", 1), ("AE", "A2", 2)]
