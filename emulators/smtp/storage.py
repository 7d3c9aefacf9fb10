"""Where mail is kept and found. Statements are prebuilt; the caller brings the transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, case, delete, func, select, text, update

from emulators.foundation.bulk import BulkInsert, Straight
from emulators.foundation.clock import MALAYSIA
from emulators.smtp import tallies
from emulators.smtp.kept import Kept
from emulators.smtp.marks import Mark
from emulators.smtp.tables import CONTENTS, MARKS, MESSAGES, SCANS, TAGS

_M = MESSAGES.c
_COLUMNS = tuple(column.name for column in MESSAGES.columns if column.name != "id")
_INSERT = Straight(
    f"INSERT INTO messages ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' for _ in _COLUMNS)}) RETURNING id"  # noqa: S608  names of our own
)
_PICK = itemgetter(*_COLUMNS)
_CONTENTS = BulkInsert(CONTENTS, "message_id", "words", "raw")
_MARKS = BulkInsert(MARKS, "kind", "mirrored", "after", "message_id")
_TAGS = BulkInsert(TAGS, "tag", "message_id")
_LIST = (_M.id, _M.uid, _M.message_id, _M.read, _M.created, _M.size, _M.attachments, _M.subject, _M.snippet)
KEPT = select(*_LIST, _M.people, _M.tags, _M.username, _M.arrived)
_NEWEST = KEPT.order_by(_M.id.desc())
_MARK_READ = update(MESSAGES).where(_M.id == bindparam("key"), _M.read.is_(False)).values(read=True)
_NEWEST_ID = select(func.max(_M.id))
_UNREAD = func.coalesce(func.sum(case((_M.read.is_(False), 1), else_=0)), 0)
_SIZE_OF_STORE = {
    "sqlite": text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
    "postgresql": text("SELECT pg_database_size(current_database())"),
}
CHUNK = 500
"""Ids named in one statement; stores limit how many parameters one may have."""

Where = Sequence[ColumnElement[bool]]


@dataclass(frozen=True)
class Entry:
    """One message as the store takes it."""

    columns: dict[str, Any]
    words: str
    raw: bytes
    marks: set[tuple[int, Mark]]


def millis(instant: datetime) -> int:
    """An instant as it is kept."""
    return int(instant.timestamp() * 1000)


def insert(connection: Connection, entries: Sequence[Entry]) -> list[int]:
    """Keep messages with their contents, index rows and tags; their ids, in order."""
    inserted = _INSERT.each(connection, [_values(entry.columns) for entry in entries])
    keys = [int(cursor.fetchone()[0]) for cursor in inserted]
    pairs = list(zip(keys, entries, strict=True))
    _CONTENTS.values(connection, [(key, entry.words, entry.raw) for key, entry in pairs])
    _MARKS.values(connection, [(kind, *mark, key) for key, entry in pairs for kind, mark in entry.marks])
    _TAGS.values(connection, [(tag, key) for key, entry in pairs for tag in entry.columns["tags"]])
    for username, many in Counter([entry.columns["username"] for entry in entries]).items():
        tallies.add(connection, username, many, many)
    return keys


def _values(columns: dict[str, Any]) -> tuple[Any, ...]:
    tags = columns["tags"]
    picked: tuple[Any, ...] = _PICK(
        {**columns, "people": json.dumps(columns["people"]), "tags": json.dumps(tags) if tags else "[]"}
    )
    return picked


def owned(owner: str | None) -> list[ColumnElement[bool]]:
    """The condition that a message was sent by that user; none for None, who sees everybody's."""
    return [] if owner is None else [_M.username == owner]


def page(connection: Connection, where: Where, start: int, limit: int) -> list[Kept]:
    """Messages that meet every condition, newest first."""
    return [kept_of(row) for row in connection.execute(_NEWEST.where(*where).offset(start).limit(limit))]


def count(connection: Connection, where: Where) -> tuple[int, int]:
    """How many messages meet every condition, and how many of those are unread."""
    row = connection.execute(select(func.count(), _UNREAD).select_from(MESSAGES).where(*where)).one()
    return int(row[0]), int(row[1])


def by_uid(connection: Connection, uid: str, where: Where = ()) -> Kept | None:
    """The message of that ID, if it meets every condition."""
    row = connection.execute(KEPT.where(_M.uid == uid, *where)).first()
    return None if row is None else kept_of(row)


def newest_id(connection: Connection) -> int:
    """The id of what arrived last; 0 when nothing is there."""
    return connection.execute(_NEWEST_ID).scalar_one() or 0


def beside(connection: Connection, key: int, where: Where) -> tuple[str, str]:
    """The IDs of the next newer and the next older message that meet every condition; empty where there is none."""
    newer = select(_M.uid).where(_M.id > key, *where).order_by(_M.id).limit(1)
    older = select(_M.uid).where(_M.id < key, *where).order_by(_M.id.desc()).limit(1)
    return connection.execute(newer).scalar() or "", connection.execute(older).scalar() or ""


def uids(connection: Connection, where: Where, most: int) -> list[str]:
    """The IDs of at most so many messages that meet every condition."""
    return list(connection.execute(select(_M.uid).where(*where).limit(most)).scalars())


def mark_read(connection: Connection, kept: Kept) -> None:
    """Mark one message, unless another reader was faster."""
    if connection.execute(_MARK_READ, {"key": kept.id}).rowcount:
        tallies.add(connection, kept.username, 0, -1)


def set_read(connection: Connection, where: Where, read: bool) -> int:
    """Mark every message that meets the conditions; how many changed."""
    changed = [*where, _M.read.is_(not read)]
    for username, many in connection.execute(select(_M.username, func.count()).where(*changed).group_by(_M.username)):
        tallies.add(connection, username, 0, -many if read else many)
    return connection.execute(update(MESSAGES).where(*changed).values(read=read)).rowcount


def remove(connection: Connection, where: Where) -> int:
    """Delete every message that meets the conditions; how many there were."""
    rows = connection.execute(select(_M.id, _M.username, _M.read).where(*where)).all()
    keys = [row.id for row in rows]
    for begin in range(0, len(keys), CHUNK):
        chunk = keys[begin : begin + CHUNK]
        for table in (CONTENTS, MARKS, TAGS, SCANS):
            connection.execute(delete(table).where(table.c.message_id.in_(chunk)))
        connection.execute(delete(MESSAGES).where(_M.id.in_(chunk)))
    unread = Counter(row.username for row in rows if not row.read)
    for username, many in Counter(row.username for row in rows).items():
        tallies.add(connection, username, -many, -unread[username])
    return len(keys)


def named(uids: Sequence[str]) -> list[list[ColumnElement[bool]]]:
    """Conditions that name messages by ID, in chunks a statement can hold."""
    return [[_M.uid.in_(uids[begin : begin + CHUNK])] for begin in range(0, len(uids), CHUNK)]


def store_size(connection: Connection) -> int:
    """Octets the store takes on disk; 0 when this kind of store does not tell."""
    query = _SIZE_OF_STORE.get(connection.dialect.name)
    return 0 if query is None else int(connection.execute(query).scalar_one())


def kept_of(row: Row[*tuple[Any, ...]]) -> Kept:
    """A row of KEPT as a value."""
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
        username=row.username,
        arrived=datetime.fromtimestamp(row.arrived / 1000, UTC),
    )
