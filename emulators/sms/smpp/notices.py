"""Receipts on their way: what the ladder moves is looked up, and told to the client that is listening.

Theory of operation. The ladder tells of each message it moves, inside its transaction; after the commit the message
waits here. The worker looks up what is owed of it and hands it to a listening session of the client: the one that
submitted it when that listens, else the others in turn. A receipt is owed until the client has answered it, so that a
client which was away, or a restart, costs none; it may come twice then. When a client comes to listen, everything it is
owed is looked up again.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from functools import partial

from sqlalchemy import Connection

from emulators.foundation.database import Database
from emulators.sms.delivery import FINAL, Status
from emulators.sms.messages import Message, Via
from emulators.sms.smpp import storage
from emulators.sms.smpp.numbering import Numbering
from emulators.sms.smpp.receipts import Notice, wanted
from emulators.sms.smpp.rows import BOTH_OWED, FINAL_OWED
from emulators.sms.smpp.standing import moving, notice_of, state_of
from emulators.sms.smpp.storage import Kept

BATCH = 500


class Notices:
    """Which receipts are owed; asked and told from any thread."""

    def __init__(self, database: Database, numbering: Numbering) -> None:
        self._database = database
        self._numbering = numbering
        self._moved: deque[str] = deque()
        self.news = threading.Event()
        """Set when something may be owed that was not before."""

    def report(self, _connection: Connection, message: Message) -> None:
        """The ladder has moved a message; heard once that is committed."""
        if message.via is Via.SMPP and (message.status in FINAL or message.status is Status.SENT):
            self._database.after_commit(partial(self._heard, message.sid))

    def due(self) -> list[Notice]:
        """The receipts of what was moved since the last look."""
        found: list[Notice] = []
        while self._moved:
            batch = [self._moved.popleft() for _ in range(min(BATCH, len(self._moved)))]
            with self._database.read() as connection:
                rows = storage.owed(connection, batch)
            found += self._notices(rows)
        return found

    def owed_to(self, system_id: str) -> Iterator[list[Notice]]:
        """Receipts a client is owed from before, page by page."""
        beyond = 0
        while True:
            with self._database.read() as connection:
                rows = storage.owed_to(connection, system_id, beyond, BATCH)
            if not rows:
                return
            beyond = rows[-1].key
            yield self._notices(rows)

    def told(self, notices: Sequence[Notice]) -> None:
        """These were answered: of a message that is only on its way the end remains owed."""
        with self._database.write() as connection:
            for intermediate in (False, True):
                keys = [notice.key for notice in notices if notice.intermediate is intermediate]
                if keys:
                    storage.change(connection, keys, owed=FINAL_OWED if intermediate else 0)

    def _notices(self, rows: Sequence[Kept]) -> list[Notice]:
        """What can be told now; what nobody asked to be told is paid without a word."""
        found, silent = [], []
        for row in rows:
            if moving(row):
                if row.owed == BOTH_OWED and row.status == Status.SENT:
                    found.append(notice_of(row, self._numbering))
            elif wanted(row.registered, state_of(row)):
                found.append(notice_of(row, self._numbering))
            else:
                silent.append(row.key)
        if silent:
            with self._database.write() as connection:
                storage.change(connection, silent, owed=0)
        return found

    def _heard(self, sid: str) -> None:
        self._moved.append(sid)
        self.news.set()
