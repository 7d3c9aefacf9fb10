"""The SMPP door: a thread and an event loop of its own, from the first connection to the last answer."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading

from emulators.foundation.binding import BACKLOG, bracketed, listening, reachable
from emulators.sms.settings import SmsSettings
from emulators.sms.smpp.exchange import Exchange
from emulators.sms.smpp.session import Session

TICK_SECONDS = 0.25
"""How often the timers are looked at."""
DRAIN_SECONDS = 1.2
UNBIND_SECONDS = 0.3
"""How long a client may take to agree that it is sent away."""
LOOK_SECONDS = 0.01


class Listener:
    """A worker of the room: speaks SMPP with whoever connects."""

    def __init__(self, settings: SmsSettings, exchange: Exchange) -> None:
        self._settings = settings
        self._exchange = exchange
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._address = ""

    @property
    def address(self) -> str:
        """`host:port` as a client on this machine writes it; the port is known once the listener has started."""
        if not self._address:
            raise RuntimeError("the listener has no address before it has started")
        return self._address

    def start(self) -> None:
        """Return when the port answers.

        Raises:
            CannotListen: the address cannot be had.
        """
        bound = listening(self._settings.smpp_host, self._settings.smpp_port)
        self._address = self._told(bound)
        ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._exchange.start(self._loop)
        name, words = f"smpp:{bound.getsockname()[1]}", (self._loop, bound, ready)
        self._thread = threading.Thread(target=self._run, args=words, name=name, daemon=True)
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        """Take no new client, answer what was asked and unbind everybody (within two seconds), and return."""
        loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            return
        self._loop = None
        asyncio.run_coroutine_threadsafe(self._drain(), loop).result()
        self._exchange.stop()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()

    def _told(self, bound: socket.socket) -> str:
        return f"{bracketed(reachable(self._settings.smpp_host))}:{bound.getsockname()[1]}"

    def _run(self, loop: asyncio.AbstractEventLoop, bound: socket.socket, ready: threading.Event) -> None:
        asyncio.set_event_loop(loop)
        self._server = loop.run_until_complete(loop.create_server(self._connected, sock=bound, backlog=BACKLOG))
        self._tick(loop)
        ready.set()
        loop.run_forever()
        loop.close()

    def _connected(self) -> Session:
        return self._exchange.connected()

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        self._exchange.look_at_timers()
        loop.call_later(TICK_SECONDS, self._tick, loop)

    async def _drain(self) -> None:
        self._server.close()
        sessions = self._exchange.gate.sessions
        for session in list(sessions.values()):
            session.send_away("the sandbox closes")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                while any(len(session.answers) for session in sessions.values()):
                    await asyncio.sleep(LOOK_SECONDS)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(UNBIND_SECONDS):
                while any(session.system_id for session in sessions.values()):
                    await asyncio.sleep(LOOK_SECONDS)
        for session in list(sessions.values()):
            session.drop("the sandbox closes")
        await asyncio.sleep(0)
