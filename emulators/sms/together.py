"""Requests that come at the same moment are stored in one transaction, because each commit costs as much as a hundred.

Theory of operation. A request puts its message on the list and asks for the turn. Whoever has the turn stores the whole
list and is answered with the others after the commit; those who find their message stored go on at once. When a list
cannot be stored, each of its messages is tried alone, so that one the store does not take costs no neighbour. What was
answered survives the end of the process, however it ends. To wait for the disk as well costs several times the rest.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from emulators.foundation.database import Database
from emulators.sms.admission import Checked
from emulators.sms.intake import Intake
from emulators.sms.messages import Message

MOST = 200
"""Messages in one transaction."""


@dataclass
class _Entry:
    """A message on the list, and what became of it."""

    checked: Checked
    message: Message | None = None
    error: Exception | None = None


class Together:
    """Stores single messages of many threads."""

    def __init__(self, database: Database, intake: Intake, *, power_cuts: bool) -> None:
        """`power_cuts`: whether what was answered survives one; the end of the process it survives in any case."""
        self._database = database
        self._power_cuts = power_cuts
        self._intake = intake
        self._list: list[_Entry] = []
        self._listing = threading.Lock()
        self._turn = threading.Lock()

    def store(self, checked: Checked) -> Message:
        """Store one message; it survives the end of the process when this returns."""
        mine = _Entry(checked)
        with self._listing:
            self._list.append(mine)
        with self._turn:
            while mine.message is None and mine.error is None:
                self._store_next()
        if mine.message is None:
            assert mine.error is not None  # noqa: S101  one of the two ended the loop
            raise mine.error
        return mine.message

    def _store_next(self) -> None:
        with self._listing:
            batch, self._list = self._list[:MOST], self._list[MOST:]
        try:
            self._store(batch)
        except Exception as error:  # noqa: BLE001  told to the request it belongs to
            if len(batch) == 1:
                batch[0].error = error
            else:
                for entry in batch:
                    self._alone(entry)

    def _alone(self, entry: _Entry) -> None:
        try:
            self._store([entry])
        except Exception as error:  # noqa: BLE001  told to the request it belongs to
            entry.error = error

    def _store(self, batch: Sequence[_Entry]) -> None:
        with self._database.write(lasting=self._power_cuts) as connection:
            messages = self._intake.take(connection, [entry.checked for entry in batch])
        for entry, message in zip(batch, messages, strict=True):
            entry.message = message
