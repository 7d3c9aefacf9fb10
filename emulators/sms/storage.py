"""Where messages are kept: one row each, and one row for each stage of their delivery. What is asked: `lookup`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select

from emulators.foundation.bulk import BulkInsert, Straight
from emulators.foundation.clock import MALAYSIA
from emulators.foundation.prepared import Prepared, Row
from emulators.sms.delivery import Status
from emulators.sms.messages import Message, Via
from emulators.sms.tables import MESSAGES, STEPS

_M = MESSAGES.c
NEWEST = select(MESSAGES).order_by(_M.id.desc())
_INSERT = MESSAGES.insert()
_STEP = STEPS.insert()
_STEPS = BulkInsert(STEPS, "message_id", "status", "at")
_COLUMNS = tuple(column.name for column in MESSAGES.columns)
_INSERT_MANY = BulkInsert(MESSAGES, *_COLUMNS[1:])
_WITHOUT_ID = itemgetter(*_COLUMNS[1:])
_FIRST_STEPS = Straight(
    "INSERT INTO steps (message_id, status, at) SELECT id, status, created FROM messages WHERE id > ?"
)
_NEWEST_ID = Straight("SELECT max(id) FROM messages")
_LONG_ENOUGH = or_(_M.updated <= bindparam("by"), _M.updated > bindparam("now"))
"""In its state since then; or from a future the clock was taken back from."""
_IN_STATE = (
    select(MESSAGES)
    .where(_M.status == bindparam("state"))
    .order_by(_M.updated, _M.id)  # as the index has them, or all that wait would be read to find the first few
    .limit(bindparam("most"))
)
_DUE = Prepared(_IN_STATE.where(_LONG_ENOUGH))
_RIPE = Prepared(_IN_STATE.where(or_(and_(_M.hold_until.is_(None), _LONG_ENOUGH), _M.hold_until <= bindparam("now"))))
_ANY_IN = select(_M.id).where(_M.status.in_(bindparam("states", expanding=True))).limit(1)
_IDS = Straight("SELECT sid, id FROM messages WHERE id > ?")
_ANY_HELD = Straight("SELECT id FROM messages WHERE hold_until IS NOT NULL LIMIT 1")
_LET_GO = (
    MESSAGES.update()
    .where(
        _M.hold_until > bindparam("now"),
        _M.to_number.in_(bindparam("numbers", expanding=True)),
        _M.fault == bindparam("kind"),
        _M.received.is_(None),
    )
    .values(hold_until=bindparam("now"))
)


MOVED_AT_ONCE = 100
"""Messages one statement moves on; one size is enough, and the driver remembers it."""
_STATUS = {status.value: status for status in Status}
_VIA = {via.value: via for via in Via}


@lru_cache(maxsize=256)  # messages of the same moment share theirs
def millis(instant: datetime) -> int:
    """An instant as it is kept."""
    return int(instant.timestamp() * 1000)


@lru_cache(maxsize=256)
def instant(kept: int) -> datetime:
    """An instant as it is known."""
    return datetime.fromtimestamp(kept / 1000, MALAYSIA)


def highest_id(connection: Connection) -> int:
    """The highest id given to a message so far; 0 when there is none."""
    return _NEWEST_ID.run(connection).fetchone()[0] or 0


def insert(connection: Connection, rows: Sequence[Mapping[str, Any]], before: int) -> None:
    """Keep new messages, and the first stage of each one's delivery; `before`: the highest id until then."""
    _INSERT_MANY.rows(connection, rows)
    _FIRST_STEPS.run(connection, (before,))


def inserted(connection: Connection, rows: Sequence[Mapping[str, Any]], before: int) -> list[Message]:
    """The messages of rows that were just inserted, under the ids they were given."""
    ids = dict(_IDS.run(connection, (before,)).fetchall())
    return [message_of((ids[row["sid"]], *_WITHOUT_ID(row))) for row in rows]


def advance(
    connection: Connection, messages: Sequence[Message], to: Status, at: datetime, changes: Mapping[str, Any]
) -> None:
    """Move messages on, with what else changes in each."""
    values = {"status": to.value, "updated": millis(at), **changes}
    if to is Status.SENT:
        values["sent"] = millis(at)
    moving, given = _moving(tuple(values)), tuple(values.values())
    ids = [message.id for message in messages]
    for start in range(0, len(ids), MOVED_AT_ONCE):
        some = ids[start : start + MOVED_AT_ONCE]
        moving.run(connection, (*given, *some, *[some[-1]] * (MOVED_AT_ONCE - len(some))))
    _STEPS.rows(connection, [{"message_id": key, "status": to.value, "at": values["updated"]} for key in ids])


