"""A cheap SMTP client: every mail is packed beforehand, many kept connections, one transaction at a time on each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from functools import partial

from loadtests.benchmarks.http_client import Unexpected

SIZE = 2_048
_TEXT = """From: "SANDBOX" <noreply@contoh.example>\r
To: {to}\r
Subject: Kod pengesahan {code}\r
Date: Wed, 15 May 2019 09:00:00 +0800\r
Message-ID: <{number}@contoh.example>\r
MIME-Version: 1.0\r
Content-Type: multipart/alternative; boundary="batas"\r
\r
--batas\r
Content-Type: text/plain; charset=utf-8\r
\r
Kod pengesahan anda ialah {code}. Sahkan di https://contoh.example/sahkan/{code}?n={number}\r
\r
--batas\r
Content-Type: text/html; charset=utf-8\r
\r
<html><body><p>Kod pengesahan anda ialah <b>{code}</b>.</p><p><a href="https://contoh.example/sahkan/{code}">Sahkan</a></p>\r
{filling}</body></html>\r
--batas--\r
"""


def recipient(number: int) -> str:
    """An address of its own for each number."""
    return f"pengguna{number}@contoh.example"


def mail(number: int, people: int, size: int = SIZE) -> list[bytes]:
    """What a client says of one mail of so many octets (900 at least), a step each: MAIL, RCPT, DATA, the octets."""
    to, code = recipient(number % people), 100_000 + number % 900_000
    bare = len(_TEXT.format(to=to, code=code, number=number, filling=""))
    lines, rest = divmod(max(0, size - bare), 66)
    text = _TEXT.format(to=to, code=code, number=number, filling=f"{'x' * 64}\r\n" * lines + "y" * rest)
    data = text.encode() + b".\r\n"
    return [b"MAIL FROM:<noreply@contoh.example>\r\n", f"RCPT TO:<{to}>\r\n".encode(), b"DATA\r\n", data]


class _Line(asyncio.Protocol):
    """One connection: says the next step when the last one is answered well."""

    def __init__(self, mails: Iterator[list[bytes]]) -> None:
        self._mails = mails
        self._steps = iter([b"EHLO ujian.example\r\n"])
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The greeting comes first."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  TCP
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Go on after the last line of a good reply."""
        self._buffer += data
        last = self._buffer[self._buffer.rfind(b"\n", 0, -1) + 1 :]
        if not self._buffer.endswith(b"\n") or last[3:4] == b"-":
            return
        if self._buffer[:1] not in b"23":
            self._fail(Unexpected(f"answered {self._buffer[:200]!r}"))
            return
        self._buffer = b""
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        """The server hung up too early."""
        self._fail(Unexpected(f"the connection ended: {exc}"))

    def _next(self) -> None:
        assert self._transport is not None  # noqa: S101  it is connected
        step = next(self._steps, None)
        if step is None:
            following = next(self._mails, None)
            if following is None:
                if not self.done.done():
                    self.done.set_result(None)
                return
            self._steps = iter(following)
            step = next(self._steps)
        self._transport.write(step)

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()
        if self.done.done() and not self.done.cancelled():
            self.done.exception()  # heard: only the first failure is told

    def _fail(self, error: Unexpected) -> None:
        if not self.done.done():
            self.done.set_exception(error)


async def load(port: int, mails: Sequence[list[bytes]], lines: int) -> float:
    """Hand in all of them over so many connections; the seconds until the last was acknowledged.

    Raises:
        Unexpected: one was refused, or not answered.
    """
    line = partial(_Line, iter(mails))
    begun = time.perf_counter()
    loop = asyncio.get_running_loop()
    clients = [(await loop.create_connection(line, "127.0.0.1", port))[1] for _ in range(lines)]
    try:
        await asyncio.gather(*(client.done for client in clients))
    finally:
        for client in clients:
            client.close()
    return time.perf_counter() - begun
