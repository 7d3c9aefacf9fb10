"""What the mail scanner owes and found, message by message."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from emulators.smtp.tables import CONTENTS, MESSAGES, SCANS

_S = SCANS.c
OWED, DONE = "owed", "done"
_INSERT = SCANS.insert()


def owe(connection: Connection, keys: list[int]) -> None:
    """Note that these messages are to be scanned."""
    connection.execute(_INSERT, [{"message_id": key, "state": OWED, "found": {"links": []}} for key in keys])


def owed(connection: Connection) -> tuple[int, str, str, bytes] | None:
    """The oldest message still to be scanned: its id, its ID, its user and its octets."""
    query = (
        select(_S.message_id, MESSAGES.c.uid, MESSAGES.c.username, CONTENTS.c.raw)
        .join(MESSAGES, MESSAGES.c.id == _S.message_id)
        .join(CONTENTS, CONTENTS.c.message_id == _S.message_id)
        .where(_S.state == OWED)
        .order_by(_S.message_id)
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else (row.message_id, row.uid, row.username, bytes(row.raw))


def note(connection: Connection, key: int, found: dict[str, Any]) -> None:
    """Keep what was found; nothing when the message was deleted meanwhile."""
    connection.execute(SCANS.update().where(_S.message_id == key).values(state=DONE, found=found))
