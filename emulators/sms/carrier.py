"""The carrier behind the gateway: moves messages along their delivery table as the clock passes."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.sms import storage
from emulators.sms.delivery import FINAL, Event, Status
from emulators.sms.fault_catalogue import Trouble
from emulators.sms.ladder import Ladder
from emulators.sms.messages import Message
from emulators.sms.settings import SmsSettings

LOOK_SECONDS = 0.1
IDLE_SECONDS = 5.0
BATCH = 200
"""Messages of a state moved in one transaction: whoever wants to store something waits for so many."""
RESTS, RESTS_IN_A_RUSH = 1, 12
"""How much longer than it worked the carrier rests; the more while messages come in, because taking them comes first.
"""
LONGEST_REST = 1.0
ON_ITS_WAY = tuple(status for status in Status if status not in FINAL)


class Carrier:
    """A worker: messages accepted climb the ladder, after the delays of the settings."""

    def __init__(self, ladder: Ladder, database: Database, clock: Clock, settings: SmsSettings) -> None:
        self._ladder = ladder
        self._database = database
        self._clock = clock
        at_once = timedelta(0)
        self._rungs = (
            (Status.SCHEDULED, at_once),
            (Status.ACCEPTED, at_once),
            (Status.QUEUED, at_once),
            (Status.SENDING, timedelta(seconds=settings.sent_after)),
            (Status.SENT, timedelta(seconds=settings.delivered_after)),
        )
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="sms-carrier", daemon=True)

    def start(self) -> None:
        """Begin carrying."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the step in hand and return; the rest waits for the next start."""
        self._stopping.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(2.0)

    def look_now(self) -> None:
        """Say that a message was accepted."""
        self._news.set()

    def carry(self) -> bool:
        """Move on every message that is due, rung by rung; whether any message is still on its way."""
        now = self._clock.now()
        with self._database.read() as connection:
            if not storage.any_in(connection, ON_ITS_WAY):
                return False
            moving = any(self._due(connection, status, delay, now, 1) for status, delay in self._rungs)
        if moving:
            with self._database.write() as connection:
                for status, delay in self._rungs:
                    self._climb(connection, self._due(connection, status, delay, now, BATCH), now)
        return True

    def _due(self, connection: Connection, status: Status, delay: timedelta, now: datetime, most: int) -> list[Message]:
        """A late message is handed over in time: it is the handset that gets it later."""
        held_here = status in (Status.SCHEDULED, Status.SENT)
        return storage.due(connection, status, now - delay, now, most, held_here=held_here)

    def _climb(self, connection: Connection, messages: list[Message], now: datetime) -> None:
        parts: dict[tuple[Event, int | None, bool], list[Message]] = {}
        for message in messages:
            kind = (_next(message), message.error_code, message.sender is None)
            parts.setdefault(kind, []).append(message)
        for (event, _, _), alike in parts.items():
            self._ladder.happen(connection, alike, event, now)

    def _work(self) -> None:
        while not self._stopping.is_set():
            begun = time.monotonic()
            try:
                waiting = self.carry()
            except SQLAlchemyError:
                logging.getLogger(__name__).exception("the store did not take a delivery step; it will be tried again")
                waiting = True
            rests = RESTS_IN_A_RUSH if self._news.is_set() else RESTS
            self._stopping.wait(min(rests * (time.monotonic() - begun), LONGEST_REST))
            self._news.wait(LOOK_SECONDS if waiting else IDLE_SECONDS)
            self._news.clear()


def _next(message: Message) -> Event:
    """What happens to a message next, by its fate."""
    match message.status:
        case Status.SCHEDULED | Status.ACCEPTED:
            return Event.ENQUEUE
        case Status.QUEUED:
            return Event.REFUSE if message.fault == Trouble.FAILED else Event.SUBMIT
        case Status.SENDING:
            return Event.HAND_OVER
        case _:
            return Event.CONFIRM if message.error_code is None else Event.LOSE
