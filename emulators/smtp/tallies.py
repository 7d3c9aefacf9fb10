"""How many messages each user has and how many of them are unread, kept in step with every change of the store."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from emulators.smtp.tables import TALLIES

_T = TALLIES.c
_ALL = select(func.coalesce(func.sum(_T.messages), 0), func.coalesce(func.sum(_T.unread), 0))


def add(connection: Connection, username: str, messages: int, unread: int) -> None:
    """Count so many more (or fewer) messages of a user, inside the transaction that stores or deletes them."""
    row = {"username": username, "messages": messages, "unread": unread, "more": messages, "more_unread": unread}
    connection.execute(_upsert(connection.dialect.name), row)


@cache
def _upsert(dialect: str) -> Insert:
    insert = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(TALLIES)
    row: dict[str, Any] = {name: bindparam(name) for name in ("username", "messages", "unread")}
    more = {"messages": _T.messages + bindparam("more"), "unread": _T.unread + bindparam("more_unread")}
    return insert.values(row).on_conflict_do_update(index_elements=[_T.username], set_=more)


def told(connection: Connection, owner: str | None) -> tuple[int, int]:
    """Messages and unread ones of a user; of everybody for None."""
    row = connection.execute(_ALL if owner is None else _ALL.where(_T.username == owner)).one()
    return int(row[0]), int(row[1])


def usernames(connection: Connection) -> list[str]:
    """Everybody who has messages, in alphabetical order; without those who did not sign in."""
    query = select(_T.username).where(_T.messages > 0, _T.username != "").order_by(_T.username)
    return list(connection.execute(query).scalars())
