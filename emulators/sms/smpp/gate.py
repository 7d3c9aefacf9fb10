"""Who may bind, and which sessions are bound."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any

from emulators.sms.settings import SmsSettings
from emulators.sms.smpp.bodies import bound_body
from emulators.sms.smpp.requests import Bind, read_bind
from emulators.sms.smpp.session import Session
from emulators.sms.smpp.states import State
from emulators.sms.smpp.statuses import CommandStatus, Refused
from emulators.sms.smpp.wire import RESPONSE, Command, Pdu


class Gate:
    """The sessions that are connected, by their numbers; lives on the listener's loop."""

    def __init__(self, settings: SmsSettings, note: Callable[..., None]) -> None:
        """`note(kind, ref, **facts)`: writes into the journal."""
        self._settings = settings
        self._note = note
        self.sessions: dict[int, Session] = {}
        self.news: set[str] = set()
        """Clients that have come to listen since somebody looked."""

    def enter(self, session: Session) -> None:
        """A connection was made."""
        self.sessions[session.number] = session

    def left(self, session: Session, reason: str) -> None:
        """A connection has ended."""
        self.sessions.pop(session.number, None)
        if session.system_id:
            self._note("smpp_ended", session.system_id, bind=session.number, why=reason)

    def bind(self, session: Session, to: State, command: Command, each: Pdu) -> None:
        """Let a client in; Refused when it may not."""
        wish = read_bind(each.body)
        if len(self.sessions) > self._settings.smpp_connections:
            raise Refused(CommandStatus.RBINDFAIL, f"{self._settings.smpp_connections} sessions are open already")
        self._check(wish)
        session.system_id, session.state = wish.system_id, to
        body = bound_body(self._settings.smpp_system_id, wish.interface_version)
        session.answer(command | RESPONSE, CommandStatus.ROK, each.sequence, body)
        facts: dict[str, Any] = {"bind": session.number, "as": to.value, "version": f"{wish.interface_version:#04x}"}
        self._note("smpp_bound", wish.system_id, **facts)
        if session.listening:
            self.news.add(wish.system_id)

    def take_news(self) -> set[str]:
        """The clients that have come to listen since it was asked last; asked from another thread."""
        taken, self.news = self.news, set()
        return taken

    def _check(self, wish: Bind) -> None:
        users = self._settings.smpp_users
        if not wish.system_id.strip():
            raise Refused(CommandStatus.RINVSYSID, "a bind without a system_id")
        if not users:
            return
        if wish.system_id not in users:
            raise Refused(CommandStatus.RINVSYSID, f"nobody is called {wish.system_id}")
        if not hmac.compare_digest(users[wish.system_id].encode(), wish.password.encode()):
            raise Refused(CommandStatus.RINVPASWD, f"another password than that of {wish.system_id}")
