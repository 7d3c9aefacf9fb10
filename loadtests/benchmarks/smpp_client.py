"""A cheap SMPP client: every PDU is packed beforehand, the next are sent as answers come, many connections at once."""

from __future__ import annotations

import asyncio
import struct
import time
from functools import partial

ANSWER = struct.Struct(">IIII11s")
"""submit_sm_resp with a message_id of ten digits."""
_HEADER = struct.Struct(">IIII")
SUBMIT, BIND_TRANSCEIVER = 0x04, 0x09
NUMBERS = 5000
"""Recipients the messages go to."""


class Unexpected(Exception):
    """The server answered something else than that it has stored a message."""


class Load(asyncio.Protocol):
    """One bound connection that submits its share with so many outstanding."""

    def __init__(self, pdus: list[bytes], window: int) -> None:
        self._pdus = pdus
        self._window = window
        self._sent = 0
        self._buffer = b""
        self._bound = False
        self.answered = 0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Bind."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  TCP
        self._transport = transport
        body = b"benchmark\0secret\0\0\x34\0\0\0"
        transport.write(_HEADER.pack(16 + len(body), BIND_TRANSCEIVER, 0, 1) + body)

    def data_received(self, data: bytes) -> None:
        """Count answers and send as many again."""
        data = self._buffer + data
        if not self._bound:
            length = _HEADER.unpack_from(data)[0] if len(data) >= 16 else 16
            if len(data) < length:
                self._buffer = data
                return
            data, self._bound = data[length:], True
            self._send(self._window)
        whole = len(data) - len(data) % ANSWER.size
        self._buffer = data[whole:]
        fresh = 0
        for length, command, status, _, _ in ANSWER.iter_unpack(data[:whole]):
            if (length, command, status) != (ANSWER.size, SUBMIT | 0x80000000, 0):
                self.done.set_exception(Unexpected(f"command {command:#x}, status {status:#x}, length {length}"))
                return
            fresh += 1
        self.answered += fresh
        if self.answered == len(self._pdus):
            self.done.set_result(None)
        elif fresh:
            self._send(fresh)

    def connection_lost(self, exc: Exception | None) -> None:
        """The server hung up too early."""
        if not self.done.done():
            self.done.set_exception(Unexpected(f"the connection ended after {self.answered} answers: {exc}"))

    def _send(self, many: int) -> None:
        self._transport.write(b"".join(self._pdus[self._sent : self._sent + many]))
        self._sent += many

    def close(self) -> None:
        """Hang up."""
        self._transport.close()


def submits(first: int, count: int) -> list[bytes]:
    """So many submit_sm with one-time codes, to recipients in turn."""
    found = []
    for number in range(first, first + count):
        text = f"Kod pengesahan anda ialah {number % 900_000 + 100_000}. Sah selama 5 minit.".encode()
        recipient = f"6011{number % NUMBERS:08d}".encode()
        body = b"\0\0\0" + b"68833\0" + b"\1\1" + recipient + b"\0" + bytes(3) + b"\0\0" + bytes(4)
        body += bytes([len(text)]) + text
        found.append(_HEADER.pack(16 + len(body), SUBMIT, 0, number - first + 2) + body)
    return found


async def load(host: str, port: int, messages: int, binds: int, window: int) -> float:
    """Submit over so many connections; answered messages a second, from the first submission to the last answer."""
    loop, share = asyncio.get_running_loop(), messages // binds
    shares = [submits(each * share, share) for each in range(binds)]
    begun = time.perf_counter()
    clients = [(await loop.create_connection(partial(Load, each, window), host, port))[1] for each in shares]
    await asyncio.gather(*(client.done for client in clients))
    seconds = time.perf_counter() - begun
    for client in clients:
        client.close()
    return messages / seconds
