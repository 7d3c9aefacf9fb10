"""The seller's server: takes every direct AC, answers OK, and counts. Says its address and serves."""

from __future__ import annotations

import asyncio
import re
import sys

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nOK"


class Seller:
    """Counts what was posted; `GET /count` tells, and so many have come since the start."""

    def __init__(self) -> None:
        self.count = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of FPX, or of the benchmark."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if head.startswith(b"GET /count"):
                    said = str(self.count).encode()
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said))
                    continue
                if length := _LENGTH.search(head):
                    await reader.readexactly(int(length[1]))
                self.count += 1
                writer.write(_OK)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


async def serve() -> None:
    """Serve until the process is told to stop."""
    server = await asyncio.start_server(Seller().serve, "127.0.0.1", 0)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
