"""Another password for an account that has one: what may be chosen, and what ends with the old one."""

from __future__ import annotations

from sqlalchemy import Connection

from reference_portal.account_notices import AccountNotices
from reference_portal.errors import RuleBroken
from reference_portal.passwords import Passwords
from reference_portal.rules import credentials
from reference_portal.rules.one_time_password import Purpose
from reference_portal.stays import Stays
from reference_portal.storage import accounts, codes, grants, sign_ins
from reference_portal.storage.accounts import Account
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.storage.sign_ins import WrongPasswords


class NewPasswords:
    """The phrase stays what it is: the password has to go with it."""

    def __init__(
        self, database: Database, journal: Journal, passwords: Passwords, stays: Stays, notices: AccountNotices
    ) -> None:
        self._database = database
        self._journal = journal
        self._passwords = passwords
        self._stays = stays
        self._notices = notices

    def faults(self, account: Account, password: str) -> list[RuleBroken]:
        """What speaks against this password for this person."""
        return credentials.password_faults(
            password, identity_number=account.identity_number, phrase=account.secret_phrase or ""
        )

    def choose(self, account: Account, password: str, kind: str, grant: str | None = None) -> bool:
        """Replace the password: every stay ends, a lock is lifted, unused codes and grants die, its owner is told.

        Args:
            account: whose.
            password: against which `faults` had nothing.
            kind: the journal's word for how it came about.
            grant: hash of the token it is chosen by; False when that was used in the same moment.
        """
        hashed = self._passwords.hash(password)  # slow: no lock is held
        with self._database.write() as connection:
            accounts.hold(connection, account.id)
            if grant is not None and grants.of(connection, grant) is None:
                return False
            self._replace(connection, account, hashed)
            self._journal.write(connection, kind, account.id)
        self._notices.password_changed(account)
        return True

    def _replace(self, connection: Connection, account: Account, hashed: str) -> None:
        accounts.set_password(connection, account.id, hashed)
        self._stays.end_everywhere(connection, account.id)
        sign_ins.set_wrong(connection, WrongPasswords(account.id, 0, None))
        codes.drop(connection, account.id, Purpose.FORGOTTEN)
        grants.drop_all(connection, account.id)