def arrive(connection: Connection, message: Message, at: datetime, by_machine: int) -> Message:
    """Let the handset get a message that was held back: it becomes the newest one, under a new id."""
    row = dict(connection.execute(select(MESSAGES).where(_M.id == message.id)).mappings().one())
    steps = connection.execute(select(STEPS).where(STEPS.c.message_id == message.id).order_by(STEPS.c.id)).mappings()
    kept = [{"status": step["status"], "at": step["at"]} for step in steps]
    remove(connection, message)
    del row["id"]
    row |= {"received": millis(at), "arrived": by_machine, "hold_until": None}
    key = connection.execute(_INSERT, row).inserted_primary_key
    assert key is not None  # noqa: S101  an INSERT of one row always tells its key
    connection.execute(_STEP, [{"message_id": key[0], **step} for step in kept])
    return message_of(connection.execute(NEWEST.where(_M.id == key[0])).one())


def let_go(connection: Connection, numbers: Sequence[str], kind: str, now: int) -> None:
    """Hold back no longer what waited for another message to these numbers."""
    if _ANY_HELD.run(connection).fetchone() is None:
        return  # so it is mostly, and to name every number of a batch costs more than to look
    connection.execute(_LET_GO, {"now": now, "numbers": numbers, "kind": kind})


def redact(connection: Connection, message: Message, at: datetime) -> None:
    """Forget the text of a message; what it cost stays."""
    connection.execute(MESSAGES.update().where(_M.id == message.id).values(body="", updated=millis(at)))


def remove(connection: Connection, message: Message) -> None:
    """Forget a message altogether."""
    connection.execute(STEPS.delete().where(STEPS.c.message_id == message.id))
    connection.execute(MESSAGES.delete().where(_M.id == message.id))


def by_sid(connection: Connection, sid: str, account_sid: str | None = None) -> Message | None:
    """The message of that sid (and of that account, when one is given)."""
    query = NEWEST.where(_M.sid == sid)
    row = connection.execute(query if account_sid is None else query.where(_M.account_sid == account_sid)).first()
    return None if row is None else message_of(row)


def due(
    connection: Connection, status: Status, by: datetime, now: datetime, limit: int, *, held_here: bool
) -> list[Message]:
    """Messages that have been in `status` since `by` or longer, oldest first.

    `held_here`: a message that is held back leaves this state when it is held no longer, and not before.
    """
    given = {"state": status.value, "by": millis(by), "now": millis(now), "most": limit}
    return [message_of(row) for row in (_RIPE if held_here else _DUE).rows(connection, **given)]


def any_in(connection: Connection, statuses: Sequence[Status]) -> bool:
    """Whether any message is in one of these states."""
    return connection.execute(_ANY_IN, {"states": statuses}).first() is not None


def message_of(row: Row) -> Message:
    """The message a row tells of: the columns of the table in their order, and more behind them or not."""
    (key, sid, account_sid, to, sender, service, callback, body, encoding, units, segments, status, created, updated,
     sent, via, secret, error_code, fault, _hold_until, received, arrived, copy_of) = row[: len(_COLUMNS)]  # fmt: skip
    return Message(
        id=key,
        sid=sid,
        account_sid=account_sid,
        to=to,
        sender=sender,
        messaging_service_sid=service,
        status_callback=callback,
        callback_secret=secret,
        body=body,
        encoding=encoding,
        units=units,
        segments=segments,
        status=_STATUS[status],
        via=_VIA[via],
        error_code=error_code,
        fault=fault,
        created=instant(created),
        updated=instant(updated),
        sent=None if sent is None else instant(sent),
        received=None if received is None else instant(received),
        arrived=None if arrived is None else instant(arrived),
        copy_of=copy_of,
    )


@lru_cache(maxsize=16)
def _moving(columns: tuple[str, ...]) -> Straight:
    """The statement that gives these columns one value each, in so many messages."""
    values, keys = ", ".join(f"{name} = ?" for name in columns), ", ".join("?" * MOVED_AT_ONCE)
    return Straight(f"UPDATE messages SET {values} WHERE id IN ({keys})")  # noqa: S608  columns of our own
