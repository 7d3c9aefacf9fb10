"""Being signed in: every browser's own stay behind a random token, so that ending it ends it for good."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor

from sqlalchemy import Connection

from reference_portal.clock import Clock
from reference_portal.settings import PortalSettings
from reference_portal.storage import accounts, sign_ins
from reference_portal.storage.accounts import Account
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.storage.sign_ins import SignIn
from reference_portal.tokens import digest, token

SELF_EMPLOYED = "self_employed"
"""The mode **Saya bekerja sendiri**: the only one the guide describes."""

_NOTE_EVERY = timedelta(seconds=60)
"""Being heard of is written down at most this often: a page view should not cost a write."""

_LATE = timedelta(days=1)
"""What is sent that long after a stay slept in is still kept for its owner."""


@dataclass(frozen=True)
class Stay:
    """Somebody who is signed in now."""

    account: Account
    mode: str | None
    seconds_left: int
    """Whole seconds until it ends by itself, if nothing is heard of the browser any more."""


class Stays:
    """Starts, recognises and ends sign-ins."""

    def __init__(
        self, settings: PortalSettings, clock: Clock, source: random.Random, database: Database, journal: Journal
    ) -> None:
        self._idle = timedelta(minutes=settings.idle_minutes)
        self._longest = timedelta(hours=settings.stay_hours)
        self._clock = clock
        self._source = source
        self._database = database
        self._journal = journal

    def start(self, account: Account) -> str:
        """Sign the person in; the token for their cookie."""
        secret = token(self._source)
        now = self._clock.now()
        with self._database.write() as connection:
            sign_ins.start(connection, SignIn(digest(secret), account.id, started_at=now, seen_at=now))
            self._journal.write(connection, "sign_in.started", account.id)
        return secret

    def recognise(self, secret: str) -> Stay | None:
        """Who holds this token, unless the stay was ended or slept too long."""
        now = self._clock.now()
        with self._database.read() as connection:
            found = sign_ins.of(connection, digest(secret))
            account = accounts.of(connection, found.account_id) if found else None
        if found is None or account is None or found.ended_at is not None:
            return None
        if now >= self._ends(found):
            self._end(found.token_hash, "sign_in.expired", account.id, self._ends(found))
            return None
        if self._worth_noting(found.seen_at, now):
            return Stay(account, found.mode, self._note(found, now))
        return Stay(account, found.mode, _seconds(self._ends(found) - now))

    def slept(self, secret: str) -> str | None:
        """The account whose stay ended by itself less than a day ago: nothing is shown to its browser any more, but
        what it sends was typed by its owner. A stay that was ended on purpose never slept."""
        now = self._clock.now()
        with self._database.read() as connection:
            found = sign_ins.of(connection, digest(secret))
        if found is None or found.ended_at not in (None, self._ends(found)):
            return None
        return found.account_id if timedelta() <= now - self._ends(found) < _LATE else None

    def seconds_left(self, secret: str) -> int:
        """How long the stay lasts if nothing more is heard; asking does not lengthen it. 0 when it is over."""
        with self._database.read() as connection:
            found = sign_ins.of(connection, digest(secret))
        return _seconds(self._ends(found) - self._clock.now()) if found and not found.ended_at else 0

    def lengthen(self, secret: str) -> int:
        """The person is here (the button **Teruskan**): the seconds there are now, 0 when it came too late."""
        now = self._clock.now()
        with self._database.read() as connection:
            found = sign_ins.of(connection, digest(secret))
        return self._note(found, now) if found and not found.ended_at and now < self._ends(found) else 0

    def live(self, account_id: str) -> list[SignIn]:
        """Every stay of the account that has not ended, newest first."""
        now = self._clock.now()
        with self._database.read() as connection:
            return [stay for stay in sign_ins.live(connection, account_id) if now < self._ends(stay)]

    def choose_mode(self, secret: str, mode: str) -> None:
        """The person said in what capacity they are here (L10)."""
        with self._database.write() as connection:
            sign_ins.choose_mode(connection, digest(secret), mode)

    def end(self, secret: str, account: Account) -> None:
        """Sign out: the token is worth nothing from now on, wherever it was copied to."""
        self._end(digest(secret), "sign_in.ended", account.id, self._clock.now())

    def end_one(self, account: Account, token_hash: str) -> None:
        """A stay out of the account's list; one of somebody else's, or one that is over, stays what it is."""
        if token_hash in {stay.token_hash for stay in self.live(account.id)}:
            self._end(token_hash, "sign_in.ended", account.id, self._clock.now())

    def end_everywhere(self, connection: Connection, account_id: str) -> None:
        """Every stay of the account, in every browser: what its password or phone guarded is guarded by another now."""
        sign_ins.end_all(connection, account_id, self._clock.now())
        self._journal.write(connection, "sign_in.ended_everywhere", account_id)

    def leave_everywhere(self, account: Account) -> None:
        """The button that does it."""
        with self._database.write() as connection:
            self.end_everywhere(connection, account.id)

    def _end(self, token_hash: str, kind: str, account_id: str, when: datetime) -> None:
        with self._database.write() as connection:
            sign_ins.end(connection, token_hash, when)
            self._journal.write(connection, kind, account_id)

    def _note(self, found: SignIn, now: datetime) -> int:
        with self._database.write() as connection:
            sign_ins.see(connection, found.token_hash, now)
        return _seconds(min(now + self._idle, found.started_at + self._longest) - now)

    def _ends(self, found: SignIn) -> datetime:
        return min(found.seen_at + self._idle, found.started_at + self._longest)

    def _worth_noting(self, seen_at: datetime, now: datetime) -> bool:
        # also when the clock was set back: else the idle time would count from the future
        return now - seen_at >= min(_NOTE_EVERY, self._idle / 4) or now < seen_at


def _seconds(span: timedelta) -> int:
    return max(0, floor(span.total_seconds()))
