"""The heart: takes messages, finds them by number, moves them along. Everything a door needs is one call here."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.foundation.journal import Journal
from emulators.foundation.randomness import hex_digits
from emulators.foundation.wait_wishes import SINCE_WORDS, Since, WaitWish
from emulators.foundation.waiting import ANYONE, Arrivals, Lend
from emulators.sms import storage
from emulators.sms.admission import Checked, check_credentials, check_wish
from emulators.sms.delivery import FINAL, Event, IllegalMove, Status, move
from emulators.sms.errors import (
    BadNumber,
    BadPaging,
    BadSince,
    BadStep,
    NoSuchMessage,
    NotCancelable,
    NotFinished,
    NotFound,
)
from emulators.sms.listing import Listing, Page
from emulators.sms.messages import Message, Step, Wish
from emulators.sms.numbers import e164
from emulators.sms.segments import segments_of
from emulators.sms.settings import SmsSettings


class Gateway:
    """What the SMS gateway can do."""

    def __init__(
        self, database: Database, journal: Journal, clock: Clock, source: random.Random, settings: SmsSettings
    ) -> None:
        self._database = database
        self._journal = journal
        self._clock = clock
        self._source = source
        self._settings = settings
        self.arrivals = Arrivals(self._newest_id, settings.waiters_limit)

    def admit(self, account_sid: str, username: str | None, password: str | None) -> None:
        """Let the owner of an account in.

        Raises:
            NotAuthenticated: the Basic credentials are missing, or not those of the account.
        """
        check_credentials(self._settings, account_sid, username, password)

    def accept(self, wish: Wish) -> Message:
        """Take a message; it is stored when this returns.

        Raises:
            Refusal: Twilio would not take it either.
        """
        checked = check_wish(self._settings, wish)
        with self._database.write() as connection:
            sid = self.store(connection, [checked])[0]
            message = _known(connection, wish.account_sid, sid)
        self.arrivals.tell([message.to])
        return message

    def store(self, connection: Connection, many: Sequence[Checked]) -> list[str]:
        """Store messages of any door inside the caller's transaction; their sids, in order.

        The caller tells `arrivals` of the numbers once it has committed.
        """
        now = storage.millis(self._clock.now())
        rows = [self._row(checked, now) for checked in many]
        if rows:
            storage.insert(connection, rows)
        for row in rows:
            self._journal.write(connection, "accepted", row["sid"], to=row["to_number"], segments=row["segments"])
        return [row["sid"] for row in rows]

    def _row(self, checked: Checked, now: int) -> dict[str, Any]:
        cost = segments_of(checked.body)
        return {
            "sid": "SM" + hex_digits(self._source, 32),
            "account_sid": checked.account_sid,
            "to_number": checked.to,
            "sender": checked.sender,
            "messaging_service_sid": checked.messaging_service_sid,
            "status_callback": checked.status_callback,
            "body": checked.body,
            "encoding": cost.encoding.value,
            "units": cost.units,
            "segments": cost.parts,
            "status": Status.QUEUED.value,
            "created": now,
            "updated": now,
        }

    def fetch(self, account_sid: str, sid: str) -> Message:
        """One message of an account.

        Raises:
            NotFound: the account has none with that sid.
        """
        with self._database.read() as connection:
            return _known(connection, account_sid, sid)

    def redact(self, account_sid: str, sid: str) -> Message:
        """Forget the text of a message, and keep the rest.

        Raises:
            NotFound: the account has none with that sid.
            NotFinished: it is still on its way.
        """
        with self._database.write() as connection:
            message = _finished(connection, account_sid, sid)
            storage.redact(connection, message, self._clock.now())
            self._journal.write(connection, "redacted", sid)
            return _known(connection, account_sid, sid)

    def cancel(self, account_sid: str, sid: str) -> Message:
        """Call a message back that was not handed over yet.

        Raises:
            NotFound: the account has none with that sid.
            NotCancelable: it was handed over, or has ended already.
        """
        with self._database.write() as connection:
            message = _known(connection, account_sid, sid)
            try:
                self.happen(connection, message, Event.CANCEL)
            except IllegalMove as error:
                raise NotCancelable(f"The message {sid} cannot be canceled: {error}") from error
            return _known(connection, account_sid, sid)

    def delete(self, account_sid: str, sid: str) -> None:
        """Forget a message altogether.

        Raises:
            NotFound: the account has none with that sid.
            NotFinished: it is still on its way.
        """
        with self._database.write() as connection:
            storage.remove(connection, _finished(connection, account_sid, sid))
            self._journal.write(connection, "deleted", sid)

    def page(self, listing: Listing) -> Page:
        """One page of an account's messages.

        Raises:
            BadPaging: the page token names no message.
        """
        with self._database.read() as connection:
            cursor = storage.by_sid(connection, listing.cursor) if listing.token else None
            if listing.token and cursor is None:
                raise BadPaging(f"PageToken {listing.token!r} was not handed out by this list")
            region = self._settings.region
            to, origin = e164(listing.to, region) or listing.to, e164(listing.sender, region) or listing.sender
            return storage.page(connection, listing, to, origin, None if cursor is None else cursor.id)

    def find(self, number: str, limit: int, before: int | None = None) -> tuple[list[Message], int]:
        """The newest messages to a number in any spelling (to all when empty), and how many there are in all.

        Raises:
            BadNumber: `number` is no telephone number.
        """
        wanted = self.canonical(number) if number else None
        with self._database.read() as connection:
            return storage.newest(connection, wanted, limit, before), storage.count(connection, wanted)

    def wait(self, wish: WaitWish, lend: Lend) -> tuple[Message | None, int]:
        """The newest message that a wish is about, as soon as there is one, and the number to wait on from next time.

        Raises:
            BadNumber: the number waited for is no telephone number.
            BadSince: the message to begin after is not known.
            TooManyWaiting: every place is taken.
            Closing: the room closed meanwhile.
        """
        number = self.canonical(wish.to) if wish.to else None
        after, cursor = self._after(wish.since), 0

        def look() -> Message | None:
            nonlocal cursor
            with self._database.read() as connection:
                cursor = storage.newest_id(connection)
                found = storage.newest(connection, number, 1, after=after, since=wish.since.instant)
            return found[0] if found else None

        message = self.arrivals.wait(number or ANYONE, look, wish.seconds, lend)
        return message, cursor if message is None else message.id

    def steps(self, messages: list[Message]) -> dict[int, list[Step]]:
        """The delivery of each message so far, by message id."""
        with self._database.read() as connection:
            return storage.steps_of(connection, [message.id for message in messages])

    def numbers(self, search: str, limit: int) -> list[tuple[Message, int]]:
        """Each number's newest message and how many it has; `search` looks into numbers (any spelling) and texts."""
        with self._database.read() as connection:
            return storage.numbers(connection, search, e164(search, self._settings.region), limit)

    def canonical(self, number: str) -> str:
        """The one spelling of a number.

        Raises:
            BadNumber: `number` is no telephone number.
        """
        found = e164(number, self._settings.region)
        if found is None:
            raise BadNumber(f"{number!r} is not a telephone number; write it like +60110000001 or 011-000 0001")
        return found

    def count(self) -> int:
        """How many messages are stored."""
        with self._database.read() as connection:
            return storage.count(connection)

    def _newest_id(self) -> int:
        with self._database.read() as connection:
            return storage.newest_id(connection)

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

    def step(self, sid: str, event: Event) -> Status:
        """Make a delivery event happen to one message; its state afterwards.

        Raises:
            NoSuchMessage: nothing has that sid.
            BadStep: the message is in a state the event cannot happen in.
        """
        with self._database.write() as connection:
            message = storage.by_sid(connection, sid)
            if message is None:
                raise NoSuchMessage(f"no message has the sid {sid}")
            try:
                return self.happen(connection, message, event)
            except IllegalMove as error:
                raise BadStep(f"{sid}: {error}") from error

    def happen(self, connection: Connection, message: Message, event: Event) -> Status:
        """Move `message` on, inside the caller's transaction; its state afterwards.

        Raises:
            IllegalMove: the table has no such move.
        """
        to = move(message.status, event)
        storage.advance(connection, message, to, self._clock.now())
        self._journal.write(connection, str(to), message.sid, event=str(event))
        return to


def _known(connection: Connection, account_sid: str, sid: str) -> Message:
    message = storage.by_sid(connection, sid, account_sid)
    if message is None:
        raise NotFound(f"The requested resource /2010-04-01/Accounts/{account_sid}/Messages/{sid}.json was not found")
    return message


def _finished(connection: Connection, account_sid: str, sid: str) -> Message:
    message = _known(connection, account_sid, sid)
    if message.status not in FINAL:
        raise NotFinished(f"The message {sid} is {message.status}: it cannot be changed before it is complete")
    return message
