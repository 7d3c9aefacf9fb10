"""The parts of a message: headers, bodies, and multiparts inside multiparts, in time that grows with its length.

The standard library's parser looks at every line for every boundary around it and makes a pattern for each boundary: a
nested message of a few hundred kilobytes takes it seconds, and an ordinary one most of what storing it costs. Here the
boundaries are searched for (RFC 2046, 5.1.1).
"""

from __future__ import annotations

import re

from emulators.smtp.part import Part

DEEPEST = 50
"""Multiparts inside multiparts; what lies deeper is shown as it came."""
MOST = 5000
"""Parts of one message; what follows belongs to the last."""
HEADERS = 2000
"""Header lines of one part that are read, folded ones counted."""

_FIELD = re.compile(r"([!-9;-~]+)[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)\n?")
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
        part = Part()
        body = self._headers(part, start, end)
        if depth and part.kind.startswith("multipart/") and (boundary := part.boundary):
            part.parts = [self.part(first, last, depth - 1) for first, last in self._places(boundary, body, end)]
        if not part.parts:
            part.body = self._text[body:end]
        return part

    def _headers(self, part: Part, start: int, end: int) -> int:
        """Read the headers; where the body begins. A line that is no header ends them and belongs to the body."""
        text, at, lines = self._text, start, 0
        while lines < HEADERS and at < end:
            found = _FIELD.match(text, at, end)
            if found is not None:
                value = found[2]
                folds = value.count("\n")
                if folds and lines + folds >= HEADERS:
                    value = "\n".join(value.split("\n")[: HEADERS - lines])
                part.note(found[1], value.rstrip("\r\n"))
                at = found.end() if len(value) == len(found[2]) else found.start(2) + len(value) + 1
                lines += 1 + folds
            elif lines == 0 and text.startswith("From ", at, end):  # an mbox's
                at, lines = self._line(at, end), 1
            else:
                after = self._line(at, end)
                return at if text[at:after].strip("\r\n") else after
        return at if at >= end else self._blank(at, end)

    def _line(self, at: int, end: int) -> int:
        """Where the next line begins."""
        newline = self._text.find("\n", at, end)
        return end if newline < 0 else newline + 1

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
