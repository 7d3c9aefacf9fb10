"""The one request a room gets by the thousand, when there is nothing about it but what everybody sends.

A room may offer to answer such requests without the way through WSGI, many at once. It says which requests they are,
and leaves to the long way whatever it would not simply do, so that each refusal is said in one place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol
from urllib.parse import unquote, unquote_to_bytes

FORM = "application/x-www-form-urlencoded"
LONGEST_HEAD = 8_192
LONGEST_BODY = 65_536
_FIRST = re.compile(rb"([A-Z]+) (/[!-~]*) HTTP/1\.1")
_FIELD = re.compile(rb"([A-Za-z0-9-]+):[ \t]*([!-~](?:[ -~]*[!-~])?)[ \t]*")
_LENGTH = re.compile(r"[0-9]{1,6}")
_CHANGES_HOW_IT_IS_READ = frozenset({"transfer-encoding", "expect", "upgrade", "trailer", "te", "http2-settings"})


class Plain(NamedTuple):
    """A whole request."""

    target: str
    """Path and query as they were sent."""
    fields: Mapping[str, str]
    """The header: names in lower case, each once."""
    body: bytes


class Express(Protocol):
    """What a room answers without the way through WSGI."""

    @property
    def status(self) -> str:
        """Of all these answers, such as `201 CREATED`."""

    @property
    def fields(self) -> Sequence[tuple[str, str]]:
        """Their header, without the length."""

    def expects(self, method: str, target: str, fields: Mapping[str, str]) -> bool:
        """Whether a request that begins so may be one of them; always the same for the same beginning."""

    def answers(self, requests: Sequence[Plain]) -> Sequence[bytes | None]:
        """The body of each answer; None when nothing was done for it and the long way answers."""


class Head(NamedTuple):
    """How a request begins."""

    method: str
    target: str
    fields: Mapping[str, str]
    length: int
    """Octets of its body."""


def read_head(octets: bytes) -> Head | None:
    """What stands before the empty line; None when it is not as plain as can be, right or wrong."""
    first, *lines = octets.split(b"\r\n")
    begin, read = _FIRST.fullmatch(first), [_FIELD.fullmatch(line) for line in lines]
    pairs = [(match[1].decode().lower(), match[2].decode()) for match in read if match]
    fields = dict(pairs)
    length = fields.get("content-length", "")
    plain = (
        len(fields) == len(lines)  # each could be read, and no name stands there twice
        and _CHANGES_HOW_IT_IS_READ.isdisjoint(fields)
        and fields.get("connection", "keep-alive").lower() == "keep-alive"
        and _LENGTH.fullmatch(length)
        and int(length) <= LONGEST_BODY
    )
    return Head(begin[1].decode(), begin[2].decode(), fields, int(length)) if begin and plain else None


def form_fields(body: bytes) -> dict[str, str]:
    """The fields of a form as Flask's own parser reads them, of two of a name the first; at a third of its cost.

    Raises:
        ValueError: it is not UTF-8.
    """
    fields: dict[str, str] = {}
    for field in body.decode().split("&"):
        name, _, value = field.partition("=")
        if field:
            fields.setdefault(_unquoted(name), _unquoted(value))
    return fields


def _unquoted(text: str) -> str:
    spaced = text.replace("+", " ")
    if "%" not in spaced:
        return spaced
    if spaced.isascii():  # as `unquote` does it, which looks for pieces that are not ASCII first
        return unquote_to_bytes(spaced).decode(errors="werkzeug.url_quote")
    return unquote(spaced, errors="werkzeug.url_quote")
