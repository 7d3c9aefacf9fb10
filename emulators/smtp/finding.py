"""One whole message found in one look-up: by its ID, as the newest of all, or as the newest for one exact address.

The statements are built once for each kind of question; what is asked comes in as parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from emulators.smtp.kept import Kept
from emulators.smtp.marks import Kind, Mark
from emulators.smtp.storage import KEPT, Where, kept_of, millis
from emulators.smtp.tables import CONTENTS, MARKS, MESSAGES, SCANS

_M, _I, _S = MESSAGES.c, MARKS.c, SCANS.c
_WHOLE = (
    KEPT.add_columns(CONTENTS.c.raw, _S.state, _S.found)
    .join(CONTENTS, CONTENTS.c.message_id == _M.id)
    .outerjoin(SCANS, _S.message_id == _M.id)
)


@dataclass(frozen=True)
class Whole:
    """A message with its octets, and what the scanner found, if it was to look."""

    kept: Kept
    raw: bytes
    scan: dict[str, Any] | None


def by_uid(connection: Connection, uid: str, owner: str | None) -> Whole | None:
    """The message of that ID, if it is the owner's."""
    return _whole(connection, _by_uid(owner is not None), {"uid": uid, "owner": owner})


def newest(
    connection: Connection, to: Mark | None, owner: str | None, *, after: int = 0, since: datetime | None = None
) -> Whole | None:
    """The newest message of all, or of those whose envelope named exactly that address (`to`).

    `after`: later than the message with that id; `since`: arrived at that instant or later.
    """
    given: dict[str, Any] = {"after": after, "owner": owner, "since": None if since is None else millis(since)}
    if to is not None:
        given |= {"mirrored": to.mirrored, "behind": to.after}
    return _whole(connection, _newest(to is not None, owner is not None, since is not None), given)


def first(connection: Connection, where: Where) -> Whole | None:
    """The newest message that meets every condition."""
    return _whole(connection, _WHOLE.where(*where).order_by(_M.id.desc()).limit(1), {})


@cache
def _by_uid(owned: bool) -> Select[Any]:
    query = _WHOLE.where(_M.uid == bindparam("uid"))
    return query.where(_M.username == bindparam("owner")) if owned else query


@cache
def _newest(addressed: bool, owned: bool, timed: bool) -> Select[Any]:
    conditions = [_M.username == bindparam("owner")] if owned else []
    conditions += [_M.created >= bindparam("since")] if timed else []
    if not addressed:
        return _WHOLE.where(_M.id > bindparam("after"), *conditions).order_by(_M.id.desc()).limit(1)
    exact = (_I.kind == int(Kind.ENVELOPE), _I.mirrored == bindparam("mirrored"), _I.after == bindparam("behind"))
    ids = select(_I.message_id).where(*exact, _I.message_id > bindparam("after"))
    if conditions:
        ids = ids.join(MESSAGES, _M.id == _I.message_id).where(*conditions)
    return _WHOLE.where(_M.id == ids.order_by(_I.message_id.desc()).limit(1).scalar_subquery())


def _whole(connection: Connection, query: Select[Any], given: dict[str, Any]) -> Whole | None:
    wanted = {name: value for name, value in given.items() if name != "owner" or value is not None}
    row = connection.execute(query, wanted).first()
    if row is None:
        return None
    return Whole(kept_of(row), bytes(row.raw), None if row.state is None else {"state": row.state, **row.found})
