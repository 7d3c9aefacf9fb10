"""Signing in, in two stages (L08, L09): whose phrase is shown, whose password is right, who is locked out.

A number with an account and a number without one go the same way: a phrase is shown, a password hash is computed, a
wrong try is counted, and the third locks. The words and the work are the same, so that neither tells them apart.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Connection

from reference_portal.account_state import AccountState
from reference_portal.clock import Clock
from reference_portal.errors import RuleBroken
from reference_portal.false_phrase import false_phrase, who_is
from reference_portal.passwords import Passwords
from reference_portal.rate_limits import Limit, RateLimits
from reference_portal.settings import PortalSettings
from reference_portal.storage import accounts, sign_ins
from reference_portal.storage.accounts import Account
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.storage.sign_ins import WrongPasswords


class SigningIn:
    """`who` is an account's id, or for an unknown identity number a keyed hash that looks like one."""

    def __init__(
        self,
        settings: PortalSettings,
        clock: Clock,
        database: Database,
        journal: Journal,
        passwords: Passwords,
        phrase_key: str,
        limits: RateLimits,
    ) -> None:
        self._limits = limits
        self._settings = settings
        self._clock = clock
        self._database = database
        self._journal = journal
        self._passwords = passwords
        self._key = phrase_key

    def typed(self, identity_number: str, address: str) -> str:
        """`who`, for somebody who is about to be shown the phrase.

        Raises:
            TooMany: too many numbers came from this address and were not signed in with: a harvest of phrases.
        """
        with self._database.read() as connection:
            self._limits.admit(connection, Limit.PHRASES, address)
            who = self.who(connection, identity_number)
        self._limits.gather(Limit.PHRASES, address)
        return who

    def who(self, connection: Connection, identity_number: str) -> str:
        """Under what name the next page knows the person who typed this number (12 digits)."""
        nobody = who_is(identity_number, self._key)
        account = accounts.with_identity(connection, identity_number)
        return account.id if account and account.state is AccountState.ACTIVE else nobody

    def phrase(self, who: str) -> str:
        """The Ungkapan Rahsia to show."""
        phrase = false_phrase(who, self._key)
        account = self._account(who)
        return account.secret_phrase if account and account.secret_phrase else phrase

    def sign_in(self, who: str, password: str, address: str) -> Account:
        """`check` at the log-in page: the number that was typed there is one of a person."""
        account = self.check(who, password, address)
        self._limits.gather(Limit.PHRASES, address, -1)
        return account

    def check(self, who: str, password: str, address: str) -> Account:
        """The account whose password this is.

        Raises:
            RuleBroken: E-LOG-01 when it is wrong, E-LOG-02 while locked out.
            TooMany: too many wrong ones came from this address, for whomever.
        """
        with self._database.read() as connection:
            self._limits.admit(connection, Limit.WRONG_PASSWORDS, address)
            account = accounts.of(connection, who)
        right = self._passwords.right(account.password_hash if account else None, password)  # slow: no lock is held
        now = self._clock.now()
        with self._database.write() as connection:
            before = sign_ins.wrong(connection, who)
            locked = self._locked(before, now)
            if locked is None and account is not None and right:
                if before.count:
                    sign_ins.set_wrong(connection, WrongPasswords(who, 0, None))
                return account
            if locked is None:
                after = self._one_more(before, now)
                sign_ins.set_wrong(connection, after)
                self._limits.count(connection, Limit.WRONG_PASSWORDS, address)
                self._journal.write(connection, "sign_in.refused", who, wrong_in_a_row=after.count)
                locked = self._locked(after, now)
        raise RuleBroken("E-LOG-02", m=locked) if locked else RuleBroken("E-LOG-01")

    def _account(self, who: str) -> Account | None:
        with self._database.read() as connection:
            return accounts.of(connection, who)

    def _one_more(self, before: WrongPasswords, now: datetime) -> WrongPasswords:
        count = 1 if before.locked_until else before.count + 1  # a lock that has passed starts the count anew
        lock = timedelta(minutes=self._settings.lock_out_minutes)
        return WrongPasswords(before.who, count, now + lock if count >= self._settings.lock_out_tries else None)

    def _locked(self, wrong: WrongPasswords, now: datetime) -> int | None:
        """Whole minutes of the lock that are left; None when there is none.

        A lock of more than a lock's length is one that a clock set back has put into the future: it is over.
        """
        if wrong.locked_until is None:
            return None
        left = ceil((wrong.locked_until - now).total_seconds() / 60)
        return left if 0 < left <= self._settings.lock_out_minutes else None
