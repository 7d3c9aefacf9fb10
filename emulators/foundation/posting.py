"""Posts one letter over real HTTP, and never waits for longer than a courier may hold it.

Theory of operation. A request is one block of octets on a connection that stays open for a moment, in case the next
letter goes to the same place. Whatever is read comes through `Until`: a recipient may be as slow as it likes, octet by
octet, in head and body alike, until the letter's time is up. No redirect is followed, no environment asked for a proxy.
Most answers come whole in one piece and are a few plain lines, which are read here; `http.client`, at five times the
cost, reads all others.
"""

from __future__ import annotations

import codecs
import http.client
import io
import re
import select
import socket
import time
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import SplitResult, urlsplit

from emulators.foundation.recipients import CONNECT_SECONDS, Until, connected, request

ANSWER_SECONDS = 5.0
LONGEST_ANSWER = 2000
_PIECE = 8192
_HEAD = re.compile(rb"HTTP/1\.1 (20[0-3]|30[1237]|[45]\d\d)(?: [ -~]*)?\r\n((?:[\w-]{1,40}:[ -~]*\r\n){0,50})\r\n")
"""The head of an answer in which nothing is unusual."""
KEPT, KEPT_SECONDS = 10, 1.0
"""So many connections stay open for so long: less than any server's patience, so that none is met while it closes."""


class Postman:
    """One thread's way to the recipients of its letters."""

    def __init__(self, answer_seconds: float = ANSWER_SECONDS) -> None:
        """`answer_seconds`: within which a whole answer must come."""
        self._answer_seconds = answer_seconds
        self._kept: dict[tuple[str, str], tuple[socket.socket, float]] = {}

    def __enter__(self) -> Self:
        """Ready to post."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        for line, _until in self._kept.values():
            line.close()

    def post(self, letter: Mapping[str, Any]) -> tuple[int, str]:
        """Status and text of the answer to `body` posted to `url`; 0 and a reason when none came whole and in time."""
        said: list[str] = []
        try:
            return self._post(letter, said)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if said and isinstance(error, TimeoutError):
                begun = "".join(said)[:LONGEST_ANSWER]
                return 0, f"the answer was not complete after {self._answer_seconds:g} seconds: {begun}"
            return 0, f"{type(error).__name__}: {error}"

    def _post(self, letter: Mapping[str, Any], said: list[str]) -> tuple[int, str]:
        url = urlsplit(letter["url"])
        octets = request(url, letter["body"].encode(), letter["headers"])
        line, reusable = self._line(url), False
        try:
            until = Until(line, self._answer_seconds)
            line.sendall(octets)
            begun = _Begun(until)
            if plain := _plain(begun.piece):
                status, text, reusable = plain
                return status, text
            with http.client.HTTPResponse(begun, method="POST") as answer:  # type: ignore[arg-type]  # only makefile()
                answer.begin()
                reusable = _read(answer, said) and not answer.will_close
            return answer.status, "".join(said)[:LONGEST_ANSWER]
        finally:
            if reusable:
                self._keep(url, line)
            else:
                line.close()

    def _line(self, url: SplitResult) -> socket.socket:
        if kept := self._kept.pop((url.scheme, url.netloc), None):
            line, until = kept
            if time.monotonic() < until and not select.select([line], [], [], 0)[0]:
                return line
            line.close()
        return connected(url, self._answer_seconds)

    def _keep(self, url: SplitResult, line: socket.socket) -> None:
        if len(self._kept) >= KEPT:
            self._kept.pop(next(iter(self._kept)))[0].close()
        self._kept[url.scheme, url.netloc] = line, time.monotonic() + KEPT_SECONDS


class _Begun(io.RawIOBase):
    """An answer of which the first piece was read already."""

    def __init__(self, until: Until) -> None:
        self._until = until
        held = bytearray(_PIECE)
        self.piece = bytes(held[: until.readinto(held)])
        self._left = self.piece

    def makefile(self, _mode: str) -> io.BufferedReader:
        """As a socket has it."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The first piece again, then the rest."""
        if not self._left:
            return self._until.readinto(buffer)
        given, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)


def _plain(piece: bytes) -> tuple[int, str, bool] | None:
    """Status, text and whether the line can be used again, of an answer that is whole and plain; None of any other."""
    head = _HEAD.match(piece)
    if head is None:
        return None
    lines = [line.partition(b":") for line in head[2].lower().splitlines()]
    told = {name: value.strip() for name, _, value in lines}
    length, body = told.get(b"content-length", b""), piece[head.end() :]
    if (
        len(lines) != len(told)
        or not (length.isdigit() and len(length) < 5)
        or int(length) != len(body)
        or len(body) > LONGEST_ANSWER
        or b"transfer-encoding" in told
        or b"charset" in told.get(b"content-type", b"")
    ):
        return None
    return int(head[1]), body.decode("utf-8", "replace"), told.get(b"connection", b"keep-alive") == b"keep-alive"


def longest(answer_seconds: float) -> float:
    """No delivery takes more seconds: connecting by either kind of address, agreeing on TLS, sending, the answer."""
    return 2 * CONNECT_SECONDS + 3 * answer_seconds


def _read(answer: http.client.HTTPResponse, said: list[str]) -> bool:
    """Add what the answer says to `said`; False when it was cut because it is long.

    Raises:
        IncompleteRead: it ended before it was whole.
    """
    decoder = _decoder(answer.headers.get_content_charset("utf-8"))
    length = 0
    while part := answer.read1(LONGEST_ANSWER):
        said.append(decoder.decode(part))
        length += len(said[-1])
        if length > LONGEST_ANSWER:
            return False
    said.append(decoder.decode(b"", final=True))
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return True


def _decoder(charset: str) -> codecs.IncrementalDecoder:
    try:
        b"?".decode(charset, "replace")
    except LookupError:  # no such charset, or one like "hex", which does not make text
        charset = "utf-8"
    return codecs.getincrementaldecoder(charset)("replace")
