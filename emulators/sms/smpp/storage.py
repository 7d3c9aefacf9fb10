"""Where submissions are kept and found again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select

from emulators.foundation.bulk import BulkInsert
from emulators.sms.delivery import FINAL, Status
from emulators.sms.segments import Segments
from emulators.sms.smpp.tables import SUBMISSIONS
from emulators.sms.storage import millis
from emulators.sms.tables import MESSAGES

_S, _M = SUBMISSIONS.c, MESSAGES.c
_INSERT = BulkInsert(SUBMISSIONS, *_S.keys())
_SEEN = [_M.status, _M.updated, _M.body, _M.error_code, _M.hold_until]
_WITH_MESSAGE = select(SUBMISSIONS, *_SEEN).join_from(SUBMISSIONS, MESSAGES, _M.sid == _S.sid, isouter=True)
_WAITING = select(SUBMISSIONS).where(_S.waits_for == bindparam("group")).order_by(_S.key)
_FINAL = sorted(FINAL)
_OWED = _WITH_MESSAGE.where(_S.owed > 0).order_by(_S.key)
_TELLING = [status for status in Status if status in FINAL or status is Status.SENT]
Kept = Row[Any]
"""A submission with the status, instant and text of its message (None while it has none)."""


def insert(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep new submissions; `sid` in a row is that of its message, None while it has none."""
    _INSERT.rows(connection, rows)


def join(connection: Connection, keys: Sequence[int], sid: str) -> None:
    """Say that these parts make up one message."""
    change(connection, keys, sid=sid, waits_for=None)


def waiting(connection: Connection, group: str) -> Sequence[Row[Any]]:
    """The parts of one text that are here, as they came."""
    return connection.execute(_WAITING, {"group": group}).all()


def stale(connection: Connection, before: datetime) -> list[str]:
    """The texts that have waited for a part since before that instant."""
    query = select(_S.waits_for).where(_S.waits_for.is_not(None)).group_by(_S.waits_for)
    return list(connection.execute(query.having(func.max(_S.accepted) <= millis(before))).scalars())


def highest(connection: Connection) -> int:
    """The highest key of a submission so far; 0 when there is none."""
    return connection.execute(select(func.max(_S.key))).scalar_one() or 0


def by_number(connection: Connection, system_id: str, number: int) -> Kept | None:
    """The submission of that number, if that client made it; of several recipients, the first."""
    return connection.execute(_WITH_MESSAGE.where(_S.key == number, _S.system_id == system_id)).first()


def between(connection: Connection, system_id: str, sender: str, to: str, service_type: str) -> Sequence[Kept]:
    """A client's submissions from one address to another that have not ended, the newest first."""
    query = _WITH_MESSAGE.where(
        _S.system_id == system_id, _S.sender == sender, _S.to_number == to, _S.service_type == service_type, _open()
    )
    return connection.execute(query.order_by(_S.key.desc())).all()


def unfinished(connection: Connection, system_id: str) -> int:
    """How many submissions of a client have not ended."""
    query = select(func.count()).select_from(SUBMISSIONS).join(MESSAGES, _M.sid == _S.sid, isouter=True)
    return connection.execute(query.where(_S.system_id == system_id, _open())).scalar_one()


def owed(connection: Connection, sids: Sequence[str]) -> Sequence[Kept]:
    """Submissions that make up one of these messages and of which a client is still to be told something."""
    return connection.execute(_OWED.where(_S.sid.in_(sids))).all()


def owed_to(connection: Connection, system_id: str, beyond: int, most: int) -> Sequence[Kept]:
    """A client's submissions of which it can now be told something, from the key `beyond` on."""
    mine = _OWED.where(_S.system_id == system_id, _S.key > beyond, _M.status.in_(_TELLING) | _S.ended.is_not(None))
    return connection.execute(mine.limit(most)).all()


def overdue(connection: Connection, now: datetime) -> Sequence[Kept]:
    """Submissions whose validity has ended before they did."""
    query = _WITH_MESSAGE.where(_S.expires.is_not(None), _S.expires <= millis(now), _open())
    return connection.execute(query.limit(500)).all()


def replace_text(connection: Connection, sid: str, text: str, cost: Segments) -> None:
    """Give a message another text."""
    words = {"body": text, "encoding": cost.encoding.value, "units": cost.units, "segments": cost.parts}
    connection.execute(MESSAGES.update().where(_M.sid == sid).values(**words))


def reschedule(connection: Connection, sid: str, at: datetime) -> None:
    """Have a message that is scheduled sent at another instant."""
    later = MESSAGES.update().where(_M.sid == sid, _M.status == Status.SCHEDULED.value)
    connection.execute(later.values(hold_until=millis(at)))


def change(connection: Connection, keys: Sequence[int], **columns: Any) -> None:
    """Give some columns of submissions new values."""
    connection.execute(SUBMISSIONS.update().where(_S.key.in_(keys)).values(**columns))


def parts_of(connection: Connection, sids: Sequence[str]) -> Mapping[str, Sequence[Row[Any]]]:
    """The submissions that make up each of these messages, in the order of the text, by the message's sid."""
    found: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(select(SUBMISSIONS).where(_S.sid.in_(sids)).order_by(_S.part, _S.key)):
        found.setdefault(row.sid, []).append(row)
    return found


def _open() -> Any:
    moving = _M.status.in_([status for status in Status if status not in FINAL])
    return (_S.ended.is_(None)) & or_(moving, _S.waits_for.is_not(None))
