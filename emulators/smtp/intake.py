"""Messages into the store, many in one transaction; on a thread of its own, or here and now.

A commit costs nearly the same for one message as for ten, so whatever waits is stored together; a message is
acknowledged after that commit and never before. When a batch fails, each message is tried alone, so that one the store
cannot take does not cost its neighbours.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence

from emulators.smtp.delivery import Consignment
from emulators.smtp.errors import NotStored

BATCH = 128
_LOG = logging.getLogger(__name__)

Deliver = Callable[[Sequence[Consignment]], list[str]]
Outcome = str | NotStored
"""The ID of a stored message, or why it is not stored."""
Told = Callable[[Sequence[Outcome]], None]


class Intake:
    """Takes messages from any thread."""

    def __init__(self, deliver: Deliver) -> None:
        """`deliver`: stores messages, all or none, and gives their IDs."""
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
            return [*self._deliver(consignments)]
        except Exception as error:  # noqa: BLE001  whatever the store or a message raises, its sender must hear
            if len(consignments) > 1:
                return [outcome for consignment in consignments for outcome in self.store([consignment])]
            _LOG.exception("a message could not be stored")
            return [NotStored(str(error))]

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
