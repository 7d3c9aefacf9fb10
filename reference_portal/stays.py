"""Being signed in: a record of our own behind a random token, so that signing out ends it for good."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

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


@dataclass(frozen=True)
class Stay:
    """Somebody who is signed in now."""

    account: Account
    mode: str | None


class Stays:
    """Starts, recognises and ends sign-ins."""

    def __init__(
        self, settings: PortalSettings, clock: Clock, source: random.Random, database: Database, journal: Journal
    ) -> None:
        self._idle = timedelta(minutes=settings.idle_minutes)
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
        if found is None or account is None:
            return None
        if now - found.seen_at >= self._idle:
            self._end(secret, "sign_in.expired", account.id)
            return None
        if self._worth_noting(found.seen_at, now):
            with self._database.write() as connection:
                sign_ins.see(connection, found.token_hash, now)
        return Stay(account, found.mode)

    def choose_mode(self, secret: str, mode: str) -> None:
        """The person said in what capacity they are here (L10)."""
        with self._database.write() as connection:
            sign_ins.choose_mode(connection, digest(secret), mode)

    def end(self, secret: str, account: Account) -> None:
        """Sign out: the token is worth nothing from now on, wherever it was copied to."""
        self._end(secret, "sign_in.ended", account.id)

    def _end(self, secret: str, kind: str, account_id: str) -> None:
        with self._database.write() as connection:
            sign_ins.end(connection, digest(secret), self._clock.now())
            self._journal.write(connection, kind, account_id)

    def _worth_noting(self, seen_at: datetime, now: datetime) -> bool:
        # also when the clock was set back: else the idle time would count from the future
        return now - seen_at >= min(_NOTE_EVERY, self._idle / 4) or now < seen_at
