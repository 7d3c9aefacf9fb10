"""Messages into the store, many in one transaction; on a thread of its own, or here and now.

A commit costs nearly the same for one message as for ten, so whatever waits is stored together; a message is
acknowledged after that commit and never before. When a batch fails, each message is tried alone, so that one the store
cannot take does not cost its neighbours; not when another program holds the store, which refuses each of them.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from emulators.foundation.database import StoreBusy
from emulators.smtp.delivery import Consignment
from emulators.smtp.errors import NotStored

BATCH = 128
_LOG = logging.getLogger(__name__)

Outcome = str | NotStored
"""The ID of a stored message, or why it is not stored."""
Told = Callable[[Sequence[Outcome]], None]


class Deliver(Protocol):
    """What stores messages."""

    def __call__(self, consignments: Sequence[Consignment], /, *, patient: bool) -> list[str]:
        """The IDs of messages, of which all are stored or none; StoreBusy at once if it is not to be `patient`."""


class Intake:
    """Takes messages from any thread."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver
        self._queue: queue.SimpleQueue[tuple[Sequence[Consignment], Told] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="smtp-intake", daemon=True)

    def start(self) -> None:
        """Begin storing what is handed over."""
        self._thread.start()

    def stop(self) -> None:
        """Store what was handed over, and return."""
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def submit(self, consignments: Sequence[Consignment], told: Told) -> None:
        """Hand messages over to the thread, which calls `told` with the outcome of each."""
        self._queue.put((consignments, told))

    def store(self, consignments: Sequence[Consignment]) -> list[Outcome]:
        """Store messages on the caller's thread; the outcome of each."""
        try:
            return [*self._deliver(consignments, patient=True)]
        except StoreBusy as error:
            _LOG.warning("%d messages could not be stored: %s", len(consignments), error)
            return [NotStored(str(error)) for _ in consignments]
        except Exception as error:  # noqa: BLE001  whatever the store or a message raises, its sender must hear
            if len(consignments) > 1:
                return [outcome for consignment in consignments for outcome in self.store([consignment])]
            _LOG.exception("a message could not be stored")
            return [NotStored(str(error))]

    def store_at_once(self, consignments: Sequence[Consignment]) -> list[Outcome] | None:
        """`store` without waiting for anybody; None when nothing is stored and the thread has to try.

        So it is also when the batch fails: its messages, each tried alone, could find the store busy half-way.
        """
        try:
            return [*self._deliver(consignments, patient=False)]
        except Exception:  # noqa: BLE001  the thread meets it again and says which message it is about
            return None

    def _work(self) -> None:
        while (first := self._queue.get()) is not None:
            waiting, count = [first], len(first[0])
            while count < BATCH and not self._queue.empty():
                following = self._queue.get()
                if following is None:
                    self._queue.put(None)  # the end: seen again after this batch
                    break
                waiting.append(following)
                count += len(following[0])
            outcomes = iter(self.store([consignment for consignments, _ in waiting for consignment in consignments]))
            for consignments, told in waiting:
                told([next(outcomes) for _ in consignments])
