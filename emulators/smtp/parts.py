"""The parts of a message: headers, bodies, and multiparts inside multiparts, in time that grows with its length.

The standard library's parser looks at every line for every boundary around it and makes a pattern for each boundary: a
nested message of a few hundred kilobytes takes it seconds, and an ordinary one most of what storing it costs. Here the
boundaries are searched for (RFC 2046, 5.1.1). Its message class reads the headers of each part, as before.
"""

from __future__ import annotations

import re
from email.message import Message
from typing import TypeAlias

DEEPEST = 50
"""Multiparts inside multiparts; what lies deeper is shown as it came."""
MOST = 5000
"""Parts of one message; what follows belongs to the last."""
HEADERS = 2000
"""Header lines of one part that are read, folded ones counted."""

Part: TypeAlias = "Message[str, str]"

_HEADER = re.compile(r"([!-9;-~]+)[ \t]*:[ \t]*")
_AFTER_BOUNDARY = re.compile(r"(--)?[ \t]*(?:\r?\n|$)")


def parse(raw: bytes) -> Part:
    """The root part; octets beyond ASCII stay in it as surrogates, as the standard library has them."""
    text = raw.decode("ascii", "surrogateescape")
    return _Parser(text).part(0, len(text), DEEPEST)


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._left = MOST

    def part(self, start: int, end: int, depth: int) -> Part:
        self._left -= 1
        message: Part = Message()
        body = self._headers(message, start, end)
        if message.get_content_maintype() == "multipart" and depth:
            boundary = message.get_boundary()
            places = self._places(boundary, body, end) if boundary else []
            if places:
                message.set_payload([self.part(first, last, depth - 1) for first, last in places])
                return message
        message.set_payload(self._text[body:end])
        return message

    def _headers(self, message: Part, start: int, end: int) -> int:
        """Read the headers; where the body begins. A line that is no header ends them and belongs to the body."""
        text, at, name, value = self._text, start, "", ""
        for number in range(HEADERS):
            newline = text.find("\n", at, end)
            after = end if newline < 0 else newline + 1
            line = text[at:after]
            if name and line[:1] in (" ", "\t"):
                value += line
            else:
                if name:
                    message.set_raw(name, value.rstrip("\r\n"))
                found = _HEADER.match(line)
                if found is None and not (number == 0 and line.startswith("From ")):
                    return after if not line.strip("\r\n") else at
                name, value = (found[1], line[found.end() :]) if found else ("", "")
            at = after
            if at >= end:
                break
        if name:
            message.set_raw(name, value.rstrip("\r\n"))
        return at if at >= end else self._blank(at, end)

    def _blank(self, at: int, end: int) -> int:
        """Where the body begins behind headers too many to read."""
        found = re.compile(r"\n\r?\n").search(self._text, at, end)
        return end if found is None else found.end()

    def _places(self, boundary: str, start: int, end: int) -> list[tuple[int, int]]:
        """Where the parts between the delimiters stand; none when there is no delimiter."""
        text, mark = self._text, f"--{boundary.rstrip()}"
        places: list[tuple[int, int]] = []
        begun: int | None = None
        at = start
        while (found := text.find(mark, at, end)) >= 0:
            at = found + len(mark)
            after = _AFTER_BOUNDARY.match(text, at, end)
            if after is None or (found > start and text[found - 1] != "\n"):
                continue
            if begun is not None:
                places.append((begun, self._before_line_end(begun, found)))
            begun = None if after[1] else after.end()
            if after[1] or len(places) >= self._left:
                break
            at = after.end() - 1 if after.end() > at else after.end()
        if begun is not None:  # never closed
            places.append((begun, self._before_line_end(begun, end) if text[end - 1] == "\n" else end))
        return places

    def _before_line_end(self, start: int, delimiter: int) -> int:
        """The end of a part: the line end before a delimiter belongs to the delimiter."""
        stop = delimiter - 1 if delimiter > start else delimiter
        return stop - 1 if stop > start and self._text[stop - 1] == "\r" else stop
