"""Server-sent events: whoever listens is told what happened, the moment it happened, in this process.

Theory of operation. `publish` numbers an event, remembers it among the latest, and wakes every listener; it never
waits for one. A listener that comes back with `Last-Event-ID` is told first what it missed, as far as it is
remembered. Each listener holds a connection and a thread (lent by the server), so there is a bound on them, and a
comment is sent every few seconds: that is how a client which has gone is noticed.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from emulators.foundation.errors import Closing, TooManyWaiting
from emulators.foundation.serving import lender

REMEMBERED = 200
PLACES = 32
HEARTBEAT_SECONDS = 5.0
HEADERS = {"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}

CLOSING = "the sandbox is closing; listen again when it is back"

Event = tuple[str, Mapping[str, Any]]
"""Its kind and what it tells."""
Numbered = tuple[int, str, Mapping[str, Any]]
Stream = tuple[Iterator[bytes], int, dict[str, str]]
"""Body, status and headers, as a Flask view may return them."""


class Events:
    """The events of one room; as a worker it lets the listeners go when the room closes."""

    def __init__(self, places: int = PLACES) -> None:
        """`places`: how many may listen at once."""
        self._places = places
        self._taken = 0
        self._latest: deque[Numbered] = deque(maxlen=REMEMBERED)
        self._number = 0
        self._news = threading.Condition()
        self._closing = False

    def start(self) -> None:
        """Nothing to begin: listeners bring their own threads."""

    def stop(self) -> None:
        """Let everybody go."""
        with self._news:
            self._closing = True
            self._news.notify_all()

    def publish(self, kind: str, data: Mapping[str, Any]) -> None:
        """Tell every listener; call it after the commit, so that whoever is told finds it."""
        self.publish_all(kind, [data])

    def publish_all(self, kind: str, many: Sequence[Mapping[str, Any]]) -> None:
        """Tell every listener several events of a kind at once."""
        with self._news:
            self._latest.extend((number, kind, data) for number, data in enumerate(many, self._number + 1))
            self._number += len(many)
            self._news.notify_all()

    def listening(self) -> int:
        """How many listen now."""
        with self._news:
            return self._taken

    def stream(self, environ: Mapping[str, Any]) -> Stream:
        """What a view answers to a request for the events: without end until the client goes or the room closes.

        Raises:
            TooManyWaiting: every place is taken.
            Closing: the room is closing.
        """
        newest = self._enter()
        seen = min(_number(environ.get("HTTP_LAST_EVENT_ID"), newest), newest)
        return _Listener(self, seen, lender(environ)()), 200, HEADERS

    @contextmanager
    def follow(self) -> Iterator[Callable[[float], list[Event]]]:
        """A place among the listeners, for another wire than server-sent events.

        What it gives waits so many seconds at most, and tells the events that came since it was last asked.

        Raises:
            TooManyWaiting: every place is taken.
            Closing: the room is closing; so does whoever asks for events then.
        """
        seen = self._enter()

        def news(seconds: float) -> list[Event]:
            nonlocal seen
            seen, fresh = self._after(seen, time.monotonic() + seconds)
            if self._closing:
                raise Closing(CLOSING)
            return [(kind, data) for _, kind, data in fresh]

        try:
            yield news
        finally:
            self._leave()

    def _enter(self) -> int:
        """Take a place; the number of the newest event."""
        with self._news:
            if self._closing:
                raise Closing(CLOSING)
            if self._taken >= self._places:
                raise TooManyWaiting(f"{self._places} listen already; the page still works without live updates")
            self._taken += 1
            return self._number

    def _after(self, seen: int, until: float) -> tuple[int, list[Numbered]]:
        """What came after `seen`, waiting until the monotonic instant `until` for it."""
        with self._news:
            while self._number <= seen and not self._closing and (left := until - time.monotonic()) > 0:
                self._news.wait(left)
            return self._number, [event for event in self._latest if event[0] > seen]

    def _leave(self) -> None:
        with self._news:
            self._taken -= 1


class _Listener:
    """What the server iterates over; whatever ends it gives its place back once."""

    def __init__(self, events: Events, seen: int, lent: AbstractContextManager[None]) -> None:
        self._events = events
        self._lent = lent
        self._told = self._tell(seen)
        self._left = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._told)

    def close(self) -> None:
        """Called by the server at the end, also when the client has gone or was never written to."""
        if not self._left:
            self._left = True
            self._told.close()  # type: ignore[attr-defined]  # a generator
            self._events._leave()

    def _tell(self, seen: int) -> Iterator[bytes]:
        with self._lent:
            yield b"retry: 1000\n: SANDBOX\n\n"
            while not self._events._closing:
                seen, fresh = self._events._after(seen, time.monotonic() + HEARTBEAT_SECONDS)
                # written out here, where somebody listens: a room publishes thousands a second to nobody mostly
                yield "".join(_text(*event) for event in fresh).encode() or b": still here\n\n"


def _text(number: int, kind: str, data: Mapping[str, Any]) -> str:
    return f"id: {number}\nevent: {kind}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n"


def _number(text: object, default: int) -> int:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 16 else default
