"""What a reader sees of the mailbox: all of it, or only what one SMTP user sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection

from emulators.foundation.clock import MALAYSIA
from emulators.foundation.wait_wishes import SINCE_WORDS, Since, WaitWish
from emulators.foundation.waiting import Lend
from emulators.smtp import finding, storage, tagging, tallies
from emulators.smtp.errors import BadSince, NoSuchMessage
from emulators.smtp.kept import Kept, Page
from emulators.smtp.marks import mark_of_address
from emulators.smtp.matching import conditions
from emulators.smtp.mime import Mail, read
from emulators.smtp.search import read_query
from emulators.smtp.upkeep import Upkeep

LATEST = "latest"
NOT_FOUND = "404 page not found"
NOTHING_YET = "Message not found"


@dataclass(frozen=True)
class Opened:
    """A message with its content."""

    kept: Kept
    mail: Mail
    raw: bytes
    scan: dict[str, Any] | None = None
    """What the mail scanner found of its links; None where it did not look."""


@dataclass(frozen=True)
class State:
    """How the mailbox stands."""

    messages: int
    unread: int
    tags: dict[str, int]
    store: str
    """The kind of store."""
    store_size: int
    """Octets."""


@dataclass(frozen=True)
class Shelf(Upkeep):
    """The messages of one reader; `owner` None is everybody's."""

    def newest(self, start: int, limit: int) -> Page:
        """The newest messages."""
        return self._page([], start, limit)

    def search(self, query: str, start: int, limit: int, zone: tzinfo = MALAYSIA) -> Page:
        """The newest messages a query finds; a bare date in it begins in `zone`.

        Raises:
            BadQuery: the query is blank or cannot be read.
        """
        return self._page(conditions(read_query(query, zone)), start, limit)

    def open(self, uid: str, *, to: str = "", query: str = "", mark: bool = False) -> Opened:
        """A message by its ID, or `latest`: the newest of all, of those a query finds, or of those to the address `to`.

        Raises:
            NoSuchMessage: there is none.
            BadQuery: the query cannot be read.
        """
        with self.database.read() as connection:
            opened = _opened(self._wanted(connection, uid, to, query))
        if mark and not opened.kept.read:
            self.mark_opened(opened.kept)
        return opened

    def meeting(self, where: Sequence[ColumnElement[bool]], start: int, limit: int) -> list[Kept]:
        """The newest messages that meet conditions on the tables."""
        with self.database.read() as connection:
            return storage.page(connection, [*where, *self._owned], start, limit)

    def beside(self, kept: Kept) -> tuple[str, str]:
        """The IDs of the next newer and the next older message; empty where there is none."""
        with self.database.read() as connection:
            return storage.beside(connection, kept.id, self._owned)

    def wait(self, wish: WaitWish, lend: Lend) -> tuple[Opened | None, int]:
        """The newest message a wish is about, as soon as there is one, and the number to wait on from next time.

        `to` is one exact address of an envelope. The message stays unread.

        Raises:
            BadSince: the message to begin after is not known.
            TooManyWaiting: every place is taken.
            Closing: the room closed meanwhile.
        """
        after, since, cursor = self._after(wish.since), wish.since.instant, 0

        def look() -> Opened | None:
            nonlocal cursor
            with self.database.read() as connection:
                found = finding.newest(connection, mark, self.owner, after=after, since=since)
                if found is None:
                    cursor = storage.newest_id(connection)
                    return None
            return _opened(found)

        mark = mark_of_address(wish.to) if wish.to else None
        opened = self.arrivals.wait(wish.to.lower(), look, wish.seconds, lend)
        return opened, cursor if opened is None else opened.kept.id

    def state(self) -> State:
        """How the mailbox stands."""
        with self.database.read() as connection:
            messages, unread = tallies.told(connection, self.owner)
            size, kind = storage.store_size(connection), connection.dialect.name
            return State(messages, unread, tagging.tags(connection, self._owned), kind, size)

    def _after(self, since: Since) -> int:
        if since.cursor is not None:
            return since.cursor
        if not (since.now or since.name):
            return 0
        with self.database.read() as connection:
            if since.now:
                return storage.newest_id(connection)
            kept = storage.by_uid(connection, since.name, self._owned)
        if kept is None:
            raise BadSince(f"since is {SINCE_WORDS}; no message has the ID {since.name[:60]!r}")
        return kept.id

    def _page(self, where: list[ColumnElement[bool]], start: int, limit: int) -> Page:
        owned = self._owned
        with self.database.read() as connection:
            total, unread = tallies.told(connection, self.owner)
            matches, unread_matches = storage.count(connection, [*where, *owned]) if where else (total, unread)
            found = storage.page(connection, [*where, *owned], start, limit)
            tags = list(tagging.tags(connection, owned))
        return Page(found, start, total, unread, matches, unread_matches, tags)

    def _wanted(self, connection: Connection, uid: str, to: str, query: str) -> finding.Whole:
        if uid != LATEST:
            found = finding.by_uid(connection, uid, self.owner)
        elif query:
            found = finding.first(connection, [*conditions(read_query(query, MALAYSIA)), *self._owned])
        else:
            found = finding.newest(connection, mark_of_address(to) if to else None, self.owner)
        if found is None:
            raise NoSuchMessage(NOTHING_YET if uid == LATEST else NOT_FOUND)
        return found


def _opened(found: finding.Whole) -> Opened:
    return Opened(found.kept, read(found.raw), found.raw, found.scan)
