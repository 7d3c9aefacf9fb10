"""A cheap HTTP client: every request is packed beforehand, many kept connections, one request at a time on each."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from functools import partial

_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_BLANK = b"\r\n\r\n"


class Unexpected(Exception):
    """The server answered something else than that it did what was asked."""


class _Line(asyncio.Protocol):
    """One connection: sends the next request when the last one is answered."""

    def __init__(self, requests: Iterator[bytes]) -> None:
        self._requests = requests
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  TCP
        self._transport = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        """Look whether the answer is whole; it has a length, as every answer here."""
        self._buffer += data
        head, blank, body = self._buffer.partition(_BLANK)
        if not blank:
            return
        length = _LENGTH.search(head)
        if not head.startswith(b"HTTP/1.1 20") or length is None:
            self._fail(Unexpected(f"answered {self._buffer[:200]!r}"))
        elif len(body) >= int(length[1]):
            self._buffer = body[int(length[1]) :]
            self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        """The server hung up too early."""
        self._fail(Unexpected(f"the connection ended: {exc}"))

    def _next(self) -> None:
        assert self._transport is not None  # noqa: S101  it is connected
        request = next(self._requests, None)
        if request is not None:
            self._transport.write(request)
        elif not self.done.done():
            self.done.set_result(None)

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()
        if self.done.done() and not self.done.cancelled():
            self.done.exception()  # heard: only the first failure is told

    def _fail(self, error: Unexpected) -> None:
        if not self.done.done():
            self.done.set_exception(error)


def post(path: str, headers: str, form: bytes) -> bytes:
    """A POST of a form, as octets; `headers` end in CRLF each."""
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}{kind}Content-Length: {len(form)}\r\n\r\n"
    return head.encode() + form


async def load(port: int, requests: Sequence[bytes], lines: int) -> float:
    """Send all of them over so many connections; answered a second, all of them.

    Raises:
        Unexpected: one was refused, or not answered.
    """
    line = partial(_Line, iter(requests))
    begun = time.perf_counter()
    loop = asyncio.get_running_loop()
    clients = [(await loop.create_connection(line, "127.0.0.1", port))[1] for _ in range(lines)]
    try:
        await asyncio.gather(*(client.done for client in clients))
    finally:
        for client in clients:
            client.close()
    return len(requests) / (time.perf_counter() - begun)
