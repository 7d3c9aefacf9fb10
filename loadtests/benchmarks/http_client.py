"""A cheap HTTP client: every request is packed beforehand, many kept connections, one request at a time on each.

It shares its machine with the server it measures, so it does no more than look whether each answer is whole: half of
what it would cost in a loop of asyncio's.
"""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

PATIENCE_SECONDS = 30
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_BLANK = b"\r\n\r\n"
_PIECE = 65_536


class Unexpected(Exception):
    """The server answered something else than that it did what was asked, or nothing."""


class _Line:
    """One connection: sends the next request when the last one is answered."""

    def __init__(self, port: int, requests: Iterator[bytes]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._requests = requests
        self._held = b""

    def ask(self) -> bool:
        """Send the next request; False when there is none."""
        request = next(self._requests, None)
        if request is not None:
            self.socket.sendall(request)
        return request is not None

    def answered(self) -> bool:
        """Whether the answer is whole with what has come now; it has a length, as every answer here."""
        piece = self.socket.recv(_PIECE)
        self._held += piece
        head, blank, body = self._held.partition(_BLANK)
        if not piece:
            raise Unexpected(f"the connection ended after {self._held[:200]!r}")
        if not blank:
            return False
        length = _LENGTH.search(head)
        if not head.startswith(b"HTTP/1.1 20") or length is None:
            raise Unexpected(f"answered {self._held[:200]!r}")
        whole = len(body) >= int(length[1])
        if whole:
            self._held = body[int(length[1]) :]
        return whole


def post(path: str, headers: str, form: bytes) -> bytes:
    """A POST of a form, as octets; `headers` end in CRLF each."""
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}{kind}Content-Length: {len(form)}\r\n\r\n"
    return head.encode() + form


def load(port: int, requests: Sequence[bytes], lines: int) -> float:
    """Send all of them over so many connections; answered a second, all of them.

    Raises:
        Unexpected: one was refused, or not answered.
    """
    to_send, begun = iter(requests), time.perf_counter()
    with ExitStack() as opened:
        selector = opened.enter_context(selectors.DefaultSelector())
        clients = [_Line(port, to_send) for _ in range(lines)]
        for client in clients:
            opened.enter_context(client.socket)
        asking = [client for client in clients if client.ask()]
        for client in asking:
            selector.register(client.socket, selectors.EVENT_READ, client)
        while selector.get_map():
            ready = selector.select(PATIENCE_SECONDS)
            if not ready:
                raise Unexpected(f"no answer within {PATIENCE_SECONDS} seconds")
            for key, _ in ready:
                if key.data.answered() and not key.data.ask():
                    selector.unregister(key.fileobj)
    return len(requests) / (time.perf_counter() - begun)
