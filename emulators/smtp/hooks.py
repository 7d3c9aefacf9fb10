"""What aiosmtpd asks during a conversation: at EHLO, MAIL and RCPT, at the end of the data, and when it trips.

A hook replaces the reply, and must then fill session and envelope itself (aiosmtpd 1.4.6, read in its source).
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from weakref import WeakKeyDictionary

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from emulators.foundation.errors import CallersMistake
from emulators.foundation.faults import FAULT_HEADER, Asked, Drawn
from emulators.smtp.credentials import may_enter
from emulators.smtp.delivery import Consignment
from emulators.smtp.errors import NotStored
from emulators.smtp.mishaps import Stage
from emulators.smtp.settings import SmtpSettings
from emulators.smtp.suffering import BROKEN, Suffering
from emulators.smtp.tally import Tally
from emulators.smtp.trace import Arrival

NULL_SENDER = "<>"
KEYWORDS = ("PIPELINING", "ENHANCEDSTATUSCODES")
"""Beyond what aiosmtpd announces: whole conversations in one write are understood, every reply has its code."""
HEAD = 65_536
"""Octets of a message in which the header that asks for faults is looked for."""
_HEADER = FAULT_HEADER.lower().encode()
_ASKED = re.compile(rb"(?im)^" + FAULT_HEADER.encode() + rb":([^\n]*(?:\n[ \t][^\n]*)*)")
_LOG = logging.getLogger(__name__)

Store = Callable[[Consignment], Awaitable[str]]


class Hooks:
    """One set for all conversations of a listener."""

    def __init__(self, store: Store, tally: Tally, settings: SmtpSettings, suffering: Suffering) -> None:
        self.suffering = suffering
        self._store = store
        self._struck: WeakKeyDictionary[Envelope, Drawn] = WeakKeyDictionary()
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
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take any sender, unless a fault strikes."""
        asked = self.suffering.asked_by(address)
        if not self.suffering.calm(asked):
            arrival = arrival_of(session, envelope, sender=address)
            refusal = self.suffering.refusal(Stage.SENDER, arrival, asked)
            if refusal:
                self._tally.reject()
                return refusal
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Sender ok"

    def authenticate(
        self, _server: SMTP, session: Session, _envelope: Envelope, _mechanism: str, login: LoginPassword
    ) -> AuthResult:
        """Whether a name and a password of PLAIN or LOGIN are taken."""
        success = may_enter(self._users, login.login, login.password)
        return self.signed_in(session, login, success=success)

    def signed_in(self, session: Session, login: LoginPassword, *, success: bool) -> AuthResult:
        """The end of a sign-in, which a fault may refuse."""
        arrival = Arrival("", ("",), b"", peer=_peer(session), username=_text(login.login))
        refusal = self.suffering.refusal(Stage.AUTHENTICATION, arrival)
        return AuthResult(success=success and not refusal, handled=False, message=refusal or None, auth_data=login)

    async def handle_RCPT(  # noqa: N802  as above
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient whom the rules of the settings and no fault refuse, up to the limit."""
        if len(envelope.rcpt_tos) >= self._recipient_limit:
            return "452 4.5.3 Too many recipients"
        if address == NULL_SENDER:
            return "553 5.1.3 Error: a recipient needs an address"
        if not self._allowed.search(address):
            return "550 5.1.1 Error: no such mailbox here"
        if self._rejected.pattern and self._rejected.search(address):
            return "550 5.7.1 Error: this recipient is refused"
        asked = self.suffering.asked_by(address)
        if not self.suffering.calm(asked):
            arrival = arrival_of(session, envelope, recipients=(address,))
            refusal = self.suffering.refusal(Stage.RECIPIENT, arrival, asked)
            if refusal:
                self._tally.reject()
                return refusal
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 Recipient ok"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  as above
        """Acknowledge a message once it is stored; or do what a fault wants, the message's own wish first."""
        arrival = arrival_of(session, envelope)
        planned = self._struck.pop(envelope, None)
        try:
            asked = self._asked(envelope)
        except CallersMistake as error:
            self._tally.reject()
            return f"554 5.6.0 {FAULT_HEADER}: {error.sentence.encode('ascii', 'replace').decode()}"
        wishes = (*asked, *self._wishes(envelope))
        fault = None
        if planned is not None or not self.suffering.calm(wishes):
            reply = self.suffering.refusal_asked(arrival, asked)
            reply = reply or await self._suffer(self.suffering.drawn_asked(Stage.DATA, asked) or planned, arrival)
            if reply:
                self._tally.reject()
                return reply
            arrival = replace(arrival, scanned=self.suffering.drawn(Stage.SCAN, arrival, wishes) is not None)
            fault = self.suffering.drawn(Stage.DELIVERY, arrival, wishes)
        try:
            uid = await self._store(Consignment(arrival, fault))
        except NotStored:
            self._tally.reject()
            return "451 4.3.0 The message could not be stored, try again later"
        return f"250 2.0.0 Ok: queued as {uid}"

    def data_begins(self, session: Session, envelope: Envelope) -> Drawn | None:
        """Draw the fault of the data, before it comes; given back only if the line is to break in the middle of it."""
        wishes = self._wishes(envelope)
        if self.suffering.calm(wishes):
            return None
        arrival = arrival_of(session, envelope)
        drawn = self.suffering.drawn(Stage.DATA, arrival, wishes)
        if drawn is None:
            return None
        if drawn.name == "dropped":
            self.suffering.note(drawn, arrival)
            self._tally.reject()
            return drawn
        self._struck[envelope] = drawn
        return None

    async def handle_exception(self, error: Exception) -> str:
        """Answer a command that aiosmtpd itself tripped over; the conversation goes on."""
        _LOG.warning("a command could not be understood: %r", error)
        return "500 5.5.2 Error: the command could not be understood"

    async def _suffer(self, drawn: Drawn | None, arrival: Arrival) -> str:
        """The reply of a fault of the data, if it has one; a slow one only takes its time."""
        if drawn is None:
            return ""
        self.suffering.note(drawn, arrival)
        if drawn.name == "slow":
            await asyncio.sleep(float(drawn.values["seconds"]))
            return ""
        return BROKEN if drawn.name == "dropped" else self.suffering.reply(drawn, arrival)

    def _wishes(self, envelope: Envelope) -> tuple[Asked, ...]:
        """What the addresses of its recipients ask for."""
        return tuple([wish for address in envelope.rcpt_tos for wish in self.suffering.asked_by(address)])

    def _asked(self, envelope: Envelope) -> tuple[Asked, ...]:
        """What the message's own header asks for."""
        raw = envelope.original_content or b""
        head = raw[:HEAD].partition(b"\r\n\r\n")[0]
        if _HEADER not in head.lower():  # sooner told than by the pattern
            return ()
        wishes = [" ".join(found.decode("utf-8", "replace").split()) for found in _ASKED.findall(head)]
        return tuple(asked for wish in wishes for asked in self.suffering.asked(wish))


def arrival_of(
    session: Session, envelope: Envelope, sender: str | None = None, recipients: tuple[str, ...] | None = None
) -> Arrival:
    """What is known of a message so far; `sender` and `recipients` where the envelope does not have them yet."""
    given = (envelope.mail_from or "") if sender is None else sender
    login = session.auth_data if session.authenticated else None
    return Arrival(
        sender="" if given == NULL_SENDER else given,
        recipients=tuple(envelope.rcpt_tos) if recipients is None else recipients,
        raw=envelope.original_content or b"",
        greeting=session.host_name or "",
        peer=_peer(session),
        username=_text(login.login) if isinstance(login, LoginPassword) else "",
    )


def _peer(session: Session) -> str:
    return str(session.peer[0]) if isinstance(session.peer, tuple) else ""


def _text(login: bytes) -> str:
    return login.decode("utf-8", "replace")
