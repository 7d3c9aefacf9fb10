"""Puts the parts of SMPP together, and carries word between the listener's loop, the writer and the rounds."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from typing import Any

from emulators.foundation.clock import Clock
from emulators.sms.settings import SmsSettings
from emulators.sms.smpp.centre import Centre
from emulators.sms.smpp.counter import Counter
from emulators.sms.smpp.delivery import Delivery
from emulators.sms.smpp.gate import Gate
from emulators.sms.smpp.inquiries import Inquiries
from emulators.sms.smpp.notices import Notices
from emulators.sms.smpp.orders import OrderRules
from emulators.sms.smpp.rounds import Rounds
from emulators.sms.smpp.session import Session
from emulators.sms.smpp.timing import Due, Timing
from emulators.sms.smpp.wire import GENERIC_NACK, RESPONSE, Command, Pdu
from emulators.sms.smpp.writer import Task, Writer
from emulators.sms.troubles import Troubles

CROWD = 2
"""Connections are taken beyond the setting, so that a bind can be refused; beyond so many times it, none is."""


class Exchange:
    """All sessions of one listener and what works for them; its methods are called on the listener's loop."""

    def __init__(
        self,
        settings: SmsSettings,
        clock: Clock,
        rules: OrderRules,
        centre: Centre,
        inquiries: Inquiries,
        notices: Notices,
        troubles: Troubles,
    ) -> None:
        self._settings = settings
        self._notices = notices
        self._writer = Writer(centre, self._report)
        self.gate = Gate(settings, self._writer.note)
        self._counter = Counter(clock, rules, self.gate, inquiries, self._writer, troubles, self._answered)
        self._rounds = Rounds(centre, inquiries, notices, self.gate.take_news)
        self._numbers = itertools.count(1)
        self._loop: asyncio.AbstractEventLoop
        self._delivery: Delivery

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to work; called before the first connection."""
        self._loop = loop
        window, note = self._settings.smpp_receipt_window, self._writer.note
        self._delivery = Delivery(self.gate, window, loop.time, loop.call_later, self._rounds.settle, note)
        self._writer.start()
        self._rounds.start(loop.call_soon_threadsafe, self._delivery)

    def stop(self) -> None:
        """Store what waits, note what was told; called from another thread while the loop still runs."""
        self._rounds.stop()
        self._writer.stop()

    def connected(self) -> Session:
        """A session for a connection that was just made."""
        timing = Timing.begin(self._loop.time(), self._settings)
        session = Session(next(self._numbers), self._settings.smpp_window, timing, self._serve, self._ended)
        self.gate.enter(session)
        if len(self.gate.sessions) > CROWD * self._settings.smpp_connections:
            self._loop.call_soon(session.drop, "too many connections")
        return session

    def look_at_timers(self) -> None:
        """Enquire of the silent, send away the idle, drop the dead, tell again what nobody answered."""
        now = self._loop.time()
        for session in list(self.gate.sessions.values()):
            match session.timing.due(now, bound=session.bound):
                case Due.ENQUIRE:
                    session.timing.asked = now
                    session.request(Command.ENQUIRE_LINK)
                    session.flush()
                case Due.UNBIND:
                    session.timing.sent_away(now)
                    session.send_away("nothing was asked for too long")
                case Due.DROP:
                    session.drop("the client did not bind or answer in time")
            self._delivery.look(session, self._settings.smpp_response_seconds)

    def _serve(self, session: Session, found: list[Pdu]) -> None:
        self._counter.serve(session, found, self._loop.time(), self._loop.call_later)
        if session.listening and self.gate.news:
            self._notices.news.set()

    def _answered(self, session: Session, each: Pdu) -> None:
        if each.command in (Command.DELIVER_SM | RESPONSE, GENERIC_NACK):
            self._delivery.answered(session, each.sequence, each.status)
        elif each.command == Command.UNBIND | RESPONSE and not session.bound:
            session.leave("the sandbox sent it away")

    def _ended(self, session: Session, reason: str) -> None:
        self.gate.left(session, reason)
        self._delivery.ended(session)

    def _report(self, results: Sequence[tuple[Task, Any]]) -> None:
        """On the writer's thread: results are told on the loop."""
        self._loop.call_soon_threadsafe(self._tell, results)

    def _tell(self, results: Sequence[tuple[Task, Any]]) -> None:
        sessions = set()
        for task, result in results:
            if task.done is not None:
                task.done(result)
                sessions.add(task.session)
        for session in sessions:
            if session is not None:
                session.flush()
