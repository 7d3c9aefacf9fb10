"""The code that proves a phone (L04): sent by SMS, used once, few tries, few sends, short life."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Connection

from reference_portal import messages
from reference_portal.clock import Clock
from reference_portal.errors import GatewayError, RuleBroken
from reference_portal.notices import Notice, Tone
from reference_portal.rules import one_time_password
from reference_portal.rules.contact import masked_mobile
from reference_portal.settings import PortalSettings
from reference_portal.storage import codes
from reference_portal.storage.accounts import Account
from reference_portal.storage.codes import Challenge
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.wires import SmsWire


@dataclass(frozen=True)
class Prepared:
    """A code that is stored and has to be sent."""

    account_id: str
    mobile: str
    sent_at: datetime
    code: str


class OneTimePasswords:
    """Stores the code inside the caller's transaction, sends it outside: no lock is held while a gateway thinks."""

    def __init__(
        self,
        settings: PortalSettings,
        clock: Clock,
        source: random.Random,
        database: Database,
        journal: Journal,
        sms: SmsWire,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._source = source
        self._database = database
        self._journal = journal
        self._sms = sms

    def waiting(self, connection: Connection, account_id: str) -> Challenge | None:
        """The code the account can still use, if any."""
        found = codes.of(connection, account_id)
        if found is None or found.tries >= self._settings.otp_tries or found.expires_at <= self._clock.now():
            return None
        return found

    def prepare(self, connection: Connection, account: Account, *, again: bool = False) -> Prepared:
        """Store a new code; the one before is worth nothing.

        Raises:
            RuleBroken: E-OTP-03 when the number had its share of codes, E-OTP-04 when it is too soon for `again`.
        """
        now = self._clock.now()
        self._admit(connection, account.mobile, again)
        before = codes.of(connection, account.id)
        challenge = Challenge(
            account_id=account.id,
            secret=before.secret if before else one_time_password.new_secret(self._source),
            counter=before.counter + 1 if before else 0,
            tries=0,
            expires_at=now + timedelta(seconds=self._settings.otp_seconds),
        )
        codes.put(connection, challenge)
        codes.note_send(connection, account.mobile, now)
        code = one_time_password.code(challenge.secret, challenge.counter, self._settings.otp_digits)
        return Prepared(account.id, account.mobile, now, code)

    def deliver(self, prepared: Prepared) -> Notice:
        """Send the code; a gateway that is down costs the person nothing but another press of the button."""
        minutes = self._settings.otp_minutes
        try:
            self._sms.send(prepared.mobile, messages.text("SMS-OTP", code=prepared.code, m=minutes))
        except GatewayError as trouble:
            with self._database.write() as connection:
                codes.take_back_send(connection, prepared.mobile, prepared.sent_at)
                self._journal.write(connection, "otp.not_sent", prepared.account_id, reason=str(trouble))
            return Notice(Tone.ERROR, "E-SMS")
        self._journal.note("otp.sent", prepared.account_id, mobile=masked_mobile(prepared.mobile))
        return self.sent_notice(prepared.mobile)

    def sent_notice(self, mobile: str) -> Notice:
        """That a code is on its way."""
        values: dict[str, object] = {"masked": masked_mobile(mobile), "m": self._settings.otp_minutes}
        return Notice(Tone.INFO, "I-OTP", values)

    def judge(self, connection: Connection, account: Account, typed: str) -> RuleBroken | None:
        """Take the code when it is right and None is wrong with it; count a wrong try. The verdict, not raised."""
        challenge = codes.of(connection, account.id)
        if challenge is None or challenge.tries >= self._settings.otp_tries:
            return RuleBroken("E-OTP-05")
        if challenge.expires_at <= self._clock.now():
            return RuleBroken("E-OTP-02")
        if one_time_password.matches(challenge.secret, challenge.counter, typed, self._settings.otp_digits):
            codes.drop(connection, account.id)
            return None
        codes.count_miss(connection, account.id)
        left = self._settings.otp_tries - challenge.tries - 1
        self._journal.write(connection, "otp.wrong", account.id, tries_left=left)
        if left:
            return RuleBroken("E-OTP-01", n=left)
        return RuleBroken("E-OTP-03", m=_minutes(max(self._waits(connection, account.mobile))))

    def seconds_to_next(self, account: Account) -> int:
        """How long until the person may ask for another code; 0 when now."""
        with self._database.read() as connection:
            return ceil(max(self._waits(connection, account.mobile)).total_seconds())

    def _admit(self, connection: Connection, mobile: str, again: bool) -> None:
        rest, share = self._waits(connection, mobile)
        if share:
            raise RuleBroken("E-OTP-03", m=_minutes(share))
        if again and rest:
            raise RuleBroken("E-OTP-04", n=ceil(rest.total_seconds()))

    def _waits(self, connection: Connection, mobile: str) -> tuple[timedelta, timedelta]:
        """How long until the pause after the last code is over, and until the number has not had its share."""
        now = self._clock.now()
        window = timedelta(minutes=self._settings.otp_sends_minutes)
        sends = codes.sends_between(connection, mobile, now - window, now)
        rest = sends[-1] + timedelta(seconds=self._settings.otp_resend_seconds) if sends else now
        share = sends[-self._settings.otp_sends] + window if len(sends) >= self._settings.otp_sends else now
        return max(rest - now, timedelta()), max(share - now, timedelta())


def _minutes(span: timedelta) -> int:
    return max(1, ceil(span.total_seconds() / 60))
