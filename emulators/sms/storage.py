"""Where messages are kept: one row each, and one row for each stage of their delivery. What is asked: `lookup`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, or_, select

from emulators.foundation.bulk import BulkInsert, Straight
from emulators.foundation.clock import MALAYSIA
from emulators.sms.delivery import Status
from emulators.sms.messages import Message, Via
from emulators.sms.tables import MESSAGES, STEPS

_M = MESSAGES.c
NEWEST = select(MESSAGES).order_by(_M.id.desc())
_INSERT = MESSAGES.insert()
_STEP = STEPS.insert()
_STEPS = BulkInsert(STEPS, "message_id", "status", "at")
_INSERT_MANY = BulkInsert(MESSAGES, *(column.name for column in MESSAGES.columns if column.name != "id"))
_FIRST_STEPS = Straight(
    "INSERT INTO steps (message_id, status, at) SELECT id, status, created FROM messages WHERE id > ?"
)
_NEWEST_ID = Straight("SELECT max(id) FROM messages")
_LONG_ENOUGH = or_(_M.updated <= bindparam("by"), _M.updated > bindparam("now"))
"""In its state since then; or from a future the clock was taken back from."""
_IN_STATE = select(MESSAGES).where(_M.status == bindparam("state")).order_by(_M.id).limit(bindparam("most"))
_DUE = _IN_STATE.where(_LONG_ENOUGH)
_RIPE = _IN_STATE.where(or_(and_(_M.hold_until.is_(None), _LONG_ENOUGH), _M.hold_until <= bindparam("now")))
_ANY_IN = select(_M.id).where(_M.status.in_(bindparam("states", expanding=True))).limit(1)
_STORED_AFTER = select(MESSAGES).where(_M.id > bindparam("before"), _M.copy_of.is_(None)).order_by(_M.id)
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


def millis(instant: datetime) -> int:
    """An instant as it is kept."""
    return int(instant.timestamp() * 1000)


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


def advance(
    connection: Connection, messages: Sequence[Message], to: Status, at: datetime, changes: Mapping[str, Any]
) -> None:
    """Move messages on, with what else changes in each."""
    values = {"status": to.value, "updated": millis(at), **changes}
    if to is Status.SENT:
        values["sent"] = millis(at)
    ids = [message.id for message in messages]
    connection.execute(MESSAGES.update().where(_M.id.in_(ids)).values(**values))
    _STEPS.rows(connection, [{"message_id": key, "status": to.value, "at": millis(at)} for key in ids])


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


def stored_after(connection: Connection, before: int) -> list[Message]:
    """The messages whose ids are higher, in order, without the second deliveries of others."""
    return [message_of(row) for row in connection.execute(_STORED_AFTER, {"before": before})]


def due(
    connection: Connection, status: Status, by: datetime, now: datetime, limit: int, *, held_here: bool
) -> list[Message]:
    """Messages that have been in `status` since `by` or longer, oldest first.

    `held_here`: a message that is held back leaves this state when it is held no longer, and not before.
    """
    given = {"state": status, "by": millis(by), "now": millis(now), "most": limit}
    return [message_of(row) for row in connection.execute(_RIPE if held_here else _DUE, given)]


def any_in(connection: Connection, statuses: Sequence[Status]) -> bool:
    """Whether any message is in one of these states."""
    return connection.execute(_ANY_IN, {"states": statuses}).first() is not None


def message_of(row: Row[Any]) -> Message:
    """The message a row tells of."""
    return Message(
        id=row.id,
        sid=row.sid,
        account_sid=row.account_sid,
        to=row.to_number,
        sender=row.sender,
        messaging_service_sid=row.messaging_service_sid,
        status_callback=row.status_callback,
        callback_secret=row.callback_secret,
        body=row.body,
        encoding=row.encoding,
        units=row.units,
        segments=row.segments,
        status=Status(row.status),
        via=Via(row.via),
        error_code=row.error_code,
        fault=row.fault,
        created=instant(row.created),
        updated=instant(row.updated),
        sent=None if row.sent is None else instant(row.sent),
        received=None if row.received is None else instant(row.received),
        arrived=None if row.arrived is None else instant(row.arrived),
        copy_of=row.copy_of,
    )
