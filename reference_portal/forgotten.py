"""**Lupa kata laluan?**: identity number, a code by SMS, another password. The phrase stays.

A number with an account and one without go the same way through the same work: a challenge is stored, a job is queued,
the same sentence is said, wrong codes are counted. Only the job knows of a phone, and nobody waits for it.
"""

from __future__ import annotations

import random
from datetime import timedelta

from reference_portal.afterwards import Afterwards
from reference_portal.clock import Clock
from reference_portal.errors import RuleBroken, RulesBroken
from reference_portal.new_passwords import NewPasswords
from reference_portal.notices import Notice, Tone
from reference_portal.one_time_passwords import OneTimePasswords, Prepared
from reference_portal.rate_limits import Limit, RateLimits
from reference_portal.rules.one_time_password import Purpose
from reference_portal.settings import PortalSettings
from reference_portal.signing_in import SigningIn
from reference_portal.storage import accounts, grants
from reference_portal.storage.accounts import Account
from reference_portal.storage.codes import Errand
from reference_portal.storage.database import Database
from reference_portal.storage.grants import Grant
from reference_portal.storage.journal import Journal
from reference_portal.tokens import digest, token


class Forgotten:
    """`who` is an account's id, or for an identity number nobody has a keyed hash that looks like one."""

    def __init__(
        self,
        settings: PortalSettings,
        clock: Clock,
        source: random.Random,
        database: Database,
        journal: Journal,
        signing_in: SigningIn,
        one_time_passwords: OneTimePasswords,
        new_passwords: NewPasswords,
        afterwards: Afterwards,
        limits: RateLimits,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._source = source
        self._database = database
        self._journal = journal
        self._signing_in = signing_in
        self._codes = one_time_passwords
        self._new = new_passwords
        self._afterwards = afterwards
        self._limits = limits

    def begin(self, identity_number: str, address: str) -> str:
        """Have a code sent, unless one is on its way; under what name the next page knows the person.

        Raises:
            RuleBroken: E-OTP-03 when the number had its share of codes, known or not.
            TooMany: too many were asked for from this address.
        """
        with self._database.write() as connection:
            self._limits.take(connection, Limit.FORGOTTEN, address)
            who = self._signing_in.who(connection, identity_number)
            account = accounts.of(connection, who)
            if self._codes.pace.resting(connection, who):  # the second click of the same form: one code
                return who
            prepared = self._codes.prepare(connection, _errand(who, account))
            self._journal.write(connection, "password.forgotten", who)
        self._send(prepared)
        return who

    def send_again(self, who: str) -> Notice:
        """Another code; the sentence is the same whether there is a phone or not.

        Raises:
            RuleBroken: E-OTP-03 or E-OTP-04 when it is too soon.
        """
        with self._database.write() as connection:
            account = accounts.of(connection, who)
            prepared = self._codes.prepare(connection, _errand(who, account), again=True)
        self._send(prepared)
        return Notice(Tone.INFO, "I-OTP-03", {"m": self._settings.otp_minutes})

    def confirm(self, who: str, typed: str, address: str) -> str:
        """Take the code: a token for this browser, good for choosing one new password.

        Raises:
            RuleBroken: E-OTP-01, -02, -03 or -05; a wrong try has been counted.
            TooMany: too many wrong ones came from this address, or for this number.
        """
        secret = token(self._source)
        expires = self._clock.now() + timedelta(minutes=self._settings.reset_minutes)
        with self._database.write() as connection:
            taken = self._codes.judge(connection, who, Purpose.FORGOTTEN, typed, address)
            if not isinstance(taken, RuleBroken):
                grants.add(connection, Grant(digest(secret), who, expires))
                self._journal.write(connection, "password.may_be_chosen", who)
        if isinstance(taken, RuleBroken):
            raise taken
        return secret

    def owner(self, secret: str) -> Account | None:
        """Who may choose a new password with this token, as long as it is good."""
        with self._database.read() as connection:
            grant = grants.of(connection, digest(secret))
            good = grant is not None and self._clock.now() < grant.expires_at
            return accounts.of(connection, grant.account_id) if grant and good else None

    def faults(self, account: Account, password: str) -> list[RuleBroken]:
        """What speaks against this password."""
        return self._new.faults(account, password)

    def choose(self, secret: str, password: str) -> bool:
        """The new password; False when the token is not good any more (a second click, too late).

        Raises:
            RulesBroken: the rules of passwords say no.
        """
        account = self.owner(secret)
        if account is None:
            return False
        if broken := self._new.faults(account, password):
            raise RulesBroken(broken)
        return self._new.choose(account, password, "password.reset", digest(secret))

    def _send(self, prepared: Prepared) -> None:
        self._afterwards.later(lambda: self._codes.deliver_unseen(prepared))


def _errand(who: str, account: Account | None) -> Errand:
    return Errand(who, Purpose.FORGOTTEN, account.mobile if account else "")
