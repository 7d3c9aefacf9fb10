"""The heart: keeps what arrives, finds it again, marks and deletes it. Everything a door needs is one call here."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from sqlalchemy import ColumnElement, Connection

from emulators.foundation.clock import MALAYSIA, Clock
from emulators.foundation.database import Database
from emulators.foundation.journal import Journal
from emulators.foundation.wait_wishes import SINCE_WORDS, Since, WaitWish
from emulators.foundation.waiting import Arrivals, Lend
from emulators.smtp import storage
from emulators.smtp.errors import BadSince, NoSuchMessage
from emulators.smtp.kept import Kept, Page
from emulators.smtp.marks import mark_of_address
from emulators.smtp.matching import conditions
from emulators.smtp.mime import Mail, read
from emulators.smtp.search import read_query
from emulators.smtp.sorting import Sorted, sort
from emulators.smtp.tally import Tally
from emulators.smtp.trace import Arrival

LATEST = "latest"
NOT_FOUND = "404 page not found"
NOTHING_YET = "Message not found"


@dataclass(frozen=True)
class Opened:
    """A message with its content."""

    kept: Kept
    mail: Mail
    raw: bytes


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


class Mailbox:
    """What the inbox can do."""

    def __init__(
        self, database: Database, journal: Journal, clock: Clock, source: random.Random, host: str, places: int
    ) -> None:
        """`host`: what it calls itself in a message's trace; `places`: how many may wait for mail at once."""
        self._database = database
        self._journal = journal
        self._clock = clock
        self._source = source
        self._host = host
        self.tally = Tally()
        self.arrivals = Arrivals(self._newest_id, places)

    def keep(self, arrivals: Sequence[Arrival]) -> list[str]:
        """Store messages, all or none; their IDs. They survive the end of the process when this returns."""
        now = self._clock.now()
        found = [sort(arrival, source=self._source, host=self._host, at=now) for arrival in arrivals]
        with self._database.write() as connection:
            for message in found:
                self._insert(connection, message)
        for message in found:
            self.tally.accept(message.columns["size"])
        self.arrivals.tell(recipient.lower() for message in found for recipient in message.recipients)
        return [message.uid for message in found]

    def newest(self, start: int, limit: int) -> Page:
        """The newest messages."""
        return self._page((), start, limit)

    def search(self, query: str, start: int, limit: int, zone: tzinfo = MALAYSIA) -> Page:
        """The newest messages a query finds; a bare date in it begins in `zone`.

        Raises:
            BadQuery: the query is blank or cannot be read.
        """
        return self._page(conditions(read_query(query, zone)), start, limit)

    def open(self, uid: str, *, to: str = "", mark: bool = False) -> Opened:
        """A message by its ID, or `latest`: the newest of all, or of those sent to exactly the address `to`.

        Raises:
            NoSuchMessage: there is none.
        """
        with self._database.read() as connection:
            kept = self._wanted(connection, uid, to)
            raw = storage.raw(connection, kept.id)
        if mark and not kept.read:
            with self._database.write() as connection:
                storage.set_read(connection, storage.named([kept.uid])[0], read=True)
        return Opened(kept, read(raw), raw)

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
            with self._database.read() as connection:
                cursor = storage.newest_id(connection)
                if wish.to:
                    kept = storage.newest_to(connection, mark_of_address(wish.to), after=after, since=since)
                else:
                    kept = storage.newest_since(connection, after=after, since=since)
                if kept is None:
                    return None
                raw = storage.raw(connection, kept.id)
            return Opened(kept, read(raw), raw)

        opened = self.arrivals.wait(wish.to.lower(), look, wish.seconds, lend)
        return opened, cursor if opened is None else opened.kept.id

    def newest_matching(self, query: str) -> str:
        """The ID of the newest message a query finds.

        Raises:
            BadQuery: the query is blank or cannot be read.
            NoSuchMessage: it finds nothing.
        """
        with self._database.read() as connection:
            found = storage.page(connection, conditions(read_query(query, MALAYSIA)), 0, 1)
        if not found:
            raise NoSuchMessage(NOTHING_YET)
        return found[0].uid

    def set_read(self, uids: Sequence[str], *, read: bool) -> None:
        """Mark the messages of these IDs; every message when none is named."""
        with self._database.write() as connection:
            for where in storage.named(uids) or [[]]:
                storage.set_read(connection, where, read)

    def set_read_matching(self, query: str, *, read: bool, zone: tzinfo = MALAYSIA) -> None:
        """Mark every message a query finds.

        Raises:
            BadQuery: the query is blank or cannot be read.
        """
        where = conditions(read_query(query, zone))
        with self._database.write() as connection:
            storage.set_read(connection, where, read)

    def delete(self, uids: Sequence[str]) -> None:
        """Delete the messages of these IDs; every message when none is named."""
        self._delete(storage.named(uids) or [[]])

    def delete_matching(self, query: str, zone: tzinfo = MALAYSIA) -> None:
        """Delete every message a query finds.

        Raises:
            BadQuery: the query is blank or cannot be read; nothing is deleted.
        """
        self._delete([conditions(read_query(query, zone))])

    def state(self) -> State:
        """How the mailbox stands."""
        with self._database.read() as connection:
            messages, unread = storage.count(connection)
            size, kind = storage.store_size(connection), connection.dialect.name
            return State(messages, unread, storage.tags(connection), kind, size)

    def _newest_id(self) -> int:
        with self._database.read() as connection:
            return storage.newest_id(connection)

    def _after(self, since: Since) -> int:
        if since.now:
            return self._newest_id()
        if not since.name:
            return since.cursor or 0
        with self._database.read() as connection:
            kept = storage.by_uid(connection, since.name)
        if kept is None:
            raise BadSince(f"since is {SINCE_WORDS}; no message has the ID {since.name[:60]!r}")
        return kept.id

    def _page(self, where: storage.Where, start: int, limit: int) -> Page:
        with self._database.read() as connection:
            total, unread = storage.count(connection)
            matches, unread_matches = storage.count(connection, where) if where else (total, unread)
            found = storage.page(connection, where, start, limit)
            return Page(found, start, total, unread, matches, unread_matches, list(storage.tags(connection)))

    def _wanted(self, connection: Connection, uid: str, to: str) -> Kept:
        if uid != LATEST:
            kept = storage.by_uid(connection, uid)
        elif to:
            kept = storage.newest_to(connection, mark_of_address(to))
        else:
            kept = next(iter(storage.page(connection, (), 0, 1)), None)
        if kept is None:
            raise NoSuchMessage(NOTHING_YET if uid == LATEST else NOT_FOUND)
        return kept

    def _insert(self, connection: Connection, message: Sorted) -> None:
        storage.insert(connection, message.columns, message.words, message.raw, message.marks)
        size = message.columns["size"]
        self._journal.write(
            connection, "accepted", message.uid, sender=message.sender, recipients=message.recipients, size=size
        )

    def _delete(self, wheres: Sequence[Sequence[ColumnElement[bool]]]) -> None:
        with self._database.write() as connection:
            gone = sum(storage.remove(connection, where) for where in wheres)
            self._journal.write(connection, "deleted", messages=gone)
        self.tally.delete(gone)
