"""What happened, in order. No one-time password, password or whole identity number ever enters it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Connection, Integer, String, Table, bindparam, select

from reference_portal.clock import Clock
from reference_portal.storage.columns import Instant, metadata
from reference_portal.storage.database import Database

entries = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("kind", String(40), nullable=False, index=True),
    Column("ref", String(80), nullable=False, index=True),
    Column("facts", JSON, nullable=False),
    sqlite_autoincrement=True,
)

_add = entries.insert()
_read = select(entries).where(entries.c.id > bindparam("since")).order_by(entries.c.id).limit(bindparam("most"))


class Journal:
    """Entries are written inside the transaction that changes what they tell of."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def write(self, connection: Connection, kind: str, ref: str = "", **facts: Any) -> None:
        """Note that `kind` happened to `ref` (an order, an account id); `facts` must be JSON."""
        connection.execute(_add, {"at": self._clock.now(), "kind": kind, "ref": ref[:80], "facts": facts})

    def note(self, kind: str, ref: str = "", **facts: Any) -> None:
        """`write` in a transaction of its own, for what changed nothing."""
        with self._database.write() as connection:
            self.write(connection, kind, ref, **facts)

    def read(self, since: int = 0, limit: int = 100) -> list[dict[str, Any]]:
        """Entries with an id above `since`, oldest first, at most `limit`, their instants as ISO text."""
        with self._database.read() as connection:
            rows = connection.execute(_read, {"since": since, "most": limit}).mappings()
            return [{**row, "at": row["at"].isoformat(timespec="milliseconds")} for row in rows]
