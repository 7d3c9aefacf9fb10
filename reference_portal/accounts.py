"""Coming to an account: registering (L03) and proving the phone (L04). How it is finished: `first_secrets.py`."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from reference_portal.account_state import AccountEvent, AccountState, move
from reference_portal.activation import Activation
from reference_portal.claims import Claims
from reference_portal.clock import Clock
from reference_portal.errors import RuleBroken, RulesBroken
from reference_portal.notices import Notice
from reference_portal.one_time_passwords import OneTimePasswords
from reference_portal.rate_limits import Limit, RateLimits
from reference_portal.rules.identity_number import IdentityNumber
from reference_portal.rules.one_time_password import Purpose
from reference_portal.storage import accounts
from reference_portal.storage.accounts import Account
from reference_portal.storage.codes import Errand
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.tokens import handle


@dataclass(frozen=True)
class Registration:
    """What the account form asks for, each value already parsed."""

    full_name: str
    card: IdentityNumber
    email: str
    mobile: str


class Accounts:
    """One account for each identity number and for each e-mail; an unfinished one may be begun again."""

    def __init__(
        self,
        clock: Clock,
        source: random.Random,
        database: Database,
        journal: Journal,
        one_time_passwords: OneTimePasswords,
        activation: Activation,
        claims: Claims,
        limits: RateLimits,
    ) -> None:
        self._claims = claims
        self._limits = limits
        self._clock = clock
        self._source = source
        self._database = database
        self._journal = journal
        self._codes = one_time_passwords
        self._activation = activation

    def register(self, registration: Registration, address: str, own: Collection[str] = ()) -> tuple[str, Notice]:
        """Begin an account and send its one-time password; the account's id and what to tell.

        Args:
            registration: the form.
            address: where it was sent from.
            own: ids of unfinished accounts this browser began: they give way at any time.

        Raises:
            RulesBroken: E-IC-05, E-IC-06 or E-EML-03 when somebody else has the number or the e-mail.
            RuleBroken: E-OTP-03 when the phone had its share of codes.
            TooMany: too much was begun from this address, or refused as taken.
        """
        try:
            with self._database.write() as connection:
                begun = self._begun_already(connection, registration)
                if begun is not None:  # the second click of the same form: one account, one message
                    return begun.id, self._codes.sent_notice(_errand(begun))
                account = self._begin(connection, registration, own)
                self._limits.take(connection, Limit.REGISTRATIONS, address)
                prepared = self._codes.prepare(connection, _errand(account))
        except IntegrityError as taken:  # another process registered the same person in between
            raise RuleBroken("E-IC-05") from taken
        return account.id, self._codes.deliver(prepared)

    def taken(
        self, card: IdentityNumber | None, email: str | None, address: str, own: Collection[str] = ()
    ) -> Sequence[RuleBroken]:
        """What `register` will say of a number and an e-mail that somebody else has.

        Raises:
            TooMany: too much was begun from this address, or refused as taken: nobody tries out who has an account.
        """
        with self._database.read() as connection:
            self._limits.admit(connection, Limit.REGISTRATIONS, address)
            refusals = self._claims.refusals(connection, card.digits if card else "", email or "", own)
        if refusals:
            with self._database.write() as connection:
                self._limits.count(connection, Limit.REGISTRATIONS, address)
        return refusals

    def find(self, account_id: str) -> Account | None:
        """The account with this id."""
        with self._database.read() as connection:
            return accounts.of(connection, account_id)

    def send_code_again(self, account_id: str) -> Notice | None:
        """Another one-time password for an account that still waits for one; None when it does not.

        Raises:
            RuleBroken: E-OTP-03 or E-OTP-04 when it is too soon.
        """
        with self._database.write() as connection:
            account = accounts.of(connection, account_id)
            if account is None or account.state is not AccountState.AWAITING_OTP:
                return None
            prepared = self._codes.prepare(connection, _errand(account), again=True)
        return self._codes.deliver(prepared)

    def confirm_mobile(self, account_id: str, typed: str, address: str) -> Notice | None:
        """Take the one-time password and send the activation link; None when the account waits for no code.

        Raises:
            RuleBroken: E-OTP-01, -02, -03 or -05; a wrong try has been counted.
            TooMany: too many wrong ones came from this address, or for this account.
        """
        with self._database.write() as connection:
            account = accounts.of(connection, account_id)
            if account is None or account.state is not AccountState.AWAITING_OTP:
                return None
            taken = self._codes.judge(connection, account.id, Purpose.REGISTER, typed, address)
            if not isinstance(taken, RuleBroken):
                self._limits.count(connection, Limit.REGISTRATIONS, address, -1)  # a person, and no flood
                after = move(account.state, AccountEvent.CONFIRM_MOBILE)
                accounts.move(connection, account.id, account.state, after)
                self._journal.write(connection, "mobile.confirmed", account.id)
                letter = self._activation.prepare(connection, account)
        if isinstance(taken, RuleBroken):
            raise taken
        return self._activation.deliver(letter, "I-REG")

    def _begun_already(self, connection: Connection, registration: Registration) -> Account | None:
        found = accounts.with_identity(connection, registration.card.digits)
        if found is None or found.state is not AccountState.AWAITING_OTP:
            return None
        same = (found.full_name, found.email, found.mobile) == (
            registration.full_name,
            registration.email,
            registration.mobile,
        )
        return found if same and self._codes.waiting(connection, found.id, Purpose.REGISTER) else None

    def _begin(self, connection: Connection, registration: Registration, own: Collection[str]) -> Account:
        number, email = registration.card.digits, registration.email
        if broken := self._claims.refusals(connection, number, email, own):
            raise RulesBroken(broken)
        self._claims.clear(connection, number, email)
        account = Account(
            id=handle(self._source),
            identity_number=registration.card.digits,
            birth_date=registration.card.birth_date,
            email=registration.email,
            mobile=registration.mobile,
            full_name=registration.full_name,
            state=AccountState.AWAITING_OTP,
            created_at=self._clock.now(),
        )
        accounts.add(connection, account)
        self._journal.write(connection, "account.registered", account.id)
        return account


def _errand(account: Account) -> Errand:
    return Errand(account.id, Purpose.REGISTER, account.mobile)
