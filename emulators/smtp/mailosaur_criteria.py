"""Mailosaur's search criteria as conditions on the tables."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_, select

from emulators.foundation.mailosaur import Criteria
from emulators.smtp.marks import Kind, mark_of_address
from emulators.smtp.storage import millis
from emulators.smtp.tables import CONTENTS, MARKS, MESSAGES

_M, _C, _I = MESSAGES.c, CONTENTS.c, MARKS.c


def meets(criteria: Criteria) -> list[ColumnElement[bool]]:
    """What a message must fulfil: addresses are exact, subject and body are looked into, letters' case does not matter.

    `sentTo` is looked up in the recipient index, which knows the envelope too.
    """
    fields = [_field(name, value.lower()) for name, value in criteria.asked().items()]
    wanted = [or_(*fields) if criteria.any_of else and_(*fields)] if fields else []
    if criteria.received_after is not None:
        wanted.append(_M.arrived >= millis(criteria.received_after))
    return wanted


def _field(name: str, value: str) -> ColumnElement[bool]:
    if name in ("to", "from"):
        mark = mark_of_address(value)
        kind = Kind.ENVELOPE if name == "to" else Kind.FROM
        exact = and_(_I.kind == int(kind), _I.mirrored == mark.mirrored, _I.after == mark.after)
        return _M.id.in_(select(_I.message_id).where(exact))
    if name == "subject":
        return _M.subject_text.contains(value, autoescape=True)
    words = " ".join(value.split())
    return _M.id.in_(select(_C.message_id).where(func.lower(_C.words).contains(words, autoescape=True)))
