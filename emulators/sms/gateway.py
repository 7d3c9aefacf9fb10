"""The sender's heart: takes messages, shows them to their account, and lets it cancel, redact and delete them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.foundation.journal import Journal
from emulators.foundation.waiting import Arrivals
from emulators.sms import lookup, storage
from emulators.sms.admission import Checked, check_credentials, check_wish
from emulators.sms.delivery import FINAL, Event, IllegalMove
from emulators.sms.errors import BadPaging, NotCancelable, NotFinished, NotFound
from emulators.sms.intake import Intake
from emulators.sms.ladder import Ladder
from emulators.sms.listing import Listing, Page
from emulators.sms.messages import Message, Wish
from emulators.sms.numbers import e164
from emulators.sms.settings import SmsSettings
from emulators.sms.together import Outcome, Together


class Gateway:
    """What a sender can do."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        clock: Clock,
        settings: SmsSettings,
        arrivals: Arrivals,
        ladder: Ladder,
        intake: Intake,
    ) -> None:
        self._database = database
        self._journal = journal
        self._clock = clock
        self._settings = settings
        self._ladder = ladder
        self._together = Together(database, intake, power_cuts=settings.survive_power_cuts)
        self.arrivals = arrivals

    def admit(self, account_sid: str, username: str | None, password: str | None) -> None:
        """Let the owner of an account in.

        Raises:
            NotAuthenticated: the Basic credentials are missing, or not those of the account.
        """
        check_credentials(self._settings, account_sid, username, password)

    def check(self, wish: Wish) -> Checked:
        """Judge a message.

        Raises:
            Refusal: Twilio would not take it either.
        """
        return check_wish(self._settings, wish, self._clock.now)

    def accept(self, wish: Wish) -> Message:
        """Take a message; it is stored when this returns.

        Raises:
            Refusal: Twilio would not take it either.
        """
        outcome = self.store([self.check(wish)])[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def store(self, many: Sequence[Checked]) -> Sequence[Outcome]:
        """Take messages that were checked, at once: each as it is stored now, or why it is not."""
        return self._together.store(many) if many else ()

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
                self._ladder.happen(connection, [message], Event.CANCEL, self._clock.now())
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
            return lookup.page(connection, listing, to, origin, None if cursor is None else cursor.id)


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
