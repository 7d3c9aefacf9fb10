"""Who follows the mailbox is told of every change, in the words of Mailpit's `/api/events`.

The kinds (Mailpit 1.30.5 source, confidence high): `new` (the summary), `update` ({ID, Read} or {ID, Tags}), `delete`
({ID}), `prune` and `truncate` (nothing: look again), `stats` ({Total, Unread}). Pages follow a stream of their own, in
which every change is called `change` (see `live.js`). With a mailbox for each user, each has streams of their own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from emulators.foundation.events import Events

Json = dict[str, Any]
Count = Callable[[str | None], tuple[int, int]]
EVERYBODY = None


class News:
    """The streams of one room; as a worker it lets the followers go when the room closes."""

    def __init__(self, *, apart: bool, count: Count) -> None:
        """`apart`: each user follows their own messages only; `count(owner)`: messages and unread ones."""
        self._apart = apart
        self._count = count
        self._lock = threading.Lock()
        self._streams: dict[tuple[str | None, bool], Events] = {}
        self._stopped = False

    def start(self) -> None:
        """Nothing to begin."""

    def stop(self) -> None:
        """Let everybody go."""
        with self._lock:
            self._stopped = True
            streams = list(self._streams.values())
        for stream in streams:
            stream.stop()

    def stream(self, owner: str | None, *, pages: bool = False) -> Events:
        """What happens to the messages of a reader; for `pages` in their words."""
        key = (owner if self._apart else EVERYBODY, pages)
        with self._lock:
            if key not in self._streams:
                self._streams[key] = Events()
                if self._stopped:
                    self._streams[key].stop()
            return self._streams[key]

    def arrived(self, messages: Sequence[tuple[str, Json]]) -> None:
        """Messages were stored: of which user, and their summaries."""
        owners = dict.fromkeys(owner for owner, _ in messages) if self._apart else {"": None}
        for reader in owners:
            mine = [summary for owner, summary in messages if not self._apart or owner == reader]
            for each in self._readers(reader):
                self.stream(each).publish_all("new", mine)
            self._changed(reader)

    def updated(self, owner: str | None, change: Json) -> None:
        """A message was marked, tagged or scanned."""
        self._publish(owner, "update", change)
        self._changed(owner)

    def deleted(self, owner: str | None, uid: str) -> None:
        """A message was deleted."""
        self._publish(owner, "delete", {"ID": uid})
        self._changed(owner)

    def pruned(self, owner: str | None) -> None:
        """Much has changed at once."""
        self._publish(owner, "prune", {})
        self._changed(owner)

    def truncated(self, owner: str | None) -> None:
        """Everything was deleted."""
        self._publish(owner, "truncate", {})
        self._changed(owner)

    def _changed(self, owner: str | None) -> None:
        for reader in self._readers(owner):
            stream = self.stream(reader)
            if stream.listening():
                total, unread = self._count(reader)
                stream.publish("stats", {"Total": total, "Unread": unread})
            self.stream(reader, pages=True).publish("change", {})

    def _publish(self, owner: str | None, kind: str, data: Json) -> None:
        for reader in self._readers(owner):
            self.stream(reader).publish(kind, data)

    def _readers(self, owner: str | None) -> list[str | None]:
        """Whom it concerns: the owner, or everybody who ever followed when no owner is named."""
        if not self._apart:
            return [EVERYBODY]
        if owner is not None:
            return [owner]
        with self._lock:
            return list({reader for reader, _ in self._streams})
