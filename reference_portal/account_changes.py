"""Changing what an account is guarded and reached by: password, phone, mailbox. Each asks for the password again.

A new phone or mailbox counts only once the code sent there was typed. What was there before is told.
"""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from reference_portal.account_notices import AccountNotices
from reference_portal.claims import Claims
from reference_portal.errors import RuleBroken, RulesBroken
from reference_portal.new_passwords import NewPasswords
from reference_portal.notices import Notice
from reference_portal.one_time_passwords import OneTimePasswords
from reference_portal.rules.one_time_password import Purpose
from reference_portal.signing_in import SigningIn
from reference_portal.stays import Stays
from reference_portal.storage import accounts
from reference_portal.storage.accounts import Account
from reference_portal.storage.codes import Challenge, Errand
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal


class AccountChanges:
    """For somebody who is signed in; `address` is where they are."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        signing_in: SigningIn,
        one_time_passwords: OneTimePasswords,
        new_passwords: NewPasswords,
        stays: Stays,
        claims: Claims,
        notices: AccountNotices,
    ) -> None:
        self._database = database
        self._journal = journal
        self._signing_in = signing_in
        self._codes = one_time_passwords
        self._new = new_passwords
        self._stays = stays
        self._claims = claims
        self._notices = notices

    def password_faults(self, account: Account, password: str) -> list[RuleBroken]:
        """What speaks against this password."""
        return self._new.faults(account, password)

    def change_password(self, account: Account, present: str, chosen: str, address: str) -> None:
        """Another password; every stay ends, this one too.

        Raises:
            RulesBroken: the rules of passwords say no.
            RuleBroken: E-PWD-05 or E-LOG-02 for the present one.
            TooMany: too many wrong passwords came from this address.
        """
        if broken := self._new.faults(account, chosen):
            raise RulesBroken(broken)
        self._prove(account, present, address)
        self._new.choose(account, chosen, "password.changed")

    def ask(self, account: Account, purpose: Purpose, target: str, password: str, address: str) -> Notice:
        """Send a code to the new phone or mailbox.

        Raises:
            RuleBroken: E-TEL-02 or E-EML-04 when it is the present one, E-EML-03 when it is somebody else's, E-PWD-05
                or E-LOG-02 for the password, E-OTP-03 when too many codes went there.
            TooMany: too many wrong passwords came from this address.
        """
        self._prove(account, password, address)
        with self._database.write() as connection:
            self._admit(connection, account, purpose, target)
            prepared = self._codes.prepare(connection, Errand(account.id, purpose, target))
        return self._codes.deliver(prepared)

    def waiting(self, account: Account, purpose: Purpose) -> Challenge | None:
        """The change that waits for its code."""
        with self._database.read() as connection:
            return self._codes.waiting(connection, account.id, purpose)

    def send_again(self, account: Account, purpose: Purpose) -> Notice | None:
        """Another code to where the last one went; None when nothing waits for one.

        Raises:
            RuleBroken: E-OTP-03 or E-OTP-04 when it is too soon.
        """
        with self._database.write() as connection:
            waiting = self._codes.waiting(connection, account.id, purpose)
            if waiting is None:
                return None
            prepared = self._codes.prepare(connection, Errand(account.id, purpose, waiting.target), again=True)
        return self._codes.deliver(prepared)

    def confirm(self, account: Account, purpose: Purpose, typed: str, address: str) -> None:
        """Take the code: the phone or mailbox counts from now on, every stay ends, and the old one is told.

        Raises:
            RuleBroken: E-OTP-01, -02, -03 or -05, a wrong try has been counted; E-EML-03 when somebody was first.
            TooMany: too many wrong codes came from this address, or for this account.
        """
        try:
            with self._database.write() as connection:
                taken = self._codes.judge(connection, account.id, purpose, typed, address)
                if not isinstance(taken, RuleBroken):
                    self._change(connection, account, taken)
        except IntegrityError as first:  # somebody registered with the same mailbox meanwhile
            raise RuleBroken("E-EML-03") from first
        if isinstance(taken, RuleBroken):
            raise taken
        if purpose is Purpose.NEW_PHONE:
            self._notices.phone_changed(account)
        else:
            self._notices.email_changed(account, taken.target)

    def _change(self, connection: Connection, account: Account, taken: Challenge) -> None:
        if taken.purpose is Purpose.NEW_PHONE:
            accounts.set_mobile(connection, account.id, taken.target)
        else:
            self._admit(connection, account, taken.purpose, taken.target)
            self._claims.clear(connection, "", taken.target)
            accounts.set_email(connection, account.id, taken.target)
        self._stays.end_everywhere(connection, account.id)
        self._journal.write(connection, "account.changed", account.id, what=taken.purpose.value)

    def _admit(self, connection: Connection, account: Account, purpose: Purpose, target: str) -> None:
        if target in (account.mobile, account.email):
            raise RuleBroken("E-TEL-02" if purpose is Purpose.NEW_PHONE else "E-EML-04")
        if purpose is Purpose.NEW_EMAIL and (refusals := self._claims.refusals(connection, "", target, ())):
            raise refusals[0]

    def _prove(self, account: Account, password: str, address: str) -> None:
        try:
            self._signing_in.check(account.id, password, address)
        except RuleBroken as refused:
            raise RuleBroken("E-PWD-05") if refused.code == "E-LOG-01" else refused from refused
