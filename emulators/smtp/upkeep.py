"""What a reader may change of the mailbox: marks, tags, and what is deleted; followers are told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from sqlalchemy import ColumnElement

from emulators.foundation.clock import MALAYSIA
from emulators.foundation.database import Database
from emulators.foundation.journal import Journal
from emulators.foundation.waiting import Arrivals
from emulators.smtp import storage, tagging
from emulators.smtp.errors import BadTag
from emulators.smtp.kept import Kept
from emulators.smtp.matching import conditions
from emulators.smtp.news import News
from emulators.smtp.search import read_query
from emulators.smtp.tally import Tally

TOLD_ONE_BY_ONE = 100
"""Messages whose change followers are told of singly; beyond it they are told to look again."""


@dataclass(frozen=True)
class Upkeep:
    """The messages of one reader, to be changed; `owner` None is everybody's."""

    database: Database
    journal: Journal
    arrivals: Arrivals
    tally: Tally
    news: News
    owner: str | None = None

    @property
    def _owned(self) -> list[ColumnElement[bool]]:
        return storage.owned(self.owner)

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

    def mark_opened(self, kept: Kept) -> None:
        """Mark a message that a reader has opened; that is not worth waiting for the disk."""
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
