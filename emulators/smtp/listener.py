"""The SMTP door: a thread and an event loop of its own, from the first connection to the last acknowledged message."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading

from emulators.foundation.binding import BACKLOG, CannotListen, bracketed, listening, reachable
from emulators.smtp.delivery import Delivery
from emulators.smtp.gathering import Gathering
from emulators.smtp.hooks import Hooks
from emulators.smtp.intake import Intake
from emulators.smtp.session import Conversation
from emulators.smtp.settings import SmtpSettings
from emulators.smtp.suffering import Suffering
from emulators.smtp.tally import Tally

DRAIN_SECONDS = 1.5
LOOK_SECONDS = 0.01


class Listener:
    """A worker of the room: takes mail by SMTP and hands it to the mailbox."""

    def __init__(
        self,
        delivery: Delivery,
        suffering: Suffering,
        tally: Tally,
        settings: SmtpSettings,
        context: ssl.SSLContext,
    ) -> None:
        """`context`: what clients that encrypt are shown."""
        self._context = context
        self._suffering = suffering
        self._tally = tally
        self._settings = settings
        self._intake = Intake(delivery.take_all)
        self._gathering = Gathering(self._intake, delivery.light)
        self._live: set[Conversation] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._address = ""
        self._secure_address = ""

    @property
    def address(self) -> str:
        """`host:port` as a client on this machine writes it; the port is known once the listener has started."""
        if not self._address:
            raise RuntimeError("the listener has no address before it has started")
        return self._address

    @property
    def started(self) -> bool:
        """Whether the address is known."""
        return bool(self._address)

    @property
    def secure_address(self) -> str:
        """The same for TLS from the first octet; empty when no port was given for it."""
        return self._secure_address

    def start(self) -> None:
        """Return when the ports answer.

        Raises:
            CannotListen: the address cannot be had.
        """
        bound = [listening(self._settings.smtp_host, self._settings.smtp_port)]
        self._address = self._told(bound[0])
        if self._settings.smtps_port is not None:
            try:
                bound.append(listening(self._settings.smtp_host, self._settings.smtps_port))
            except CannotListen:
                bound[0].close()
                raise
            self._secure_address = self._told(bound[1])
        loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._loop = loop
        self._intake.start()
        name, words = f"smtp:{bound[0].getsockname()[1]}", (loop, bound, self._context, ready)
        self._thread = threading.Thread(target=self._run, args=words, name=name, daemon=True)
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        """Take no new client, finish the messages under way (within two seconds), store all of them, and return."""
        loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            return
        self._loop = None
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        self._intake.stop()

    def _told(self, bound: socket.socket) -> str:
        """The address of a socket as a client on this machine writes it."""
        return f"{bracketed(reachable(self._settings.smtp_host))}:{bound.getsockname()[1]}"

    def _run(
        self,
        loop: asyncio.AbstractEventLoop,
        bound: list[socket.socket],
        context: ssl.SSLContext,
        ready: threading.Event,
    ) -> None:
        asyncio.set_event_loop(loop)
        hooks = Hooks(self._gathering.store, self._tally, self._settings, self._suffering)

        def plain() -> Conversation:
            return Conversation(hooks, self._settings, loop, self._live, context, self._gathering.heard)

        def secure() -> Conversation:
            return Conversation(hooks, self._settings, loop, self._live, None, self._gathering.heard)

        first = loop.create_server(plain, sock=bound[0], backlog=BACKLOG)
        others = [loop.create_server(secure, sock=each, ssl=context, backlog=BACKLOG) for each in bound[1:]]
        servers = [loop.run_until_complete(each) for each in (first, *others)]
        ready.set()
        loop.run_forever()
        loop.run_until_complete(self._drain(servers))
        self._gathering.flush()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    async def _drain(self, servers: list[asyncio.Server]) -> None:
        for server in servers:
            server.close()
        for client in list(self._live):
            client.close_when_idle()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                while self._live:
                    await asyncio.sleep(LOOK_SECONDS)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for client in list(self._live):
            if client.transport is not None:
                client.transport.close()
