"""Messages waiting for the store, and the one thread that stores them, many in one transaction.

A durable commit costs the same for one message as for a hundred, so whatever waits is stored together; a message is
acknowledged after that commit and never before. When a batch fails, each message is tried alone, so that one the store
cannot take does not cost its neighbours.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from emulators.smtp.delivery import Consignment
from emulators.smtp.errors import NotStored

BATCH = 128
_LOG = logging.getLogger(__name__)

_Waiting = tuple[Consignment, "Future[str]"]
Deliver = Callable[[Sequence[Consignment]], list[str]]


class Intake:
    """Takes messages from any thread and stores them on its own."""

    def __init__(self, deliver: Deliver) -> None:
        """`deliver`: stores messages, all or none, and gives their IDs."""
        self._deliver = deliver
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="smtp-intake", daemon=True)

    def start(self) -> None:
        """Begin storing."""
        self._thread.start()

    def stop(self) -> None:
        """Store what is waiting, and return."""
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def submit(self, consignment: Consignment) -> Future[str]:
        """Line a message up; the future gives its ID once it is stored, or raises NotStored."""
        future: Future[str] = Future()
        future.set_running_or_notify_cancel()  # a client that hangs up cannot call its message back
        self._queue.put((consignment, future))
        return future

    def _work(self) -> None:
        while (first := self._queue.get()) is not None:
            batch = [first]
            while len(batch) < BATCH and not self._queue.empty():
                following = self._queue.get()
                if following is None:
                    self._queue.put(None)  # the end: seen again after this batch
                    break
                batch.append(following)
            self._store(batch)

    def _store(self, batch: list[_Waiting]) -> None:
        try:
            uids = self._deliver([consignment for consignment, _ in batch])
        except Exception as error:  # noqa: BLE001  whatever the store or a message raises, its sender must hear
            if len(batch) > 1:
                for waiting in batch:
                    self._store([waiting])
                return
            _LOG.exception("a message could not be stored")
            batch[0][1].set_exception(NotStored(str(error)))
            return
        for (_, future), uid in zip(batch, uids, strict=True):
            future.set_result(uid)
