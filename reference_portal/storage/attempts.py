"""What is counted against somebody within a window: a row for each count, and none that is over for long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, Table, bindparam, select
from sqlalchemy.exc import IntegrityError

from reference_portal.storage.columns import Instant, metadata, one

attempts = Table(
    "attempts",
    metadata,
    Column("what", String(40), primary_key=True),
    Column("whose", String(64), primary_key=True),
    Column("since", Instant, nullable=False, index=True),
    Column("count", Integer, nullable=False),
)


@dataclass(frozen=True)
class Attempts:
    """How often since when."""

    what: str
    whose: str
    since: datetime
    count: int


_mine = (attempts.c.what == bindparam("which"), attempts.c.whose == bindparam("person"))
_of = select(attempts).where(*_mine)
_hold = _of.with_for_update()
_set = attempts.update().where(*_mine).values(since=bindparam("begun"), count=bindparam("so_many"))
_prune = attempts.delete().where(attempts.c.since < bindparam("before"))


def of(connection: Connection, what: str, whose: str) -> Attempts | None:
    """What was counted, whatever its window is worth now."""
    return one(connection, _of, Attempts, which=what, person=whose)


def hold(connection: Connection, what: str, whose: str) -> Attempts | None:
    """`of`, and another process that counts the same waits for this transaction."""
    return one(connection, _hold, Attempts, which=what, person=whose)


def put(connection: Connection, counted: Attempts, over: datetime) -> None:
    """Remember the count; when it is somebody's first, windows that began before `over` are cleared away."""
    row = {"which": counted.what, "person": counted.whose, "begun": counted.since, "so_many": counted.count}
    if connection.execute(_set, row).rowcount:
        return
    connection.execute(_prune, {"before": over})
    try:
        with connection.begin_nested():
            connection.execute(attempts.insert(), vars(counted))
    except IntegrityError:  # another process made the row in between
        connection.execute(_set, row)
