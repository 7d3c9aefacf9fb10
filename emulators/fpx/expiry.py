"""Ends the visits whose time is up, though nobody looks at them any more: the seller is owed the AC all the same."""

from __future__ import annotations

import logging
import threading

from emulators.foundation.clock import Clock
from emulators.fpx.storage import Storage
from emulators.fpx.visits import Visits

LOOK_SECONDS = 0.5
"""Real time between two looks at the store; what is overdue is decided by the sandbox's clock."""


class Expiry:
    """A worker of the room."""

    def __init__(self, storage: Storage, visits: Visits, clock: Clock) -> None:
        self._storage = storage
        self._visits = visits
        self._clock = clock
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="fpx-expiry", daemon=True)

    def start(self) -> None:
        """Begin looking."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the visit in hand and return."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def look(self) -> int:
        """End every visit that is overdue now; returns how many were looked at."""
        overdue = self._storage.overdue(self._clock.now().timestamp())
        for session in overdue:
            self._visits.expire(session)
        return len(overdue)

    def _work(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                self.look()
            except Exception:
                # A store that is away for a moment must not end the worker; the next look tries again.
                logging.getLogger(__name__).exception("could not look for overdue bank visits")
