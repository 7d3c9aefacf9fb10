"""The one thread that speaks with the store: what waits is written together, in the order in which it came.

A durable commit costs the same for one message as for hundreds, so whatever waits is stored in one transaction, and a
client is answered after it and never before. When a batch fails, each entry is tried alone, so that one which the store
cannot take does not cost its neighbours. A question is asked in its place between what came before it and after.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from emulators.sms.smpp.centre import Centre, Note
from emulators.sms.smpp.orders import Order
from emulators.sms.smpp.session import Session
from emulators.sms.smpp.statuses import CommandStatus, Refused

BATCH = 1000
CROWDED = 2000
"""Tasks waiting above which notes for the journal are let go: refusals come faster than they can be written."""
_LOG = logging.getLogger(__name__)


class Task(NamedTuple):
    """What is to be done, and who is told what came of it: a message_id, a status, an answer, or Refused."""

    work: Order | Note | Callable[[], Any]
    done: Callable[[Any], None] | None = None
    session: Session | None = None


Report = Callable[[Sequence[tuple[Task, Any]]], None]


class Writer:
    """Takes tasks from the listener's thread and does them on its own."""

    def __init__(self, centre: Centre, report: Report) -> None:
        """`report`: told of the results, on the writer's thread, many at once."""
        self._centre = centre
        self._report = report
        self._queue: queue.SimpleQueue[Sequence[Task] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="smpp-writer", daemon=True)

    def start(self) -> None:
        """Begin writing."""
        self._thread.start()

    def stop(self) -> None:
        """Do what is waiting, and return."""
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def put(self, tasks: Sequence[Task]) -> None:
        """Line tasks up."""
        self._queue.put(tasks)

    def note(self, kind: str, ref: str, **facts: Any) -> None:
        """Line up an entry of the journal, unless so much waits that nobody would read it."""
        if self._queue.qsize() < CROWDED:
            self._queue.put((Task(Note(kind, ref, facts)),))

    def _work(self) -> None:
        while (first := self._queue.get()) is not None:
            batch = list(first)
            while len(batch) < BATCH and not self._queue.empty():
                following = self._queue.get()
                if following is None:
                    self._queue.put(None)  # the end: seen again after this batch
                    break
                batch += following
            self._do(batch)

    def _do(self, batch: list[Task]) -> None:
        entries: list[Task] = []
        for task in batch:
            if isinstance(task.work, Order | Note):
                entries.append(task)
                continue
            self._store(entries)
            entries = []
            self._report([(task, self._asked(task.work))])
        self._store(entries)

    def _store(self, entries: list[Task]) -> None:
        if not entries:
            return
        try:
            results: list[Any] = self._centre.keep([task.work for task in entries])  # type: ignore[misc]  # no calls
        except Exception as error:  # noqa: BLE001  whatever the store or a message raises, its client must hear
            if len(entries) > 1:
                for task in entries:
                    self._store([task])
                return
            _LOG.error("a submission could not be stored", exc_info=error)
            results = [CommandStatus.RSYSERR]
        self._report(list(zip(entries, results, strict=True)))

    @staticmethod
    def _asked(question: Callable[[], Any]) -> Any:
        try:
            return question()
        except Refused as refused:
            return refused
        except Exception as error:  # noqa: BLE001  as above
            _LOG.error("a question could not be answered", exc_info=error)
            return Refused(CommandStatus.RSYSERR, str(error))
