"""One SMTP conversation: aiosmtpd's, with its limits set for real mail and its hooks leading to the intake.

Facts about aiosmtpd 1.4.6 used here (read in its source): the reader's limit is the attribute `line_length_limit`,
which by default refuses the lines over 1,000 octets that real senders write; only CRLF "." CRLF ends the data, so a
bare LF cannot smuggle a second message in; STARTTLS throws away what was said before it and begins a new session;
methods called `auth_X__Y` are the mechanism X-Y.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import socket
import ssl
from asyncio import BaseTransport
from collections.abc import Callable
from typing import Any

from aiosmtpd.smtp import MISSING, SMTP, AuthResult, Envelope, LoginPassword, Session, syntax

from emulators.smtp.credentials import may_answer
from emulators.smtp.data_reading import END, LINE_END, read_data
from emulators.smtp.hooks import Hooks, arrival_of
from emulators.smtp.mishaps import Stage
from emulators.smtp.settings import SmtpSettings
from emulators.smtp.status_codes import enhanced
from emulators.smtp.suffering import BROKEN
from emulators.smtp.trace import Arrival

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_PLAIN = re.compile(rf"<({_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)>[ \t]*(.*)", re.ASCII)
IDENT = "SANDBOX inbox, nothing is delivered"
CLOSING = "421 4.3.2 The sandbox is closing, try again later"
TOO_MUCH = "552 5.3.4 Error: Too much mail data"
TOO_MANY = "421 4.7.0 Too many connections, try again later"
BUSY = "421 4.3.2 The sandbox is busy, try again later"
TIMED_OUT = "421 4.4.2 Timeout, closing the connection"


class _QuietSession(Session):
    """Signing in also sets a name that aiosmtpd has given up, of which its own session warns each time."""

    login_data: Any = None  # a property there, kept for older programs


class Conversation(SMTP):
    """A connected client; `busy` while a message is under way, so that a stop can wait for it."""

    AuthLoginUsernameChallenge = "Username:"
    AuthLoginPasswordChallenge = "Password:"

    def __init__(
        self,
        hooks: Hooks,
        settings: SmtpSettings,
        loop: asyncio.AbstractEventLoop,
        live: set[Conversation],
        starttls: ssl.SSLContext | None,
        heard: Callable[[], None],
    ) -> None:
        """`starttls`: what a client that asks for encryption is shown; None where the line is encrypted already.

        `heard` is called whenever the client says something.
        """
        # As long as a whole message: what is longer is refused for its size, not for its line (see `push`).
        self.line_length_limit = settings.message_limit
        self._live = live
        self._heard = heard
        self._users = settings.users
        self._encrypted = starttls is None
        self._closing = False
        self._greeting = True
        self._until = 0.0
        self._goodbye: asyncio.Task[None] | None = None
        self._hooks = hooks
        self._most = settings.connections_limit
        self._message_limit = settings.message_limit
        super().__init__(
            hooks,
            hostname=settings.smtp_name,
            ident=IDENT,
            data_size_limit=settings.message_limit,
            enable_SMTPUTF8=True,
            timeout=settings.idle_seconds,
            loop=loop,
            tls_context=starttls,
            require_starttls=settings.tls_required and starttls is not None,
            auth_require_tls=settings.auth_needs_tls and starttls is not None,
            authenticator=hooks.authenticate,
        )
        self._auth_required = settings.auth_required  # set here: aiosmtpd warns of what a tester may well want

    @property
    def busy(self) -> bool:
        """Whether a transaction has begun and its message is not yet answered."""
        return self.envelope is not None and bool(self.envelope.mail_from)

    def close_when_idle(self) -> None:
        """Say goodbye now, or after the message under way."""
        self._closing = True
        if not self.busy:
            self._goodbye = self.loop.create_task(self._say_goodbye(CLOSING))

    def connection_made(self, transport: BaseTransport) -> None:
        """A client has come."""
        self._live.add(self)
        # A reply of several lines leaves in several writes; held back by Nagle it would cost the client 40 ms.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """The client says something."""
        self._heard()
        super().data_received(data)

    def connection_lost(self, error: Exception | None) -> None:
        """The client has gone."""
        self._live.discard(self)
        super().connection_lost(error)

    def _create_session(self) -> Session:
        return _QuietSession(self.loop)

    async def _handle_client(self) -> None:
        """Greet and converse; a client too many, or one that a fault strikes, is told 421 and let go."""
        refusal = TOO_MANY if len(self._live) > self._most else ""
        if not refusal and self._hooks.suffering.drawn(Stage.CONNECTION, self._arrival()) is not None:
            refusal = BUSY
        if refusal:
            await self._say_goodbye(refusal)
            return
        await super()._handle_client()

    def _reset_timeout(self, duration: float | None = None) -> None:
        """Give the client its time anew. One timer serves them all: to set one costs more than to look at the clock."""
        self._until = self.loop.time() + (duration or self._timeout_duration)
        if self._timeout_handle is None:
            self._timeout_handle = self.loop.call_at(self._until, self._timeout_cb)

    def _timeout_cb(self) -> None:
        """Tell a client that was silent for too long, or never came to an end, and let it go."""
        if self.loop.time() < self._until:  # it has spoken since the timer was set
            self._timeout_handle = self.loop.call_at(self._until, self._timeout_cb)
            return
        if self.transport is not None:
            self._writer.write(f"{TIMED_OUT}\r\n".encode())
        super()._timeout_cb()  # type: ignore[no-untyped-call]  # aiosmtpd's is

    async def push(self, status: Any) -> None:
        """Send a reply with its enhanced code; a line longer than a whole message may be is too much mail (552)."""
        if isinstance(status, str):
            if status.startswith("500 Line too long"):
                status = TOO_MUCH
            if not (self._greeting and status.startswith("2")):
                status = enhanced(status)
            self._greeting = self._greeting and status.startswith("250")
            if status == BROKEN:
                self._break()
                return
        await super().push(status)
        if isinstance(status, str) and status.startswith("421 ") and self.transport is not None:
            self.transport.close()

    @syntax("HELO hostname")
    async def smtp_HELO(self, hostname: str) -> None:  # noqa: N802  a command's method, as aiosmtpd names it
        """Greet; RFC 2034 wants no enhanced code there."""
        self._greeting = True
        await super().smtp_HELO(hostname)
        self._greeting = False

    @syntax("EHLO hostname")
    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802  as above
        """Greet and announce; RFC 2034 wants no enhanced codes there."""
        self._greeting = True
        await super().smtp_EHLO(hostname)
        self._greeting = False

    @syntax("STARTTLS", when="tls_context")
    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802  as above
        """Encrypt the line, once."""
        if self._tls_protocol is not None or self._encrypted:
            await self.push("503 5.5.1 Error: TLS is active already")
            return
        await super().smtp_STARTTLS(arg)

    @syntax("AUTH <mechanism>")
    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802  as above
        """Let a client sign in; mechanisms may be written in any case, and not inside a transaction (RFC 4954)."""
        if self.busy:
            await self.push("503 5.5.1 Error: not during a mail transaction")
            return
        mechanism, space, rest = (arg or "").partition(" ")
        await super().smtp_AUTH(mechanism.upper() + space + rest)

    async def auth_CRAM__MD5(self, _server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802  the mechanism's name
        """Ask for a digest over a challenge (RFC 2195); without listed users any digest will do."""
        if len(args) > 1:
            await self.push("501 5.5.4 CRAM-MD5 takes no initial response")
            return AuthResult(success=False, handled=True)
        challenge = f"<{secrets.token_hex(8)}@{self.hostname}>".encode()
        answer = await self.challenge_auth(challenge)
        if answer is MISSING or not isinstance(answer, bytes):
            return AuthResult(success=False, handled=True)
        name, _, digest = answer.rpartition(b" ")
        if not name or len(digest) != 32:
            await self.push("501 5.5.2 The answer to the challenge is a name and 32 hexadecimal digits")
            return AuthResult(success=False, handled=True)
        success = may_answer(self._users, name, challenge, digest)
        if self.session is None:
            return AuthResult(success=False, handled=False)
        return self._hooks.signed_in(self.session, LoginPassword(name, b""), success=success)

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  as above
        """Take the data; afterwards the conversation ends if the sandbox is closing."""
        if self.session is not None and self.envelope is not None and self.envelope.rcpt_tos and not arg:
            breaking = self._hooks.data_begins(self.session, self.envelope)
            if breaking is not None:
                await self._break_off(int(breaking.values["octets"]))
                return
            await self._take_data(self.session, self.envelope)
        else:
            await super().smtp_DATA(arg)  # which says what is wrong
        if self._closing:
            await self._say_goodbye(CLOSING)

    async def _take_data(self, session: Session, envelope: Envelope) -> None:
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        try:
            data = await read_data(self._reader, self._message_limit)
        except (asyncio.CancelledError, asyncio.IncompleteReadError):
            self._writer.close()  # the client has gone in the middle of its data
            raise
        if data is None:
            status = TOO_MUCH
        else:
            envelope.content = envelope.original_content = data
            status = await self._hooks.handle_DATA(self, session, envelope)
        self._set_post_data_state()  # type: ignore[no-untyped-call]  # aiosmtpd's is
        await self.push(status)

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """An address and what follows; a plain one is read at once, any other by aiosmtpd's whole grammar."""
        plain = _PLAIN.fullmatch(arg)
        return (plain[1], plain[2]) if plain is not None else super()._getaddr(arg)

    def _arrival(self) -> Arrival:
        if self.session is None or self.envelope is None:  # aiosmtpd makes both before anything is said
            return Arrival("", (), b"")
        return arrival_of(self.session, self.envelope)

    async def _break_off(self, octets: int) -> None:
        """Let the client send, and break the line after so many octets of its data, or at the end of shorter ones."""
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        tail = LINE_END
        while octets > 0 and END not in tail and (piece := await self._reader.read(octets)):
            octets -= len(piece)
            tail = tail[1 - len(END) :] + piece
        self._break()

    def _break(self) -> None:
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()

    async def _say_goodbye(self, words: str) -> None:
        if self.transport is not None:
            await self.push(words)
            if self.transport is not None:
                self.transport.close()
