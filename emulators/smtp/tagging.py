"""Tags: what they may be called, and the rows that say which message carries which.

A tag has letters, digits, spaces and `- . _ @`; everything else is left out of a name, and two tags that differ only in
case are one (Mailpit's rule in source 1.30.5, confidence high; letters beyond ASCII are allowed here as well).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from emulators.smtp.tables import MESSAGES, TAGS

LONGEST = 100
_NEVER = re.compile(r"[^\w\-. @]")
_T, _M = TAGS.c, MESSAGES.c


def clean(names: Iterable[str]) -> list[str]:
    """Tags as they are kept: cleaned, each once, in alphabetical order."""
    found: dict[str, str] = {}
    for name in names:
        tag = " ".join(_NEVER.sub("", name).split())[:LONGEST].strip()
        if tag:
            found.setdefault(tag.lower(), tag)
    return sorted(found.values())


def tags(connection: Connection, owned: Iterable[ColumnElement[bool]] = ()) -> dict[str, int]:
    """Every tag and how many messages carry it, in alphabetical order."""
    query = select(_T.tag, func.count().label("many")).group_by(_T.tag).order_by(_T.tag)
    if conditions := list(owned):
        query = query.join(MESSAGES, _M.id == _T.message_id).where(*conditions)
    return {row.tag: row.many for row in connection.execute(query)}


def put(connection: Connection, keys: Iterable[int], wanted: list[str]) -> None:
    """Let messages carry exactly these tags."""
    for key in keys:
        connection.execute(delete(TAGS).where(_T.message_id == key))
        connection.execute(update(MESSAGES).where(_M.id == key).values(tags=wanted))
        if wanted:
            connection.execute(TAGS.insert(), [{"tag": tag, "message_id": key} for tag in wanted])


def replace(connection: Connection, owned: list[ColumnElement[bool]], old: str, new: str | None) -> int:
    """Put `new` (None: nothing) where a message carries `old`; how many messages carried it."""
    query = select(_M.id, _M.tags).join(TAGS, _T.message_id == _M.id).where(_T.tag == old, *owned)
    rows = connection.execute(query).all()
    for row in rows:
        others = [tag for tag in row.tags if tag != old]
        put(connection, [row.id], clean([*others, *([] if new is None else [new])]))
    return len(rows)
