"""What is asked of the stored messages: by a sender (their own list) and by a reader (what the handset got)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from emulators.sms.delivery import Status
from emulators.sms.listing import Listing, Page
from emulators.sms.messages import Message, Step
from emulators.sms.storage import NEWEST, instant, message_of, millis
from emulators.sms.tables import JOURNAL, MESSAGES, STEPS

_M = MESSAGES.c
_J = JOURNAL.c
_NEWEST_ID = select(func.max(_M.id))
_COUNT = select(func.count()).select_from(MESSAGES)


@dataclass(frozen=True)
class Question:
    """Which messages a reader wants; an empty field asks for nothing."""

    number: str | None = None
    search: str = ""
    before: int | None = None
    after: int = 0
    since: datetime | None = None
    held: bool = False
    """Also those the handset did not get: not yet, or never."""

    def wanted(self) -> list[ColumnElement[bool]]:
        """The conditions, without the place in the list."""
        wanted: list[ColumnElement[bool]] = [] if self.held else [_M.received.is_not(None)]
        wanted += [_M.to_number == self.number] if self.number is not None else []
        wanted += [func.lower(_M.body).contains(self.search.lower(), autoescape=True)] if self.search else []
        wanted += [_M.id > self.after] if self.after else []
        wanted += [_M.received >= millis(self.since)] if self.since is not None else []
        return wanted


def newest(connection: Connection, question: Question, limit: int) -> list[Message]:
    """The newest messages a reader asks for."""
    query = NEWEST.where(*question.wanted()).limit(limit)
    if question.before is not None:
        query = query.where(_M.id < question.before)
    return [message_of(row) for row in connection.execute(query)]


def matching(connection: Connection, wanted: Sequence[ColumnElement[bool]], skip: int, limit: int) -> list[Message]:
    """A page of the messages that meet these conditions, newest first."""
    return [message_of(row) for row in connection.execute(NEWEST.where(*wanted).offset(skip).limit(limit))]


def count(connection: Connection, question: Question) -> int:
    """How many there are in all, whatever the place in the list."""
    return connection.execute(_COUNT.where(*question.wanted())).scalar_one()


def count_accepted(connection: Connection) -> int:
    """How many messages senders handed in."""
    return connection.execute(_COUNT.where(_M.copy_of.is_(None))).scalar_one()


def newest_id(connection: Connection) -> int:
    """The id of what arrived last; 0 when nothing is there."""
    return connection.execute(_NEWEST_ID).scalar_one() or 0


def steps_of(connection: Connection, ids: Sequence[int]) -> dict[int, list[Step]]:
    """The stages of several messages, in order, by message id."""
    found: dict[int, list[Step]] = {key: [] for key in ids}
    for row in connection.execute(select(STEPS).where(STEPS.c.message_id.in_(ids)).order_by(STEPS.c.id)):
        found[row.message_id].append(Step(Status(row.status), instant(row.at)))
    return found


def callbacks_told(connection: Connection, sids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The deliveries of callbacks about some messages, as the journal noted them, oldest first, by sid."""
    found: dict[str, list[dict[str, Any]]] = {}
    query = select(_J.ref, _J.facts).where(_J.kind == "callback", _J.ref.in_(sids)).order_by(_J.id)
    for row in connection.execute(query):
        found.setdefault(row.ref, []).append(row.facts)
    return found


def numbers(connection: Connection, search: str, number: str | None, limit: int) -> list[tuple[Message, int]]:
    """Each number's newest message and how many it has, last addressed first.

    `search` looks into numbers, senders and texts; `number` is its E.164 spelling, when it has one.
    """
    query = select(_M.to_number, func.count().label("many"), func.max(_M.id).label("latest")).group_by(_M.to_number)
    if search:
        text = func.lower(_M.body).contains(search.lower(), autoescape=True)
        sender = func.lower(_M.sender) == search.lower()
        query = query.where(or_(text, sender, _M.to_number.contains(search, autoescape=True), _M.to_number == number))
    groups = query.order_by(func.max(_M.id).desc()).limit(limit).subquery()
    joined: Any = select(MESSAGES, groups.c.many).join(groups, groups.c.latest == _M.id).order_by(_M.id.desc())
    return [(message_of(row), row.many) for row in connection.execute(joined)]


def page(connection: Connection, listing: Listing, to: str, sender: str, cursor: int | None) -> Page:
    """The page of an account's messages that lies beside the message with the id `cursor` (the first without one)."""
    wanted = [_M.account_sid == listing.account_sid, _M.copy_of.is_(None)]
    wanted += [_M.to_number == to] if to else []
    wanted += [_M.sender == sender] if sender else []
    wanted += [_M.sent >= millis(listing.sent_from)] if listing.sent_from else []
    wanted += [_M.sent < millis(listing.sent_until)] if listing.sent_until else []
    query, size = select(MESSAGES).where(*wanted), listing.page_size
    if listing.backwards:
        nearest = query.where(_M.id > cursor).order_by(_M.id.asc()).limit(size + 1)
        found = [message_of(row) for row in connection.execute(nearest)]
        return Page(found[:size][::-1], older=True, newer=len(found) > size)
    beyond = query if cursor is None else query.where(_M.id < cursor)
    found = [message_of(row) for row in connection.execute(beyond.order_by(_M.id.desc()).limit(size + 1))]
    return Page(found[:size], older=len(found) > size, newer=cursor is not None and bool(found))


def remove(connection: Connection, number: str | None) -> int:
    """Forget every message, or those of one number; how many they were."""
    these = select(_M.id) if number is None else select(_M.id).where(_M.to_number == number)
    connection.execute(STEPS.delete().where(STEPS.c.message_id.in_(these)))
    gone = MESSAGES.delete() if number is None else MESSAGES.delete().where(_M.to_number == number)
    return connection.execute(gone).rowcount
