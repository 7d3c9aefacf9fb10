"""A door served by an event loop on a thread of its own: bound at once, served from `start` on, gone after `stop`."""

from __future__ import annotations

import asyncio
import socket
import threading
from asyncio import StreamReader, StreamWriter
from weakref import WeakSet

from emulators.foundation.binding import listening

STOP_SECONDS = 1.0


class Listening:
    """What each connection gets is up to `answer`, which a subclass has."""

    def __init__(self, host: str, port: int) -> None:
        """Bind at once; port 0 takes a free one.

        Raises:
            CannotListen: the address cannot be had.
        """
        self.socket = listening(host, port)
        # asyncio does this only for sockets whose protocol is named; else answers wait for an acknowledgement
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host = host
        self.port: int = self.socket.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._writers: WeakSet[StreamWriter] = WeakSet()
        self._thread = threading.Thread(target=self._run, name=f"door:{self.port}", daemon=True)

    def start(self) -> None:
        """Take connections from now on; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Take no more connections, end those there are, return."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(STOP_SECONDS)
        elif not self._loop.is_closed():
            self._loop.close()
        self.socket.close()

    async def answer(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Serve one connection to its end."""
        raise NotImplementedError

    def _run(self) -> None:
        loop = self._loop
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(self.begin())
        loop.run_forever()
        server.close()
        loop.run_until_complete(self._end())
        loop.close()

    async def _end(self) -> None:
        """End what is under way; TLS would wait for the other end to say good-bye, so that connections are cut."""
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        for writer in list(self._writers):
            writer.transport.abort()
        await asyncio.sleep(0)

    async def begin(self) -> asyncio.Server:
        """Serve in the clear; a subclass may serve otherwise."""
        return await asyncio.start_server(self.answer_safely, sock=self.socket)

    async def answer_safely(self, reader: StreamReader, writer: StreamWriter) -> None:
        """`answer`, and the connection closed behind it."""
        self._writers.add(writer)
        try:
            await self.answer(reader, writer)
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # the client has gone, never meant to speak TLS, or the door is closing
        finally:
            writer.close()
