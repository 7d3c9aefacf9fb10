"""The code that proves a phone (L04) or a mailbox: sent, used once, few tries, few sends, short life."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Connection

from reference_portal.clock import Clock
from reference_portal.code_letters import CodeLetters
from reference_portal.code_pace import CodePace, whole_minutes
from reference_portal.errors import GatewayError, RuleBroken
from reference_portal.notices import Notice, Tone
from reference_portal.rate_limits import Limit, RateLimits
from reference_portal.rules import one_time_password
from reference_portal.rules.one_time_password import Purpose
from reference_portal.settings import PortalSettings
from reference_portal.storage import codes
from reference_portal.storage.codes import Challenge, Errand
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal


@dataclass(frozen=True)
class Prepared:
    """A code that is stored and has to be sent."""

    errand: Errand
    sent_at: datetime
    code: str


@dataclass(frozen=True)
class Timing:
    """What the page of a code counts down, in whole seconds."""

    left: int
    """How long the code is good; 0 when there is none that can be used."""
    wait: int
    """How long until another may be asked for; 0 when now."""


class OneTimePasswords:
    """Stores the code inside the caller's transaction, sends it outside: no lock is held while a gateway thinks."""

    def __init__(
        self,
        settings: PortalSettings,
        clock: Clock,
        source: random.Random,
        database: Database,
        journal: Journal,
        letters: CodeLetters,
        limits: RateLimits,
    ) -> None:
        self.pace = CodePace(settings, clock)
        self._settings = settings
        self._clock = clock
        self._source = source
        self._database = database
        self._journal = journal
        self._letters = letters
        self._limits = limits

    def waiting(self, connection: Connection, who: str, purpose: Purpose) -> Challenge | None:
        """The code they can still use, if any."""
        found = codes.of(connection, who, purpose)
        if found is None or found.tries >= self._settings.otp_tries or found.expires_at <= self._clock.now():
            return None
        return found

    def prepare(self, connection: Connection, errand: Errand, *, again: bool = False) -> Prepared:
        """Store a new code; the one before is worth nothing.

        Raises:
            RuleBroken: E-OTP-03 when they had their share of codes, E-OTP-04 when it is too soon for `again`.
        """
        now = self._clock.now()
        self.pace.admit(connection, errand.paced_by, again)
        before = codes.of(connection, errand.who, errand.purpose)
        challenge = Challenge(
            errand.who,
            errand.purpose,
            errand.target,
            secret=before.secret if before else one_time_password.new_secret(self._source),
            counter=before.counter + 1 if before else 0,
            tries=0,
            expires_at=now + timedelta(seconds=self._settings.otp_seconds),
        )
        codes.put(connection, challenge)
        codes.note_send(connection, errand.paced_by, now)
        code = one_time_password.code(challenge.secret, challenge.counter, self._settings.otp_digits)
        return Prepared(errand, now, code)

    def deliver(self, prepared: Prepared) -> Notice:
        """Send the code; a gateway that is down costs the person nothing but another press of the button."""
        errand = prepared.errand
        try:
            self._letters.send(errand, prepared.code)
        except GatewayError as trouble:
            with self._database.write() as connection:
                codes.take_back_send(connection, errand.target, prepared.sent_at)
                self._journal.write(connection, "otp.not_sent", errand.who, reason=str(trouble))
            return Notice(Tone.ERROR, trouble.code)
        self._journal.note("otp.sent", errand.who, to=self._letters.masked(errand), purpose=errand.purpose.value)
        return self.sent_notice(errand)

    def deliver_unseen(self, prepared: Prepared) -> None:
        """Send the code of a forgotten password, to a phone if there is one, and tell nobody how it went.

        The phone's own share of codes counts here and not before, where it would tell whether there is a phone.
        """
        errand = prepared.errand
        if not errand.target:
            return
        with self._database.write() as connection:
            if self.pace.waits(connection, errand.target)[1]:
                self._journal.write(connection, "otp.withheld", errand.who)
                return
            codes.note_send(connection, errand.target, prepared.sent_at)
        self.deliver(prepared)

    def sent_notice(self, errand: Errand) -> Notice:
        """That a code is on its way."""
        values: dict[str, object] = {"masked": self._letters.masked(errand), "m": self._settings.otp_minutes}
        return Notice(Tone.INFO, "I-OTP-02" if errand.purpose is Purpose.NEW_EMAIL else "I-OTP", values)

    def judge(
        self, connection: Connection, who: str, purpose: Purpose, typed: str, address: str
    ) -> Challenge | RuleBroken:
        """Use the code up when it is right: the challenge it met. Else count a wrong try: the verdict, not raised.

        Raises:
            TooMany: too many wrong ones came from this address, or for this account.
        """
        self._limits.admit(connection, Limit.WRONG_CODES, address)
        self._limits.admit(connection, Limit.WRONG_CODES_OF_ONE, who)
        challenge = codes.of(connection, who, purpose)
        if challenge is None or challenge.tries >= self._settings.otp_tries:
            return RuleBroken("E-OTP-05")
        if challenge.expires_at <= self._clock.now():
            return RuleBroken("E-OTP-02")
        right = one_time_password.matches(challenge.secret, challenge.counter, typed, self._settings.otp_digits)
        if right and challenge.target:  # a code that went nowhere is nobody's to know
            codes.drop(connection, who, purpose)
            return challenge
        self._limits.count(connection, Limit.WRONG_CODES, address)
        self._limits.count(connection, Limit.WRONG_CODES_OF_ONE, who)
        return self._missed(connection, challenge)

    def timing(self, errand: Errand) -> Timing:
        """How long their code is good, and how long until they may ask for another."""
        with self._database.read() as connection:
            found = self.waiting(connection, errand.who, errand.purpose)
            wait = ceil(max(self.pace.waits(connection, errand.paced_by)).total_seconds())
        left = ceil((found.expires_at - self._clock.now()).total_seconds()) if found else 0
        return Timing(left, wait)

    def _missed(self, connection: Connection, challenge: Challenge) -> RuleBroken:
        codes.count_miss(connection, challenge.who, challenge.purpose)
        left = self._settings.otp_tries - challenge.tries - 1
        self._journal.write(connection, "otp.wrong", challenge.who, tries_left=left)
        if left:
            return RuleBroken("E-OTP-01", n=left)
        return RuleBroken("E-OTP-03", m=whole_minutes(max(self.pace.waits(connection, challenge.paced_by))))
