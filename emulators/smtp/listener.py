"""The SMTP door: a thread and an event loop of its own, from the first connection to the last acknowledged message."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading

from emulators.foundation.serving import PortTaken
from emulators.smtp.intake import Intake
from emulators.smtp.mailbox import Mailbox
from emulators.smtp.session import Conversation, Hooks
from emulators.smtp.settings import SmtpSettings
from emulators.smtp.trace import Arrival

DRAIN_SECONDS = 1.5
LOOK_SECONDS = 0.01
BACKLOG = 256


class Listener:
    """A worker of the room: takes mail by SMTP and hands it to the mailbox."""

    def __init__(self, mailbox: Mailbox, settings: SmtpSettings) -> None:
        self._mailbox = mailbox
        self._settings = settings
        self._intake = Intake(mailbox)
        self._live: set[Conversation] = set()
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
            PortTaken: another program listens there.
        """
        bound = self._bind()
        port = bound.getsockname()[1]
        host = "127.0.0.1" if self._settings.smtp_host in ("", "0.0.0.0") else self._settings.smtp_host  # noqa: S104  compared
        self._address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._loop = loop
        self._intake.start()
        self._thread = threading.Thread(target=self._run, args=(loop, bound, ready), name=f"smtp:{port}", daemon=True)
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

    def _bind(self) -> socket.socket:
        host, port = self._settings.smtp_host, self._settings.smtp_port
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            return socket.create_server((host, port), family=family, backlog=BACKLOG)
        except OSError as error:
            raise PortTaken(host, port) from error

    def _run(self, loop: asyncio.AbstractEventLoop, bound: socket.socket, ready: threading.Event) -> None:
        asyncio.set_event_loop(loop)
        hooks = Hooks(self._store, self._mailbox.tally, self._settings.recipient_limit)

        def conversation() -> Conversation:
            return Conversation(hooks, self._settings, loop, self._live)

        server = loop.run_until_complete(loop.create_server(conversation, sock=bound, backlog=BACKLOG))
        ready.set()
        loop.run_forever()
        loop.run_until_complete(self._drain(server))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    async def _drain(self, server: asyncio.Server) -> None:
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

    async def _store(self, arrival: Arrival) -> str:
        return await asyncio.wrap_future(self._intake.submit(arrival))
