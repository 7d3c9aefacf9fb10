"""What is done after the answer has gone: letters whose sending must neither keep a page waiting nor show in its time.

A forgotten password's code is the reason: it goes to a phone for a known number and nowhere for an unknown one, and a
stranger with a stop-watch must not see which.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

STOP_SECONDS = 2.0

Job = Callable[[], None]

_log = logging.getLogger(__name__)


class Afterwards:
    """Runs them one after the other, on a thread beside the pages."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="afterwards", daemon=True)

    def later(self, job: Job) -> None:
        """Do this soon; whatever it raises is logged."""
        self._waiting.put(job)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what waits, and return."""
        self._waiting.put(None)
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def run_once(self) -> None:
        """Do what waits now, on this thread."""
        while True:
            try:
                job = self._waiting.get_nowait()
            except Empty:
                return
            if job is not None:
                _do(job)

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            _do(job)


def _do(job: Job) -> None:
    try:
        job()
    except Exception:  # noqa: BLE001  a worker that died would leave its work undone for ever
        _log.exception("a job failed")
