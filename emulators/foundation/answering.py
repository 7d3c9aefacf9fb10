"""One thread that has a room answer all plain requests of the same moment together, whatever server took them.

Theory of operation. Each commit costs as much as a hundred rows, and two threads that hand the interpreter to each
other cost as much as a commit; so one thread does the work of all. Callers that were answered together mostly ask again
together: after the first of them it waits for as many as there were last, half a millisecond at most.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from emulators.foundation.gathering import GATHER_SECONDS

MOST = 200
"""Requests answered together."""
Item = TypeVar("Item")
Answers = Callable[[Sequence[Item]], Sequence[bytes | None]]
Send = Callable[[Sequence[Item], Sequence[bytes | None]], None]
_log = logging.getLogger(__name__)


class Answering(Generic[Item]):
    """The thread; it works from the first moment on."""

    def __init__(self, answers: Answers[Item], send: Send[Item], name: str) -> None:
        """`answers`: the body for each request, None when nothing was done for it; `send`: sends them.

        A body of None goes the long way, which `send` sees to; so do all when `answers` raises.
        """
        self._answers = answers
        self._send = send
        self._taken: queue.SimpleQueue[Sequence[Item] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._answer_all, name=name, daemon=True)
        self._thread.start()

    def take(self, items: Sequence[Item]) -> None:
        """Answer these, soon."""
        self._taken.put(items)

    def end(self, seconds: float) -> None:
        """Answer what was taken, within so long; nothing may be taken any more."""
        self._taken.put(None)
        self._thread.join(seconds)

    def _answer_all(self) -> None:
        company = 1
        while (taken := self._taken.get()) is not None:
            gathered, until = list(taken), time.monotonic() + GATHER_SECONDS
            while len(gathered) < MOST and (more := self._more(len(gathered) < company, until)):
                gathered += more
            company = len(gathered)
            try:
                self._send(gathered, self._bodies(gathered))
            except Exception:  # noqa: BLE001  whoever comes later is answered all the same
                _log.exception("answers to plain requests could not be sent")

    def _more(self, wait: bool, until: float) -> Sequence[Item] | None:
        """What has come meanwhile, after a moment if more is expected; None when that is all."""
        try:
            more = self._taken.get(timeout=max(0.0, until - time.monotonic())) if wait else self._taken.get_nowait()
        except queue.Empty:
            return None
        if more is None:
            self._taken.put(None)  # the end: seen again after these
        return more

    def _bodies(self, gathered: Sequence[Item]) -> Sequence[bytes | None]:
        try:
            return self._answers(gathered)
        except Exception:  # noqa: BLE001  whatever it is, the long way meets it as well, and says it
            _log.exception("plain requests could not be answered together; each goes the long way")
            return [None] * len(gathered)
