"""How many messages each user has and how many of them are unread, kept in step with every change of the store."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from emulators.foundation.bulk import Straight
from emulators.smtp.tables import TALLIES

_T = TALLIES.c
_ADD = Straight(
    "INSERT INTO tallies (username, messages, unread) VALUES (?, ?, ?) ON CONFLICT (username) "
    "DO UPDATE SET messages = tallies.messages + excluded.messages, unread = tallies.unread + excluded.unread"
)
_ALL = select(func.coalesce(func.sum(_T.messages), 0), func.coalesce(func.sum(_T.unread), 0))


def add(connection: Connection, username: str, messages: int, unread: int) -> None:
    """Count so many more (or fewer) messages of a user, inside the transaction that stores or deletes them."""
    _ADD.run(connection, (username, messages, unread))


def told(connection: Connection, owner: str | None) -> tuple[int, int]:
    """Messages and unread ones of a user; of everybody for None."""
    row = connection.execute(_ALL if owner is None else _ALL.where(_T.username == owner)).one()
    return int(row[0]), int(row[1])


def usernames(connection: Connection) -> list[str]:
    """Everybody who has messages, in alphabetical order; without those who did not sign in."""
    query = select(_T.username).where(_T.messages > 0, _T.username != "").order_by(_T.username)
    return list(connection.execute(query).scalars())
