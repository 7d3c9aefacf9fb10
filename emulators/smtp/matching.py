"""Search terms as conditions on the tables."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, func, not_, or_, select

from emulators.smtp.marks import HIGHEST, Kind, Mark, mark_of_term
from emulators.smtp.search import Field, Term
from emulators.smtp.tables import CONTENTS, MARKS, MESSAGES, TAGS

_M = MESSAGES.c
_PEOPLE: dict[Field, tuple[Kind, ...]] = {
    Field.FROM: (Kind.FROM,),
    Field.TO: (Kind.TO,),
    Field.CC: (Kind.CC,),
    Field.BCC: (Kind.BCC,),
    Field.REPLY_TO: (Kind.REPLY_TO,),
    Field.ADDRESSED: (Kind.FROM, Kind.TO, Kind.CC, Kind.BCC, Kind.REPLY_TO),
}
_TEXTS = {
    Kind.FROM: _M.from_text,
    Kind.TO: _M.to_text,
    Kind.CC: _M.cc_text,
    Kind.BCC: _M.bcc_text,
    Kind.REPLY_TO: _M.reply_to_text,
}


def conditions(terms: Iterable[Term]) -> list[ColumnElement[bool]]:
    """One condition a term, all of which must hold."""
    return [not_(_condition(term)) if term.negated else _condition(term) for term in terms]


def marked(kinds: Iterable[Kind], mark: Mark) -> ColumnElement[bool]:
    """The rows of the recipient index that go on as `mark` begins."""
    c = MARKS.c
    return and_(
        c.kind.in_([int(kind) for kind in kinds]),
        c.mirrored >= mark.mirrored,
        c.mirrored < mark.mirrored + HIGHEST,
        c.after.startswith(mark.after, autoescape=True),
    )


def _condition(term: Term) -> ColumnElement[bool]:
    if term.field in _PEOPLE:
        return _among(_PEOPLE[term.field], term.text)
    match term.field:
        case Field.SUBJECT:
            return _M.subject_text.contains(term.text, autoescape=True)
        case Field.MESSAGE_ID:
            return func.lower(_M.message_id).contains(term.text, autoescape=True)
        case Field.TAG:
            return _M.id.in_(select(TAGS.c.message_id).where(func.lower(TAGS.c.tag) == term.text))
        case Field.TAGGED:
            return _M.id.in_(select(TAGS.c.message_id))
        case Field.BEFORE:
            return _M.created < term.number
        case Field.AFTER:
            return _M.created > term.number
        case Field.LARGER:
            return _M.size > term.number
        case Field.SMALLER:
            return _M.size < term.number
        case Field.READ:
            return _M.read.is_(True)
        case Field.UNREAD:
            return _M.read.is_(False)
        case Field.ATTACHMENT:
            return _M.attachments > 0
        case Field.INLINE:
            return _M.inline > 0
        case _:
            words = CONTENTS.c.words.contains(term.text, autoescape=True)
            return _M.id.in_(select(CONTENTS.c.message_id).where(words))


def _among(kinds: tuple[Kind, ...], text: str) -> ColumnElement[bool]:
    mark = mark_of_term(text)
    if mark is not None:
        return _M.id.in_(select(MARKS.c.message_id).where(marked(kinds, mark)))
    return or_(*(_TEXTS[kind].contains(text, autoescape=True) for kind in kinds))
