"""What a reader sees of the mailbox and does to it: all of it, or only what one SMTP user sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection

from emulators.foundation.clock import MALAYSIA
from emulators.foundation.database import Database
from emulators.foundation.journal import Journal
from emulators.foundation.wait_wishes import SINCE_WORDS, Since, WaitWish
from emulators.foundation.waiting import Arrivals, Lend
from emulators.smtp import finding, storage, tagging, tallies
from emulators.smtp.errors import BadSince, BadTag, NoSuchMessage
from emulators.smtp.kept import Kept, Page
from emulators.smtp.marks import mark_of_address
from emulators.smtp.matching import conditions
from emulators.smtp.mime import Mail, read
from emulators.smtp.news import News
from emulators.smtp.search import read_query
from emulators.smtp.tally import Tally

LATEST = "latest"
NOT_FOUND = "404 page not found"
NOTHING_YET = "Message not found"
TOLD_ONE_BY_ONE = 100
"""Messages whose change followers are told of singly; beyond it they are told to look again."""


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
class Shelf:
    """The messages of one reader; `owner` None is everybody's."""

    database: Database
    journal: Journal
    arrivals: Arrivals
    tally: Tally
    news: News
    owner: str | None = None

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
            self._mark_opened(opened.kept)
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

    def set_read(self, uids: Sequence[str], *, read: bool) -> None:
        """Mark the messages of these IDs; every message when none is named."""
        self._mark(storage.named(uids) or [[]], read)

    def set_read_matching(self, query: str, *, read: bool, zone: tzinfo = MALAYSIA) -> None:
        """Mark every message a query finds.

        Raises:
            BadQuery: the query is blank or cannot be read.
        """
        self._mark([conditions(read_query(query, zone))], read)

    def delete(self, uids: Sequence[str]) -> int:
        """Delete the messages of these IDs, every message when none is named; how many there were."""
        if uids:
            return self._delete(storage.named(uids))
        gone = self._delete([[]])
        self.news.truncated(self.owner)
        return gone

    def delete_matching(self, query: str, zone: tzinfo = MALAYSIA) -> None:
        """Delete every message a query finds.

        Raises:
            BadQuery: the query is blank or cannot be read; nothing is deleted.
        """
        self._delete([conditions(read_query(query, zone))])

    def set_tags(self, uids: Sequence[str], names: Sequence[str]) -> None:
        """Let the messages of these IDs carry exactly these tags."""
        wanted = tagging.clean(names)
        with self.database.write() as connection:
            rows = [kept for uid in uids if (kept := storage.by_uid(connection, uid, self._owned)) is not None]
            tagging.put(connection, [kept.id for kept in rows], wanted)
        for kept in rows:
            self.news.updated(kept.username, {"ID": kept.uid, "Tags": wanted})

    def rename_tag(self, old: str, new: str | None) -> None:
        """Call a tag otherwise on every message; None takes it away.

        Raises:
            BadTag: no message carries it, or nothing is left of the new name.
        """
        cleaned = tagging.clean([] if new is None else [new])
        if new is not None and not cleaned:
            raise BadTag(f"invalid tag name: {new[:100]}")
        with self.database.write() as connection:
            if not tagging.replace(connection, self._owned, old, cleaned[0] if cleaned else None):
                raise BadTag(f"tag not found: {old[:100]}")
        self.news.pruned(self.owner)

    def state(self) -> State:
        """How the mailbox stands."""
        with self.database.read() as connection:
            messages, unread = tallies.told(connection, self.owner)
            size, kind = storage.store_size(connection), connection.dialect.name
            return State(messages, unread, tagging.tags(connection, self._owned), kind, size)

    @property
    def _owned(self) -> list[ColumnElement[bool]]:
        return storage.owned(self.owner)

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

    def _mark_opened(self, kept: Kept) -> None:
        with self.database.write(lasting=False) as connection:
            storage.mark_read(connection, kept)
        self.news.updated(kept.username, {"ID": kept.uid, "Read": True})

    def _mark(self, wheres: Sequence[Sequence[ColumnElement[bool]]], read: bool) -> None:
        changed: list[str] = []
        with self.database.write() as connection:
            for where in wheres:
                chosen = [*where, *self._owned]
                changed += storage.uids(connection, chosen, TOLD_ONE_BY_ONE + 1)
                storage.set_read(connection, chosen, read)
        self._tell(changed, {"Read": read})

    def _delete(self, wheres: Sequence[Sequence[ColumnElement[bool]]]) -> int:
        changed: list[str] = []
        gone = 0
        with self.database.write() as connection:
            for where in wheres:
                chosen = [*where, *self._owned]
                changed += storage.uids(connection, chosen, TOLD_ONE_BY_ONE + 1)
                gone += storage.remove(connection, chosen)
            self.journal.write(connection, "deleted", messages=gone)
        self.tally.delete(gone)
        self._tell(changed, None)
        return gone

    def _tell(self, uids: Sequence[str], change: dict[str, object] | None) -> None:
        if len(uids) > TOLD_ONE_BY_ONE:
            self.news.pruned(self.owner)
        for uid in uids if len(uids) <= TOLD_ONE_BY_ONE else ():
            if change is None:
                self.news.deleted(self.owner, uid)
            else:
                self.news.updated(self.owner, {"ID": uid, **change})


def _opened(found: finding.Whole) -> Opened:
    return Opened(found.kept, read(found.raw), found.raw, found.scan)
