"""Where mail is kept and found. Statements are prebuilt; the caller brings the transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, text, update

from emulators.foundation.clock import MALAYSIA
from emulators.smtp.kept import Kept
from emulators.smtp.marks import Kind, Mark
from emulators.smtp.tables import CONTENTS, MARKS, MESSAGES, TAGS

_M = MESSAGES.c
_INSERT = MESSAGES.insert()
_LIST = (_M.id, _M.uid, _M.message_id, _M.read, _M.created, _M.size, _M.attachments, _M.subject, _M.snippet)
_KEPT = select(*_LIST, _M.people, _M.tags)
_NEWEST = _KEPT.order_by(_M.id.desc())
_NEWEST_ID = select(func.max(_M.id))
_SIZE_OF_STORE = {
    "sqlite": text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
    "postgresql": text("SELECT pg_database_size(current_database())"),
}
CHUNK = 500
"""Ids named in one statement; stores limit how many parameters one may have."""

Where = Sequence[ColumnElement[bool]]


def millis(instant: datetime) -> int:
    """An instant as it is kept."""
    return int(instant.timestamp() * 1000)


def insert(
    connection: Connection, columns: dict[str, Any], words: str, raw: bytes, marks: set[tuple[Kind, Mark]]
) -> None:
    """Keep one message with its content, its index rows and its tags."""
    key = connection.execute(_INSERT, columns).inserted_primary_key
    assert key is not None  # noqa: S101  an INSERT of one row always tells its key
    connection.execute(CONTENTS.insert(), {"message_id": key[0], "words": words, "raw": raw})
    rows = [
        {"kind": int(kind), "mirrored": mark.mirrored, "after": mark.after, "message_id": key[0]}
        for kind, mark in marks
    ]
    if rows:
        connection.execute(MARKS.insert(), rows)
    if columns["tags"]:
        connection.execute(TAGS.insert(), [{"tag": tag, "message_id": key[0]} for tag in columns["tags"]])


def page(connection: Connection, where: Where, start: int, limit: int) -> list[Kept]:
    """Messages that meet every condition, newest first."""
    return [_kept(row) for row in connection.execute(_NEWEST.where(*where).offset(start).limit(limit))]


def count(connection: Connection, where: Where = ()) -> tuple[int, int]:
    """How many messages meet every condition, and how many of those are unread."""
    query = select(func.count()).select_from(MESSAGES).where(*where)
    return connection.execute(query).scalar_one(), connection.execute(query.where(_M.read.is_(False))).scalar_one()


def by_uid(connection: Connection, uid: str) -> Kept | None:
    """The message of that ID."""
    row = connection.execute(_KEPT.where(_M.uid == uid)).first()
    return None if row is None else _kept(row)


def newest_to(connection: Connection, mark: Mark, *, after: int = 0, since: datetime | None = None) -> Kept | None:
    """The newest message whose envelope named exactly that address: one look-up in the recipient index.

    `after`: later than the message with that id; `since`: arrived at that instant or later.
    """
    c = MARKS.c
    exact = [c.kind == int(Kind.ENVELOPE), c.mirrored == mark.mirrored, c.after == mark.after]
    exact += [c.message_id > after] if after else []
    ids = select(c.message_id).where(*exact).order_by(c.message_id.desc()).limit(1)
    if since is not None:
        ids = ids.join(MESSAGES, _M.id == c.message_id).where(_M.created >= millis(since))
    newest = ids.scalar_subquery()
    row = connection.execute(_KEPT.where(_M.id == newest)).first()
    return None if row is None else _kept(row)


def newest_since(connection: Connection, *, after: int = 0, since: datetime | None = None) -> Kept | None:
    """The newest message of all; `after` and `since` as above."""
    where = [_M.id > after] + ([] if since is None else [_M.created >= millis(since)])
    return next(iter(page(connection, where, 0, 1)), None)


def newest_id(connection: Connection) -> int:
    """The id of what arrived last; 0 when nothing is there."""
    return connection.execute(_NEWEST_ID).scalar_one() or 0


def raw(connection: Connection, key: int) -> bytes:
    """The octets of a message."""
    return bytes(connection.execute(select(CONTENTS.c.raw).where(CONTENTS.c.message_id == key)).scalar_one())


def tags(connection: Connection) -> dict[str, int]:
    """Every tag and how many messages carry it, in alphabetical order."""
    query = select(TAGS.c.tag, func.count().label("many")).group_by(TAGS.c.tag).order_by(TAGS.c.tag)
    return {row.tag: row.many for row in connection.execute(query)}


def set_read(connection: Connection, where: Where, read: bool) -> None:
    """Mark every message that meets the conditions."""
    connection.execute(update(MESSAGES).where(*where).values(read=read))


def remove(connection: Connection, where: Where) -> int:
    """Delete every message that meets the conditions; how many there were."""
    keys = list(connection.execute(select(_M.id).where(*where)).scalars())
    for begin in range(0, len(keys), CHUNK):
        chunk = keys[begin : begin + CHUNK]
        for table in (CONTENTS, MARKS, TAGS):
            connection.execute(delete(table).where(table.c.message_id.in_(chunk)))
        connection.execute(delete(MESSAGES).where(_M.id.in_(chunk)))
    return len(keys)


def named(uids: Sequence[str]) -> list[list[ColumnElement[bool]]]:
    """Conditions that name messages by ID, in chunks a statement can hold."""
    return [[_M.uid.in_(uids[begin : begin + CHUNK])] for begin in range(0, len(uids), CHUNK)]


def store_size(connection: Connection) -> int:
    """Octets the store takes on disk; 0 when this kind of store does not tell."""
    query = _SIZE_OF_STORE.get(connection.dialect.name)
    return 0 if query is None else int(connection.execute(query).scalar_one())


def _kept(row: Row[*tuple[Any, ...]]) -> Kept:
    return Kept(
        id=row.id,
        uid=row.uid,
        message_id=row.message_id,
        read=row.read,
        created=datetime.fromtimestamp(row.created / 1000, MALAYSIA),
        size=row.size,
        attachments=row.attachments,
        subject=row.subject,
        snippet=row.snippet,
        people=row.people,
        tags=row.tags,
    )
