"""Waiting for an arrival: whoever waits is woken when it comes, in this process or in another one on the same store.

Theory of operation. A waiter takes a place under the key it waits for (a number, an address, "" for any), looks into
the store, and sleeps until told. Taking the place comes before looking, so an arrival between the two is not missed;
telling comes after the commit, so whoever is told finds it. All waiters of a key are told. What another process stores
is noticed by asking the store for its newest id a few times a second, once for all waiters. There is a bound on the
places, because each waiter holds a connection and a thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

from emulators.foundation.errors import Closing, TooManyWaiting

LOOK_SECONDS = 0.2
ANYONE = ""

Found = TypeVar("Found")
Lend = Callable[[], AbstractContextManager[None]]
"""What a waiter enters before it sleeps, so that its server answers others meanwhile."""


class Arrivals:
    """The waiters of one room; as a worker it lets them go when the room closes."""

    def __init__(self, newest: Callable[[], int], places: int) -> None:
        """`newest()`: the highest id in the store; `places`: how many may wait at once."""
        self._newest = newest
        self._places = places
        self._lock = threading.Lock()
        self._waiting: dict[str, list[threading.Event]] = {}
        self._taken = 0
        self._seen = -1
        self._look_due = 0.0
        self._closing = False

    def start(self) -> None:
        """Nothing to begin: waiters bring their own threads."""

    def stop(self) -> None:
        """Let everybody go."""
        self._closing = True
        self._wake(self._everybody())

    def tell(self, keys: Iterable[str]) -> None:
        """Say that something for these keys was committed."""
        with self._lock:
            told = [news for key in {ANYONE, *keys} for news in self._waiting.get(key, ())]
        self._wake(told)

    def waiting(self) -> int:
        """How many wait now."""
        with self._lock:
            return self._taken

    def wait(self, key: str, look: Callable[[], Found | None], seconds: float, lend: Lend) -> Found | None:
        """What `look` finds, at once or as soon as it is there; None when `seconds` have passed without it.

        Raises:
            TooManyWaiting: it is not there yet, and every place is taken.
            Closing: the room closed meanwhile.
        """
        ends = time.monotonic() + seconds
        found = look()
        if found is not None or seconds <= 0:
            return found
        with self._place(key) as news, lend():
            while (found := look()) is None and time.monotonic() < ends:
                self._sleep(news, ends)
                if self._closing:
                    raise Closing("the sandbox is closing; ask again when it is back")
            return found

    def _sleep(self, news: threading.Event, ends: float) -> None:
        while (left := ends - time.monotonic()) > 0 and not self._closing and not news.wait(min(left, LOOK_SECONDS)):
            self._look_around()
        news.clear()

    def _look_around(self) -> None:
        now = time.monotonic()
        with self._lock:
            if now < self._look_due:
                return
            self._look_due = now + LOOK_SECONDS
        newest = self._newest()
        with self._lock:
            same, self._seen = newest == self._seen, newest
        if not same:
            self._wake(self._everybody())

    @contextmanager
    def _place(self, key: str) -> Iterator[threading.Event]:
        news = threading.Event()
        with self._lock:
            if self._taken >= self._places:
                raise TooManyWaiting(f"{self._places} requests wait already; ask again in a second")
            self._taken += 1
            self._waiting.setdefault(key, []).append(news)
        try:
            yield news
        finally:
            with self._lock:
                self._taken -= 1
                self._waiting[key].remove(news)
                if not self._waiting[key]:
                    del self._waiting[key]

    def _everybody(self) -> list[threading.Event]:
        with self._lock:
            return [news for waiters in self._waiting.values() for news in waiters]

    @staticmethod
    def _wake(waiters: Iterable[threading.Event]) -> None:
        for news in waiters:
            news.set()
