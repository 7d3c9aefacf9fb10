"""Finishing an account (L07): Ungkapan Rahsia and Kata Laluan, chosen by whoever opened the link."""

from __future__ import annotations

from dataclasses import dataclass

from reference_portal.account_state import AccountEvent, AccountState, move
from reference_portal.clock import Clock
from reference_portal.errors import RuleBroken, RulesBroken
from reference_portal.passwords import Passwords
from reference_portal.rules import credentials
from reference_portal.storage import accounts
from reference_portal.storage.accounts import Account
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal


@dataclass(frozen=True)
class Secrets:
    """What the person chose."""

    secret_phrase: str
    password: str


class FirstSecrets:
    """From then on the account can be signed in to."""

    def __init__(self, clock: Clock, database: Database, journal: Journal, passwords: Passwords) -> None:
        self._clock = clock
        self._database = database
        self._journal = journal
        self._passwords = passwords

    def faults(self, account: Account, chosen: Secrets) -> list[RuleBroken]:
        """Everything the rules have against this phrase and password for this person."""
        person = (account.identity_number, account.full_name, account.email)
        return credentials.faults(chosen.secret_phrase, chosen.password, *person)

    def set(self, account_id: str, chosen: Secrets) -> bool:
        """Finish the account; False when it was not waiting for this (a second click, a link opened long ago).

        Raises:
            RulesBroken: rules of the phrase or of the password say no.
        """
        with self._database.read() as connection:
            account = accounts.of(connection, account_id)
        if account is None or account.state is not AccountState.AWAITING_SECRETS:
            return False
        if broken := self.faults(account, chosen):
            raise RulesBroken(broken)
        phrase = credentials.kept_phrase(chosen.secret_phrase)
        hashed = self._passwords.hash(chosen.password)  # slow: no lock is held
        with self._database.write() as connection:
            after = move(account.state, AccountEvent.SET_SECRETS)
            if not accounts.move(connection, account_id, account.state, after):
                return False
            accounts.finish(connection, account_id, phrase, hashed, self._clock.now())
            self._journal.write(connection, "account.activated", account_id)
        return True
