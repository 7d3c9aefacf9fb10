"""What has happened since the process started, for `/api/v1/info`."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Counters; safe to count on from several threads."""

    accepted: int = 0
    accepted_size: int = 0
    rejected: int = 0
    deleted: int = 0
    ignored: int = 0
    """Acknowledged and thrown away, because a fault said so."""
    _started: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def accept(self, sizes: Sequence[int]) -> None:
        """More messages were stored, of so many octets each."""
        with self._lock:
            self.accepted += len(sizes)
            self.accepted_size += sum(sizes)

    def reject(self) -> None:
        """One more message was refused."""
        with self._lock:
            self.rejected += 1

    def ignore(self) -> None:
        """One more message was acknowledged and thrown away."""
        with self._lock:
            self.ignored += 1

    def delete(self, number: int) -> None:
        """`number` more messages were deleted."""
        with self._lock:
            self.deleted += number

    def uptime(self) -> int:
        """Seconds since the start, by the machine's own clock."""
        return int(time.monotonic() - self._started)
