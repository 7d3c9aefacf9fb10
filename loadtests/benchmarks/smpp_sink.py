"""A bare SMPP server that answers and stores nothing: what the client and the wire can do. Says its port and serves."""

from __future__ import annotations

import asyncio
import struct
import sys

_HEADER = struct.Struct(">IIII")


class Sink(asyncio.Protocol):
    """Answers every request with a message_id of ten digits."""

    def __init__(self) -> None:
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  TCP
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer what came."""
        data, at, out = self._rest + data, 0, []
        while len(data) - at >= _HEADER.size:
            length, command, _, sequence = _HEADER.unpack_from(data, at)
            if len(data) - at < length:
                break
            at += length
            out.append(_HEADER.pack(27, command | 0x80000000, 0, sequence) + b"1000000000\0")
        self._rest = data[at:]
        self._transport.write(b"".join(out))


async def serve() -> None:
    """Serve until the process is told to stop."""
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
