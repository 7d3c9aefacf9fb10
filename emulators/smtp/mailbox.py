"""The heart: keeps what arrives, and hands a reader their shelf. Many messages share one commit."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.foundation.journal import Journal
from emulators.foundation.waiting import Arrivals
from emulators.smtp import storage, tallies
from emulators.smtp.news import News
from emulators.smtp.shapes import summary_of
from emulators.smtp.shelf import Shelf
from emulators.smtp.sorting import Sorted, sort
from emulators.smtp.tally import Tally
from emulators.smtp.trace import Arrival
from emulators.smtp.uids import Uids

Beside = Callable[[Connection, Sequence[tuple[int, Sorted]]], bool]
"""What else new messages bring about, written in the transaction that stores them; whether there was anything."""


class Mailbox:
    """What the inbox can do."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        clock: Clock,
        source: random.Random,
        *,
        host: str,
        places: int,
        apart: bool = False,
        plus_tags: bool = True,
    ) -> None:
        """`host`: what it calls itself in a trace; `places`: how many may wait for mail; `apart`: each user alone."""
        self._database = database
        self._journal = journal
        self._clock = clock
        self._uids = Uids(source)
        self._host = host
        self._plus_tags = plus_tags
        self._besides: list[tuple[Beside, Callable[[], None]]] = []
        self._afterwards: list[Callable[[], None]] = []
        self.tally = Tally()
        self.arrivals = Arrivals(self._newest_id, places)
        self.news = News(apart=apart, count=self._count)

    def beside(self, act: Beside, afterwards: Callable[[], None]) -> None:
        """From now on do `act` in the transaction that stores messages; if it did something, `afterwards` follows."""
        self._besides.append((act, afterwards))

    def afterwards(self, act: Callable[[], None]) -> None:
        """From now on do `act` whenever messages were stored."""
        self._afterwards.append(act)

    def shelf(self, owner: str | None) -> Shelf:
        """What a reader sees; `owner` None is everybody's messages."""
        return Shelf(self._database, self._journal, self.arrivals, self.tally, self.news, owner)

    def sort(self, arrivals: Sequence[Arrival]) -> list[Sorted]:
        """Make messages ready for the store; the dear part, done before any transaction."""
        now = self._clock.now()
        return [
            sort(arrival, uids=self._uids, host=self._host, at=now, plus_tags=self._plus_tags) for arrival in arrivals
        ]

    def keep(self, connection: Connection, found: Sequence[Sorted]) -> None:
        """Store messages inside the caller's transaction; after its commit the caller has to `tell` of them."""
        keys = storage.insert(connection, [message.entry for message in found])
        entries = [
            (
                "accepted",
                message.uid,
                {"sender": message.sender, "recipients": message.recipients, "size": message.size},
            )
            for message in found
        ]
        self._journal.write_all(connection, entries)
        for act, afterwards in self._besides:
            if act(connection, list(zip(keys, found, strict=True))):
                self._database.after_commit(afterwards)

    def new_uid(self) -> str:
        """An ID for a message that will be stored."""
        return self._uids.new()

    def tell(self, found: Sequence[Sorted]) -> None:
        """Say to everybody who waits or follows that these messages are there."""
        self.tally.accept([message.size for message in found])
        self.arrivals.tell(recipient.lower() for message in found for recipient in message.recipients)
        self.news.arrived([(message.username, summary_of(message.entry.columns)) for message in found])
        for act in self._afterwards:
            act()

    def count(self) -> int:
        """How many messages there are."""
        return self._count(None)[0]

    def usernames(self) -> list[str]:
        """Everybody who has messages, in alphabetical order."""
        with self._database.read() as connection:
            return tallies.usernames(connection)

    def _count(self, owner: str | None) -> tuple[int, int]:
        with self._database.read() as connection:
            return tallies.told(connection, owner)

    def _newest_id(self) -> int:
        with self._database.read() as connection:
            return storage.newest_id(connection)
