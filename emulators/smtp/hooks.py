"""What aiosmtpd asks during a conversation: at EHLO, MAIL and RCPT, at the end of the data, and when it trips.

A hook replaces the reply, and must then fill session and envelope itself (aiosmtpd 1.4.6, read in its source).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from emulators.smtp.credentials import may_enter
from emulators.smtp.errors import NotStored
from emulators.smtp.settings import SmtpSettings
from emulators.smtp.tally import Tally
from emulators.smtp.trace import Arrival

NULL_SENDER = "<>"
KEYWORDS = ("PIPELINING", "ENHANCEDSTATUSCODES")
"""Beyond what aiosmtpd announces: whole conversations in one write are understood, every reply has its code."""
_LOG = logging.getLogger(__name__)

Store = Callable[[Arrival], Awaitable[str]]


class Hooks:
    """One set for all conversations of a listener."""

    def __init__(self, store: Store, tally: Tally, settings: SmtpSettings) -> None:
        self._store = store
        self._tally = tally
        self._users = settings.users
        self._recipient_limit = settings.recipient_limit
        self._allowed = re.compile(settings.recipients_allowed, re.IGNORECASE)
        self._rejected = re.compile(settings.recipients_rejected, re.IGNORECASE)

    async def handle_EHLO(  # noqa: N802  aiosmtpd finds hooks by this name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Announce what this listener adds."""
        session.host_name = hostname
        return [*responses[:-1], *(f"250-{keyword}" for keyword in KEYWORDS), responses[-1]]

    async def handle_MAIL(  # noqa: N802  as above
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take any sender."""
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Sender ok"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: LoginPassword
    ) -> AuthResult:
        """Whether a name and a password of PLAIN or LOGIN are taken."""
        return AuthResult(success=may_enter(self._users, login.login, login.password), handled=False, auth_data=login)

    async def handle_RCPT(  # noqa: N802  as above
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient whom the rules of the settings allow, up to the limit."""
        if len(envelope.rcpt_tos) >= self._recipient_limit:
            return "452 4.5.3 Too many recipients"
        if address == NULL_SENDER:
            return "553 5.1.3 Error: a recipient needs an address"
        if not self._allowed.search(address):
            return "550 5.1.1 Error: no such mailbox here"
        if self._rejected.pattern and self._rejected.search(address):
            return "550 5.7.1 Error: this recipient is refused"
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
