"""One SMTP conversation: aiosmtpd's, with its limits set for real mail and its hooks leading to the intake.

Facts about aiosmtpd 1.4.6 used here (read in its source): the reader's limit is the attribute `line_length_limit`,
which by default refuses the lines over 1,000 octets that real senders write; only CRLF "." CRLF ends the data, so a
bare LF cannot smuggle a second message in; a handler hook replaces the reply, and must then fill the envelope itself.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from asyncio import BaseTransport
from collections.abc import Awaitable, Callable
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from emulators.smtp.errors import NotStored
from emulators.smtp.settings import SmtpSettings
from emulators.smtp.tally import Tally
from emulators.smtp.trace import Arrival

IDENT = "SANDBOX inbox, nothing is delivered"
NULL_SENDER = "<>"
CLOSING = "421 4.3.2 The sandbox is closing, try again later"
_LOG = logging.getLogger(__name__)

Store = Callable[[Arrival], Awaitable[str]]


class Conversation(SMTP):
    """A connected client; `busy` while a message is under way, so that a stop can wait for it."""

    def __init__(
        self, hooks: Hooks, settings: SmtpSettings, loop: asyncio.AbstractEventLoop, live: set[Conversation]
    ) -> None:
        # As long as a whole message: what is longer is refused for its size, not for its line (see `push`).
        self.line_length_limit = settings.message_limit
        self._live = live
        self._closing = False
        self._goodbye: asyncio.Task[None] | None = None
        super().__init__(
            hooks,
            hostname=settings.smtp_name,
            ident=IDENT,
            data_size_limit=settings.message_limit,
            enable_SMTPUTF8=True,
            timeout=settings.idle_seconds,
            loop=loop,
        )

    @property
    def busy(self) -> bool:
        """Whether a transaction has begun and its message is not yet answered."""
        return self.envelope is not None and bool(self.envelope.mail_from)

    def close_when_idle(self) -> None:
        """Say goodbye now, or after the message under way."""
        self._closing = True
        if not self.busy:
            self._goodbye = self.loop.create_task(self._say_goodbye())

    def connection_made(self, transport: BaseTransport) -> None:
        """A client has come."""
        self._live.add(self)
        # A reply of several lines leaves in several writes; held back by Nagle it would cost the client 40 ms.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """The client has gone."""
        self._live.discard(self)
        super().connection_lost(error)

    async def push(self, status: Any) -> None:
        """Send a reply; a line longer than a whole message may be is too much mail (RFC 1870: 552)."""
        if isinstance(status, str) and status.startswith("500 Line too long"):
            status = "552 5.3.4 Error: Too much mail data"
        await super().push(status)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  a command's method, as aiosmtpd names it
        """Take the data; afterwards the conversation ends if the sandbox is closing."""
        await super().smtp_DATA(arg)
        if self._closing:
            await self._say_goodbye()

    async def _say_goodbye(self) -> None:
        if self.transport is not None:
            await self.push(CLOSING)
            if self.transport is not None:
                self.transport.close()


class Hooks:
    """What aiosmtpd asks at RCPT, at the end of the data, and when something unforeseen happens."""

    def __init__(self, store: Store, tally: Tally, recipient_limit: int) -> None:
        self._store = store
        self._tally = tally
        self._recipient_limit = recipient_limit

    async def handle_RCPT(  # noqa: N802  aiosmtpd finds hooks by this name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, up to the limit."""
        if len(envelope.rcpt_tos) >= self._recipient_limit:
            return "452 4.5.3 Too many recipients"
        if address == NULL_SENDER:
            return "553 5.1.3 Error: a recipient needs an address"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 Recipient ok"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  as above
        """Acknowledge a message once it is stored."""
        raw = envelope.original_content or b""
        sender = envelope.mail_from or ""
        arrival = Arrival(
            sender="" if sender == NULL_SENDER else sender,
            recipients=tuple(envelope.rcpt_tos),
            raw=raw,
            greeting=session.host_name or "",
            peer=str(session.peer[0]) if isinstance(session.peer, tuple) else "",
        )
        try:
            uid = await self._store(arrival)
        except NotStored:
            self._tally.reject()
            return "451 4.3.0 The message could not be stored, try again later"
        return f"250 2.0.0 Ok: queued as {uid}"

    async def handle_exception(self, error: Exception) -> str:
        """Answer a command that aiosmtpd itself tripped over; the conversation goes on."""
        _LOG.warning("a command could not be understood: %r", error)
        return "500 5.5.2 Error: the command could not be understood"
