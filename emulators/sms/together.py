"""Requests that come at the same moment are stored in one transaction, because each commit costs as much as a hundred.

When a transaction cannot be stored, each of its messages is tried alone, so that one the store does not take costs no
neighbour. What was answered survives the end of the process, however it ends. To wait for the disk as well costs
several times the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from emulators.foundation.database import Database
from emulators.foundation.gathering import Gathering
from emulators.sms.admission import Checked
from emulators.sms.intake import Intake
from emulators.sms.messages import Message

MOST = 200
"""Requests in one transaction."""
Outcome = Message | Exception


class Together:
    """Stores the messages of many threads."""

    def __init__(self, database: Database, intake: Intake, *, power_cuts: bool) -> None:
        """`power_cuts`: whether what was answered survives one; the end of the process it survives in any case."""
        self._database = database
        self._power_cuts = power_cuts
        self._intake = intake
        self._gathering = Gathering[Sequence[Checked], Sequence[Outcome]](self._store, MOST)

    def store(self, many: Sequence[Checked]) -> Sequence[Outcome]:
        """Store messages; they survive the end of the process when this returns. For those that were not: why."""
        return self._gathering.do(many)

    def _store(self, requests: Sequence[Sequence[Checked]]) -> Sequence[Sequence[Outcome]]:
        stored = iter(self._stored(list(chain.from_iterable(requests))))
        return [[next(stored) for _ in many] for many in requests]

    def _stored(self, many: Sequence[Checked]) -> Sequence[Outcome]:
        try:
            with self._database.write(lasting=self._power_cuts) as connection:
                return self._intake.take(connection, many)
        except Exception as error:  # noqa: BLE001  told to the request it belongs to
            if len(many) == 1:
                return [error]
            return [outcome for checked in many for outcome in self._stored([checked])]
