"""How a fault answers in a conversation: the reply it gives, and what it remembers from one sender to the next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable

from emulators.foundation.clock import Clock
from emulators.foundation.faults import Drawn

REMEMBERED = 10_000
"""Senders remembered by greylisting and by throttling, the latest."""
CLOSING = 421
_WORDS = {
    "authentication_rejected": "authentication",
    "sender_rejected": "sender",
    "rejected": "recipient",
    "data_rejected": "data",
}
_MEANINGS = {
    421: "4.3.2",
    450: "4.2.0",
    451: "4.3.0",
    452: "4.2.2",
    454: "4.7.0",
    535: "5.7.8",
    550: "5.1.1",
    551: "5.1.6",
    552: "5.2.2",
    553: "5.1.3",
    554: "5.7.1",
}


class Manners:
    """The memory of one listener; safe to ask from several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._first_seen: OrderedDict[Hashable, float] = OrderedDict()
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def forget(self) -> None:
        """Begin anew: nobody was seen before."""
        with self._lock:
            self._first_seen.clear()
            self._buckets.clear()

    def reply(self, drawn: Drawn, sender: str, recipient: str, peer: str) -> str:
        """What a fault that strikes a command says; empty when it lets the command pass this time."""
        if drawn.name == "greylisted":
            wait = self._greylisted((sender, recipient, peer), float(drawn.values["seconds"]))
            return f"450 4.7.1 Greylisted, try again in {wait:.0f} seconds" if wait > 0 else ""
        if drawn.name == "throttled":
            rate, burst = float(drawn.values["per_minute"]) / 60, float(drawn.values["burst"])
            wait = self._throttled((drawn.by, peer), rate, burst)
            return f"450 4.7.1 Too many recipients from you, try again in {wait:.1f} seconds" if wait > 0 else ""
        code = int(drawn.values["code"])
        return f"{code} {_MEANINGS.get(code, f'{code // 100}.0.0')} Chaos {_WORDS[drawn.name]} error"

    def _greylisted(self, triplet: Hashable, seconds: float) -> float:
        """Seconds that must still pass since the triplet was first seen."""
        now = self._clock.now().timestamp()
        with self._lock:
            first = self._first_seen.setdefault(triplet, now)
            if first > now:  # the clock was taken back
                first = self._first_seen[triplet] = now
            _trim(self._first_seen)
        return first + seconds - now

    def _throttled(self, client: Hashable, rate: float, burst: float) -> float:
        """Seconds until one more is allowed; it is taken when that is now (a bucket of `burst`, filled at `rate`)."""
        now = self._clock.now().timestamp()
        with self._lock:
            left, since = self._buckets.get(client, (burst, now))
            left = min(burst, left + max(0.0, now - since) * rate)
            allowed = left >= 1 - 1e-9
            self._buckets[client] = (left - 1 if allowed else left, now)
            self._buckets.move_to_end(client)
            _trim(self._buckets)
        return 0.0 if allowed else (1 - left) / rate


def _trim(memory: OrderedDict[Hashable, float] | OrderedDict[Hashable, tuple[float, float]]) -> None:
    while len(memory) > REMEMBERED:
        memory.popitem(last=False)
