"""The usual Content-Type, read by one pattern: `text/html; charset=utf-8`, `multipart/mixed; boundary="x y"`.

The standard library reads every kind there is, in thirty times the time. What the pattern takes it reads as the library
does (a test compares them); whatever has escapes, continuations, angle brackets or octets beyond ASCII is left to the
library. A comment behind the type (RFC 2045, 5.1) the library would take for a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_PARAMETER = r";[ \t\r\n]*([A-Za-z-]{1,40})=(?:\"([ !#-;=?-\[\]-~]*)\"|([!#-+\-./-:=?-Z^-z|~]+))[ \t\r\n]*"
_USUAL = re.compile(
    rf"([A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+)[ \t]*(?:\([ -'*-\[\]-~]*\)[ \t]*)?((?:{_PARAMETER})*)(?:;[ \t\r\n]*)?"
)
_EACH = re.compile(_PARAMETER)
LONGEST = 500
"""Characters; a longer one is not usual."""


@dataclass(frozen=True)
class ContentType:
    """What a part says it is."""

    kind: str
    """In lower case: `text/plain`."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """By name in lower case; of two with one name the first."""


PLAIN = ContentType("text/plain")
"""What a part is that does not say (RFC 2045, 5.2)."""


@lru_cache(maxsize=256)  # most parts say one of a few things
def usual(value: str) -> ContentType | None:
    """A header's value as a type; None when the standard library has to read it."""
    found = _USUAL.fullmatch(value) if len(value) <= LONGEST else None
    if found is None:
        return None
    parameters: dict[str, str] = {}
    for name, quoted, bare in _EACH.findall(found[2]) if found[2] else ():
        parameters.setdefault(name.lower(), quoted or bare)
    return ContentType(found[1].lower(), parameters)
