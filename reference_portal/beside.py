"""A thread that looks again and again, for the workers that run beside the pages."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

LOOK_SECONDS = 1.0
"""Real seconds between two looks."""

STOP_SECONDS = 2.0

_log = logging.getLogger(__name__)


class Beside:
    """Calls `look` about once a second until it is stopped; whatever a look raises is logged and ends nothing."""

    def __init__(self, name: str, look: Callable[[], None]) -> None:
        self._look = look
        self.stopping = threading.Event()
        """Set once the work should end; a long look asks it between two pieces."""
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def start(self) -> None:
        """Begin; the first look is at once."""
        self._thread.start()

    def stop(self) -> None:
        """Let the look in hand finish, and return."""
        self.stopping.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def _work(self) -> None:
        while not self.stopping.is_set():
            try:
                self._look()
            except Exception:  # noqa: BLE001  a worker that died would leave its work undone for ever
                _log.exception("a round of the %s failed", self._thread.name)
            self.stopping.wait(LOOK_SECONDS)
