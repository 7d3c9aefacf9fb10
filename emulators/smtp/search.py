"""The grammar of Mailpit's search box: words and `field:value` terms, all of which must hold.

Spaces part the terms outside double quotes; quotes cannot be escaped; a leading `-` or `!` negates; letters' case does
not matter; matching is by substring, so `to:a@x` also finds `ba@x`. Source: Mailpit's documentation and 1.30.5 source,
confidence high; the units of larger and smaller, medium.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from emulators.smtp.errors import BadQuery

_SIZE = re.compile(r"([0-9]{1,12})(|k|kb|m|mb)")
_UNITS = {"": 1, "k": 1024, "kb": 1024, "m": 1024**2, "mb": 1024**2}


class Field(StrEnum):
    """What a term looks at; the word before the colon."""

    TO = "to"
    FROM = "from"
    CC = "cc"
    BCC = "bcc"
    REPLY_TO = "reply-to"
    ADDRESSED = "addressed"
    SUBJECT = "subject"
    MESSAGE_ID = "message-id"
    TAG = "tag"
    BEFORE = "before"
    AFTER = "after"
    LARGER = "larger"
    SMALLER = "smaller"
    WORDS = "words"
    READ = "is:read"
    UNREAD = "is:unread"
    TAGGED = "is:tagged"
    ATTACHMENT = "has:attachment"
    INLINE = "has:inline"


_FLAGS = {
    "is:read": Field.READ,
    "is:unread": Field.UNREAD,
    "is:tagged": Field.TAGGED,
    "has:attachment": Field.ATTACHMENT,
    "has:attachments": Field.ATTACHMENT,
    "has:inline": Field.INLINE,
    "has:inlines": Field.INLINE,
}
_INSTANTS = frozenset({Field.BEFORE, Field.AFTER})
_SIZES = frozenset({Field.LARGER, Field.SMALLER})
_PREFIXES = {str(f): f for f in Field if ":" not in f and f is not Field.WORDS}


@dataclass(frozen=True)
class Term:
    """One condition; `text` is lower case, `number` octets or milliseconds since 1970."""

    field: Field
    text: str = ""
    number: int = 0
    negated: bool = False


def read_query(query: str, zone: tzinfo) -> tuple[Term, ...]:
    """The terms of a query; `zone` is where a bare date begins.

    Raises:
        BadQuery: the query is blank, or a date or size in it cannot be read.
    """
    terms = tuple(term for word in _split(query) if (term := _term(word, zone)) is not None)
    if not terms:
        raise BadQuery("Error: no search query")
    return terms


def _split(query: str) -> list[str]:
    words = re.findall(r'(?:"[^"]*"?|[^\s"])+', query.replace("\x00", "\ufffd"))
    return [" ".join(word.replace('"', "").split()) for word in words]


def _term(word: str, zone: tzinfo) -> Term | None:
    negated = len(word) > 1 and word[0] in "-!"
    word = (word[1:] if negated else word).lower()
    if word in _FLAGS:
        return Term(_FLAGS[word], negated=negated)
    prefix, colon, rest = word.partition(":")
    found = _PREFIXES.get(prefix) if colon else None
    rest = rest.strip()
    if found is None:
        return Term(Field.WORDS, word, negated=negated) if word else None
    if not rest:
        return None
    if found in _INSTANTS:
        return Term(found, rest, _millis(rest, zone), negated)
    if found in _SIZES:
        return Term(found, rest, _octets(rest), negated)
    return Term(found, rest, negated=negated)


def _millis(text: str, zone: tzinfo) -> int:
    try:
        instant = datetime.fromisoformat(text.replace("/", "-").upper())
        return int((instant if instant.tzinfo else instant.replace(tzinfo=zone)).timestamp() * 1000)
    except (ValueError, OverflowError) as error:
        raise BadQuery(f"Error: {text!r} is not a date; write it like 2019-05-15 or 2019-05-15T09:00") from error


def _octets(text: str) -> int:
    size = _SIZE.fullmatch(text)
    if size is None:
        raise BadQuery(f"Error: {text!r} is not a size; write it like 2000, 20kb or 1mb")
    return int(size[1]) * _UNITS[size[2]]
