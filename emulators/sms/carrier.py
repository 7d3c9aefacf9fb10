"""The carrier behind the gateway: moves messages along their delivery table as the clock passes."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.sms import storage
from emulators.sms.delivery import Event, Status
from emulators.sms.gateway import Gateway
from emulators.sms.settings import SmsSettings

LOOK_SECONDS = 0.1
IDLE_SECONDS = 5.0
BATCH = 500
ON_ITS_WAY = (Status.QUEUED, Status.SENT)
_LOG = logging.getLogger(__name__)


class Carrier:
    """A worker: messages accepted are handed over, and confirmed, after the delays of the settings."""

    def __init__(self, gateway: Gateway, database: Database, clock: Clock, settings: SmsSettings) -> None:
        self._gateway = gateway
        self._database = database
        self._clock = clock
        self._ladder = (
            (Status.SENT, Event.CONFIRM, timedelta(seconds=settings.delivered_after)),
            (Status.QUEUED, Event.HAND_OVER, timedelta(seconds=settings.sent_after)),
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
        """Move on every message that is due; whether any message is still on its way."""
        now = self._clock.now()
        with self._database.read() as connection:
            if not storage.any_in(connection, ON_ITS_WAY):
                return False
            steps = [step for step in self._ladder if storage.due(connection, step[0], now - step[2], 1)]
        for status, event, delay in steps:
            with self._database.write() as connection:
                for message in storage.due(connection, status, now - delay, BATCH):
                    self._gateway.happen(connection, message, event)
        return True

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                waiting = self.carry()
            except SQLAlchemyError:
                _LOG.exception("the store did not take a delivery step; it will be tried again")
                waiting = True
            self._news.wait(LOOK_SECONDS if waiting else IDLE_SECONDS)
            self._news.clear()
