"""Where messages are kept: one row each, and one row for each stage of their delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select

from emulators.foundation.clock import MALAYSIA
from emulators.sms.delivery import Status
from emulators.sms.listing import Listing, Page
from emulators.sms.messages import Message, Step
from emulators.sms.tables import MESSAGES, STEPS

_M = MESSAGES.c
_NEWEST = select(MESSAGES).order_by(_M.id.desc())
_INSERT = MESSAGES.insert()
_STEP = STEPS.insert()
_FIRST_STEP = STEPS.insert().from_select(
    ["message_id", "status", "at"], select(_M.id, _M.status, _M.created).where(_M.sid == bindparam("of"))
)
_DUE = (
    select(MESSAGES)
    .where(_M.status == bindparam("state"), _M.updated <= bindparam("by"))
    .order_by(_M.id)
    .limit(bindparam("most"))
)
_ANY_IN = select(_M.id).where(_M.status.in_(bindparam("states", expanding=True))).limit(1)
_NEWEST_ID = select(func.max(_M.id))
_NUMBERS = select(_M.to_number, func.count().label("many"), func.max(_M.id).label("latest")).group_by(_M.to_number)


def millis(instant: datetime) -> int:
    """An instant as it is kept."""
    return int(instant.timestamp() * 1000)


def instant(kept: int) -> datetime:
    """An instant as it is known."""
    return datetime.fromtimestamp(kept / 1000, MALAYSIA)


def insert(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep new messages, and the first stage of each one's delivery."""
    connection.execute(_INSERT, rows)
    connection.execute(_FIRST_STEP, [{"of": row["sid"]} for row in rows])


def advance(connection: Connection, message: Message, to: Status, at: datetime) -> None:
    """Move a message on."""
    change: dict[str, Any] = {"status": to.value, "updated": millis(at)}
    if to is Status.SENT:
        change["sent"] = millis(at)
    connection.execute(MESSAGES.update().where(_M.id == message.id).values(**change))
    connection.execute(_STEP, {"message_id": message.id, "status": to.value, "at": millis(at)})


def redact(connection: Connection, message: Message, at: datetime) -> None:
    """Forget the text of a message; what it cost stays."""
    connection.execute(MESSAGES.update().where(_M.id == message.id).values(body="", updated=millis(at)))


def remove(connection: Connection, message: Message) -> None:
    """Forget a message altogether."""
    connection.execute(STEPS.delete().where(STEPS.c.message_id == message.id))
    connection.execute(MESSAGES.delete().where(_M.id == message.id))


def by_sid(connection: Connection, sid: str, account_sid: str | None = None) -> Message | None:
    """The message of that sid (and of that account, when one is given)."""
    query = _NEWEST.where(_M.sid == sid)
    row = connection.execute(query if account_sid is None else query.where(_M.account_sid == account_sid)).first()
    return None if row is None else _message(row)


def newest(
    connection: Connection,
    number: str | None,
    limit: int,
    before: int | None = None,
    *,
    after: int = 0,
    since: datetime | None = None,
) -> list[Message]:
    """The newest messages, to one number or to all, if asked older than the id `before` or later than `after`.

    `since`: accepted at that instant or later.
    """
    query = _NEWEST.limit(limit)
    if number is not None:
        query = query.where(_M.to_number == number)
    if before is not None:
        query = query.where(_M.id < before)
    if after:
        query = query.where(_M.id > after)
    if since is not None:
        query = query.where(_M.created >= millis(since))
    return [_message(row) for row in connection.execute(query)]


def newest_id(connection: Connection) -> int:
    """The id of what arrived last; 0 when nothing is there."""
    return connection.execute(_NEWEST_ID).scalar_one() or 0


def count(connection: Connection, number: str | None = None) -> int:
    """How many messages there are, to one number or to all."""
    query = select(func.count()).select_from(MESSAGES)
    return connection.execute(query if number is None else query.where(_M.to_number == number)).scalar_one()


def page(connection: Connection, listing: Listing, to: str, sender: str, cursor: int | None) -> Page:
    """The page of an account's messages that lies beside the message with the id `cursor` (the first without one)."""
    wanted = [_M.account_sid == listing.account_sid]
    wanted += [_M.to_number == to] if to else []
    wanted += [_M.sender == sender] if sender else []
    wanted += [_M.sent >= millis(listing.sent_from)] if listing.sent_from else []
    wanted += [_M.sent < millis(listing.sent_until)] if listing.sent_until else []
    query, size = select(MESSAGES).where(*wanted), listing.page_size
    if listing.backwards:
        nearest = query.where(_M.id > cursor).order_by(_M.id.asc()).limit(size + 1)
        found = [_message(row) for row in connection.execute(nearest)]
        return Page(found[:size][::-1], older=True, newer=len(found) > size)
    beyond = query if cursor is None else query.where(_M.id < cursor)
    found = [_message(row) for row in connection.execute(beyond.order_by(_M.id.desc()).limit(size + 1))]
    return Page(found[:size], older=len(found) > size, newer=cursor is not None and bool(found))


def due(connection: Connection, status: Status, by: datetime, limit: int) -> list[Message]:
    """Messages that have been in `status` since `by` or longer, oldest first."""
    given = {"state": status, "by": millis(by), "most": limit}
    return [_message(row) for row in connection.execute(_DUE, given)]


def any_in(connection: Connection, statuses: Sequence[Status]) -> bool:
    """Whether any message is in one of these states."""
    return connection.execute(_ANY_IN, {"states": statuses}).first() is not None


def steps_of(connection: Connection, ids: Sequence[int]) -> dict[int, list[Step]]:
    """The stages of several messages, in order, by message id."""
    found: dict[int, list[Step]] = {key: [] for key in ids}
    for row in connection.execute(select(STEPS).where(STEPS.c.message_id.in_(ids)).order_by(STEPS.c.id)):
        found[row.message_id].append(Step(Status(row.status), instant(row.at)))
    return found


def numbers(connection: Connection, search: str, number: str | None, limit: int) -> list[tuple[Message, int]]:
    """Each number's newest message and how many it has, last addressed first.

    `search` looks into numbers and texts; `number` is its E.164 spelling, when it has one.
    """
    query = _NUMBERS
    if search:
        text = func.lower(_M.body).contains(search.lower(), autoescape=True)
        query = query.where(or_(text, _M.to_number.contains(search, autoescape=True), _M.to_number == number))
    groups = query.order_by(func.max(_M.id).desc()).limit(limit).subquery()
    joined = select(MESSAGES, groups.c.many).join(groups, groups.c.latest == _M.id).order_by(_M.id.desc())
    return [(_message(row), row.many) for row in connection.execute(joined)]


def _message(row: Row[Any]) -> Message:
    return Message(
        id=row.id,
        sid=row.sid,
        account_sid=row.account_sid,
        to=row.to_number,
        sender=row.sender,
        messaging_service_sid=row.messaging_service_sid,
        body=row.body,
        encoding=row.encoding,
        units=row.units,
        segments=row.segments,
        status=Status(row.status),
        created=instant(row.created),
        updated=instant(row.updated),
        sent=None if row.sent is None else instant(row.sent),
    )
