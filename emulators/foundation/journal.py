"""What a room has seen and done, in order, for people and for tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import JSON, Column, Connection, Integer, MetaData, String, Table, select

from emulators.foundation.bulk import BulkInsert
from emulators.foundation.clock import Clock
from emulators.foundation.database import Database

OnEntries = Callable[[Sequence[tuple[str, str]]], None]


def journal_table(metadata: MetaData) -> Table:
    """The table a room keeps its journal in."""
    return Table(
        "journal",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("at", String(40), nullable=False),
        Column("kind", String(40), nullable=False),
        Column("ref", String(80), nullable=False, index=True),
        Column("facts", JSON, nullable=False),
        sqlite_autoincrement=True,
    )


class Journal:
    """Entries are written inside the transaction that changes the state they tell of."""

    def __init__(self, table: Table, database: Database, clock: Clock, on_entries: OnEntries | None = None) -> None:
        """`on_entries` is told kind and ref of entries once they are committed: pages that follow hear of them."""
        self._table = table
        self._database = database
        self._clock = clock
        self._insert = BulkInsert(table, "at", "kind", "ref", "facts")
        self._on_entries = on_entries

    def write(self, connection: Connection, kind: str, ref: str = "", **facts: Any) -> None:
        """Note that `kind` happened to `ref`; `facts` must be JSON."""
        self.write_all(connection, [(kind, ref, facts)])

    def write_all(
        self, connection: Connection, entries: Sequence[tuple[str, str, Mapping[str, Any]]], now: datetime | None = None
    ) -> None:
        """`write` for many at once: kind, ref and facts of each, in order; `now` if it was asked already."""
        if not entries:
            return
        at = (now or self._clock.now()).isoformat(timespec="milliseconds")
        written = {id(facts): facts for _, _, facts in entries}  # of a batch many have the same, which is written once
        texts = {key: json.dumps(facts) for key, facts in written.items()}
        self._insert.values(connection, [(at, kind, ref[:80], texts[id(facts)]) for kind, ref, facts in entries])
        if self._on_entries is not None:
            told = [(kind, ref[:80]) for kind, ref, _ in entries]
            self._database.after_commit(partial(self._on_entries, told))

    def note(self, kind: str, ref: str = "", **facts: Any) -> None:
        """`write` in a transaction of its own, for what changed nothing."""
        with self._database.write() as connection:
            self.write(connection, kind, ref, **facts)

    def mark(self, kind: str, ref: str = "", **facts: Any) -> None:
        """`note` without waiting for the disk: for what a power cut may take, such as a page that was shown."""
        with self._database.write(lasting=False) as connection:
            self.write(connection, kind, ref, **facts)

    def read(self, since: int = 0, limit: int = 100) -> list[dict[str, Any]]:
        """Entries with an id above `since`, oldest first, at most `limit`."""
        query = select(self._table).where(self._table.c.id > since).order_by(self._table.c.id).limit(limit)
        with self._database.read() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]
