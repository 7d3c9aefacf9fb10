"""The two ends of an HTTP connection as cheroot uses them, at the cost of the socket calls.

cheroot's own are built on Python's slow reference implementation of files: a lock and five calls for every header line,
and an answer that leaves in two pieces, head and body, each of which gives up the interpreter. Measured with a page of
ten kilobytes: a request costs a quarter less CPU.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cheroot.server import ChunkedRFile, HTTPConnection, HTTPRequest

_PIECE = 65_536
_FIRST_LINE = re.compile(rb"\A([A-Z]+ )(?:https?://[^/?# ]+/*|//+)")
_LARGE = 262_144
"""What is larger is sent by itself: joining it to what is held would copy it."""


class Request(HTTPRequest):
    """cheroot's, which also takes an address in full (RFC 9112, 3.2.2) or with a slash too many in front of its path.

    A merchant's base address that ends with a slash makes `//FPXMain/…`, which cheroot would take for a host.
    """

    def read_request_line(self) -> bool:
        """Read the first line; False when there is none to go on with."""
        everything, self.rfile = self.rfile, _FirstLine(self.rfile)
        try:
            return bool(super().read_request_line())  # type: ignore[no-untyped-call]  # cheroot leaves its type out
        except ValueError:  # a bracket that does not close, in the host of another scheme
            return self._refused("Malformed Request-URI")
        finally:
            self.rfile = everything

    def read_request_headers(self) -> bool:
        """Read the header; False when there is none to go on with."""
        try:
            if not super().read_request_headers():  # type: ignore[no-untyped-call]
                return False
        except UnboundLocalError:  # cheroot's, where the first line goes on a line before it
            return self._refused("Illegal header line.")
        if not self.inheaders.get(b"Content-Length", b"0").isdigit():  # int() would take -5, +5 and 1_0
            return self._refused("Malformed Content-Length Header.")
        return True

    def send_headers(self) -> None:
        """Send the answer's header; first see that no rest of a body in pieces is taken for the next request."""
        if self.chunked_read and not self.close_connection:
            self.close_connection = not _read_to_its_end(self.rfile)
        super().send_headers()

    def _refused(self, sentence: str) -> bool:
        self.close_connection = True
        self.simple_response("400 Bad Request", sentence)
        return False


class Connection(HTTPConnection):
    """cheroot's, which reads and writes through the classes below."""

    RequestHandlerClass = Request

    taken = False
    """Whether a request of it is being answered that no thread of the server has."""
    aside = False
    """Whether it is not in the selector of a lane: somebody else has it."""

    def __init__(self, server: Any, sock: socket.socket, _makefile: object = None) -> None:
        super().__init__(server, sock, _end)

    def communicate(self) -> bool:
        """Answer a request, or send the rest of an answer; whether the connection stays open."""
        if self.wfile.owes:
            try:
                return bool(self.wfile.pay())
            except OSError:
                return False
        return bool(super().communicate())  # type: ignore[no-untyped-call]  # cheroot leaves its type out


class Incoming:
    """What a client sends."""

    bytes_read = 0

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._held = b""
        self.closed = False

    def give(self, octets: bytes) -> bytes:
        """Have what somebody else has read here; all that is held now."""
        self._held += octets
        return self._held

    def forget(self) -> None:
        """What is held was answered."""
        self._held = b""

    def has_data(self) -> bool:
        """Whether something of the next request has come with the last one."""
        return bool(self._held)

    def readline(self, size: int | None = None) -> bytes:
        """Up to and with the next line feed, `size` octets at most; less only at the end of what there is."""
        most = _PIECE if size is None or size < 0 else size
        searched = 0
        while (feed := self._held.find(b"\n", searched, most)) < 0 and len(self._held) < most:
            searched = len(self._held)
            if not self._more():
                break
        return self._taken(feed + 1 if feed >= 0 else most)

    def read(self, size: int | None = None) -> bytes:
        """So many octets; less only at the end. Without a size, until the end."""
        parts, wanted = list[bytes](), float("inf") if size is None or size < 0 else size
        while wanted > len(self._held):
            parts.append(self._held)
            wanted -= len(self._held)
            self._held = b""
            if not self._more():
                break
        if self._held:
            parts.append(self._taken(int(wanted)))
        return b"".join(parts)

    def close(self) -> None:
        """Nothing more is read."""
        self.closed = True

    def _more(self) -> bool:
        piece = self._line.recv(_PIECE)
        self._held += piece
        return bool(piece)

    def _taken(self, size: int) -> bytes:
        taken, self._held = self._held[:size], self._held[size:]
        return taken


class Pieces(ChunkedRFile):
    """cheroot's body in pieces, which reads nothing more once it could not be read."""

    _broken = False

    def _fetch(self) -> None:
        if self._broken:
            raise ValueError("the pieces of this body cannot be read")
        self._broken = True
        super()._fetch()  # type: ignore[misc]  # the stubs leave it out
        self._broken = False


class Outgoing:
    """What a client is sent."""

    bytes_written = 0

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._together = False
        self._held: list[bytes] = []
        self._owed = b""
        self._keep = False

    def owe(self, octets: bytes, *, keep: bool) -> None:
        """Take over the rest of an answer; `keep`: what `pay` says afterwards."""
        self._owed, self._keep = octets, keep

    @property
    def owes(self) -> bool:
        """Whether the rest of an answer is still to be sent."""
        return bool(self._owed)

    def pay(self) -> bool:
        """Send it; whether the connection stays open."""
        owed, self._owed = self._owed, b""
        self._send(owed)
        return self._keep

    def write(self, octets: bytes) -> int:
        """Send all of it, or hold it for `together`."""
        if self._together:
            self._held.append(octets)
        else:
            self._send(octets)
        return len(octets)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Whatever is written meanwhile leaves in one piece, if it is not large."""
        self._together = True
        try:
            yield
        finally:
            self._together = False
            held, self._held = self._held, []
            if sum(map(len, held)) <= _LARGE:
                held = [b"".join(held)]
            for octets in held:
                self._send(octets)

    def _send(self, octets: bytes) -> None:
        left = memoryview(octets)
        while left:  # not sendall: the time-out is for a client that takes nothing, not for one that takes long
            left = left[self._line.send(left) :]


class _FirstLine:
    def __init__(self, everything: Any) -> None:
        self._everything = everything

    def readline(self) -> bytes:
        return _FIRST_LINE.sub(rb"\1/", self._everything.readline())


def _read_to_its_end(body: Any) -> bool:
    """Whether a body in pieces, its trailers included, was read to where the next request begins."""
    try:
        while body.read(_PIECE):
            if body.bytes_read > _LARGE:
                return False
        for _trailer in body.read_trailer_lines():
            pass
    except (ValueError, OSError):
        return False
    return True


def _end(line: socket.socket, mode: str, _size: int) -> Incoming | Outgoing:
    return Incoming(line) if "r" in mode else Outgoing(line)
