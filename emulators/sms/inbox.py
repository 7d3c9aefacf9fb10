"""The reader's heart: what the handsets got, by number, newest first; and waiting for what will come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from emulators.foundation.database import Database
from emulators.foundation.wait_wishes import SINCE_WORDS, Since, WaitWish
from emulators.foundation.waiting import ANYONE, Arrivals, Lend
from emulators.sms import lookup, storage
from emulators.sms.errors import BadNumber, BadSince, NoSuchMessage
from emulators.sms.lookup import Question
from emulators.sms.messages import Message, Step
from emulators.sms.numbers import e164
from emulators.sms.settings import SmsSettings


class Inbox:
    """What a reader can ask."""

    def __init__(self, database: Database, settings: SmsSettings) -> None:
        self._database = database
        self._settings = settings
        self.arrivals = Arrivals(self._newest_id, settings.waiters_limit)

    def find(self, question: Question, limit: int) -> tuple[list[Message], int]:
        """The newest messages a question is about, and how many there are in all whatever the place in the list."""
        with self._database.read() as connection:
            return lookup.newest(connection, question, limit), lookup.count(connection, question)

    def question(self, number: str, since: Since | None = None, search: str = "") -> Question:
        """What a reader typed: a number in any spelling (all when empty), from when on, and a part of the text.

        Raises:
            BadNumber: `number` is no telephone number.
            BadSince: the message to begin after is not known.
        """
        begin = since or Since()
        canonical = self.canonical(number) if number else None
        return Question(canonical, search, after=self._after(begin), since=begin.instant)

    def fetch(self, sid: str) -> Message:
        """One message.

        Raises:
            NoSuchMessage: nothing has that sid.
        """
        with self._database.read() as connection:
            message = storage.by_sid(connection, sid)
        if message is None:
            raise NoSuchMessage(f"no message has the sid {sid[:60]}")
        return message

    def forget(self, number: str) -> int:
        """Delete what one number got, or everything when it is empty; how many messages that was.

        Raises:
            BadNumber: `number` is no telephone number.
        """
        canonical = self.canonical(number) if number else None
        with self._database.write() as connection:
            return lookup.remove(connection, canonical)

    def remove(self, sid: str) -> None:
        """Delete one message.

        Raises:
            NoSuchMessage: nothing has that sid.
        """
        message = self.fetch(sid)
        with self._database.write() as connection:
            storage.remove(connection, message)

    def wait(self, wish: WaitWish, lend: Lend, search: str = "") -> tuple[Message | None, int]:
        """The newest message that a wish is about, as soon as there is one, and the number to wait on from next time.

        `search`: a part of its text.

        Raises:
            BadNumber: the number waited for is no telephone number.
            BadSince: the message to begin after is not known.
            TooManyWaiting: every place is taken.
            Closing: the room closed meanwhile.
        """
        question, cursor = self.question(wish.to, wish.since, search), 0

        def look() -> Message | None:
            nonlocal cursor
            with self._database.read() as connection:
                cursor = lookup.newest_id(connection)
                found = lookup.newest(connection, question, 1)
            return found[0] if found else None

        message = self.arrivals.wait(question.number or ANYONE, look, wish.seconds, lend)
        return message, cursor if message is None else message.id

    def thread(self, number: str, limit: int, before: int | None) -> tuple[list[Message], int]:
        """What was sent to a number, got or not, newest first; and how many in all."""
        question = replace(self.question(number), before=before, held=True)
        return self.find(question, limit)

    def steps(self, messages: list[Message]) -> dict[int, list[Step]]:
        """The delivery of each message so far, by message id."""
        with self._database.read() as connection:
            return lookup.steps_of(connection, [message.id for message in messages])

    def callbacks_told(self, sids: list[str]) -> dict[str, list[dict[str, Any]]]:
        """The deliveries of callbacks about some messages, by sid."""
        with self._database.read() as connection:
            return lookup.callbacks_told(connection, sids)

    def numbers(self, search: str, limit: int) -> list[tuple[Message, int]]:
        """Each number's newest message and how many it has; `search` looks into numbers (any spelling) and texts."""
        with self._database.read() as connection:
            return lookup.numbers(connection, search, e164(search, self._settings.region), limit)

    def canonical(self, number: str) -> str:
        """The one spelling of a number.

        Raises:
            BadNumber: `number` is no telephone number.
        """
        found = e164(number, self._settings.region)
        if found is None:
            raise BadNumber(f"{number!r} is not a telephone number; write it like +601100000001 or 011-0000 0001")
        return found

    def count(self) -> int:
        """How many messages senders handed in."""
        with self._database.read() as connection:
            return lookup.count_accepted(connection)

    def _newest_id(self) -> int:
        with self._database.read() as connection:
            return lookup.newest_id(connection)

    def _after(self, since: Since) -> int:
        if since.now:
            return self._newest_id()
        if not since.name:
            return since.cursor or 0
        with self._database.read() as connection:
            message = storage.by_sid(connection, since.name)
        if message is None:
            raise BadSince(f"since is {SINCE_WORDS}; no message has the sid {since.name[:60]!r}")
        return message.id
