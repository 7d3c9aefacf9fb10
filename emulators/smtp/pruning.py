"""Old mail is deleted: beyond a number of messages, or beyond an age by the sandbox's clock."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from sqlalchemy import ColumnElement, select

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.foundation.journal import Journal
from emulators.smtp import storage
from emulators.smtp.news import News
from emulators.smtp.tables import MESSAGES
from emulators.smtp.tally import Tally

LOOK_SECONDS = 1.0
_M = MESSAGES.c
_LOG = logging.getLogger(__name__)


class Pruner:
    """Looks after each arrival and once a second, on a thread of its own."""

    def __init__(
        self, database: Database, journal: Journal, clock: Clock, news: News, tally: Tally, *, most: int, hours: float
    ) -> None:
        """`most` messages are kept, for `hours`; 0 is no bound."""
        self._database = database
        self._journal = journal
        self._clock = clock
        self._tidings = news
        self._tally = tally
        self._most = most
        self._hours = hours
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="smtp-pruner", daemon=True)

    def start(self) -> None:
        """Begin, if there is a bound."""
        if self._most or self._hours:
            self._thread.start()

    def stop(self) -> None:
        """Return once nothing is under way."""
        self._stopping.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def look_now(self) -> None:
        """Say that messages were stored."""
        self._news.set()

    def prune(self) -> int:
        """Delete what is too much or too old; how many messages."""
        with self._database.read() as connection:
            beyond = self._beyond()
            if all(not storage.uids(connection, [one], 1) for one in beyond):
                return 0
        with self._database.write() as connection:
            gone = sum(storage.remove(connection, [one]) for one in beyond)
            self._journal.write(connection, "pruned", messages=gone)
        self._tally.delete(gone)
        self._tidings.pruned(None)
        return gone

    def _beyond(self) -> list[ColumnElement[bool]]:
        found = []
        if self._most:
            newest = select(_M.id).order_by(_M.id.desc()).offset(self._most).limit(1).scalar_subquery()
            found.append(_M.id <= newest)
        if self._hours:
            found.append(_M.created < storage.millis(self._clock.now() - timedelta(hours=self._hours)))
        return found

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                self.prune()
            except Exception:  # noqa: BLE001  a store that is away for a moment must not end the work
                _LOG.exception("old mail could not be deleted; it is tried again")
            self._news.wait(LOOK_SECONDS)
            self._news.clear()
