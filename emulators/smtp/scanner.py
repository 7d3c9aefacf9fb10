"""A mail scanner, as stands before real mailboxes: every link of a new message is fetched by HEAD and by GET.

Then each link is looked at once more, as the reader would who presses it. A link that answered the scanner and does
not answer the reader was used up by being looked at: a portal that lets a GET consume its activation link fails here
as it would in production. (Scanners fetch within seconds of delivery; measured by others, confidence medium.)
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from emulators.foundation.database import Database
from emulators.foundation.errors import CallersMistake
from emulators.smtp import scan_storage
from emulators.smtp.fetching import Fetcher
from emulators.smtp.links import links_in
from emulators.smtp.looks import BLOCKED, Look
from emulators.smtp.mime import read
from emulators.smtp.news import News
from emulators.smtp.shapes import Json
from emulators.smtp.sorting import Sorted

LOOK_SECONDS = 0.5
_LOG = logging.getLogger(__name__)


class Verdict(StrEnum):
    """What became of a link."""

    ALIVE = "alive"
    BROKEN = "broken"
    """It answered the scanner and does not answer the reader."""
    CHANGED = "changed"
    """It answers both, but sends the reader elsewhere, or shows a page of another title."""
    DEAD = "dead"
    """It never answered."""
    BLOCKED = "blocked"
    """It may not be looked at."""


class Scanner:
    """Scans on a thread of its own, message by message; what it owes lies in the store."""

    def __init__(self, database: Database, fetcher: Fetcher, news: News, *, on: bool) -> None:
        """`on`: whether every message is scanned; else only those that ask for it."""
        self._database = database
        self._fetcher = fetcher
        self._tidings = news
        self._usual = on
        self._on = on
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="smtp-scanner", daemon=True)

    def start(self) -> None:
        """Begin to scan."""
        self._thread.start()

    def stop(self) -> None:
        """Begin no further message; one under way is scanned anew after a restart."""
        self._stopping.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def reset(self) -> None:
        """As the settings have it."""
        self._on = self._usual

    def set(self, wish: Json) -> Json:
        """The control verb: {"on": true or false}; {} only tells.

        Raises:
            CallersMistake: it says something else.
        """
        if wish and (set(wish) != {"on"} or not isinstance(wish["on"], bool)):
            raise CallersMistake('say {"on": true} or {"on": false}')
        self._on = wish.get("on", self._on)
        return {"on": self._on}

    def owe(self, connection: Connection, messages: Sequence[tuple[int, Sorted]]) -> bool:
        """Note inside the caller's transaction which of the new messages are to be scanned; whether there is one."""
        keys = [key for key, message in messages if self._on or message.scanned]
        if keys:
            scan_storage.owe(connection, keys)
        return bool(keys)

    def look_now(self) -> None:
        """Say that messages were stored."""
        self._news.set()

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                found = self._next()
            except Exception:  # noqa: BLE001  a store that is away for a moment must not end the work
                _LOG.exception("a message could not be scanned; it is tried again")
                found = False
                self._stopping.wait(LOOK_SECONDS)
            if not found:
                self._news.wait(LOOK_SECONDS)
                self._news.clear()

    def _next(self) -> bool:
        with self._database.read() as connection:
            owed = scan_storage.owed(connection)
        if owed is None:
            return False
        key, uid, username, raw = owed
        mail = read(raw)
        found = {"links": self._scan([link.href for link in links_in(mail.document, mail.text)])}
        with self._database.write() as connection:
            scan_storage.note(connection, key, found)
        self._tidings.updated(username, {"ID": uid, "Scan": {"state": scan_storage.DONE, **found}})
        return True

    def _scan(self, urls: list[str]) -> list[dict[str, Any]]:
        heads = self._fetcher.look(urls)
        gets = self._fetcher.look(urls, method="GET")
        afters = self._fetcher.look(urls, method="GET")
        return [_told(*looks) for looks in zip(heads, gets, afters, strict=True)]


def verdict(head: Look, get: Look, after: Look) -> Verdict:
    """What three looks say: the scanner's two, and the reader's."""
    if BLOCKED in (head.status, get.status) and get.status == after.status:
        return Verdict.BLOCKED
    if not after.alive:
        return Verdict.BROKEN if head.alive or get.alive else Verdict.DEAD
    same = (get.status, get.location, get.title) == (after.status, after.location, after.title)
    return Verdict.ALIVE if same else Verdict.CHANGED


def _told(head: Look, get: Look, after: Look) -> dict[str, Any]:
    return {
        "href": head.url,
        "verdict": str(verdict(head, get, after)),
        "head": head.status,
        "get": get.status,
        "after": after.status,
        "words": after.words,
    }
