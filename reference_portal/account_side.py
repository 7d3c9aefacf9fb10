"""The half of the portal that has to do with accounts, put together: who somebody is, and how they prove it."""

from __future__ import annotations

import random

from reference_portal.account_changes import AccountChanges
from reference_portal.account_notices import AccountNotices
from reference_portal.accounts import Accounts
from reference_portal.activation import Activation
from reference_portal.afterwards import Afterwards
from reference_portal.claims import Claims
from reference_portal.clock import Clock
from reference_portal.code_letters import CodeLetters
from reference_portal.drafts import Drafts
from reference_portal.first_secrets import FirstSecrets
from reference_portal.first_start import OwnSecrets
from reference_portal.forgotten import Forgotten
from reference_portal.new_passwords import NewPasswords
from reference_portal.one_time_passwords import OneTimePasswords
from reference_portal.passwords import Passwords
from reference_portal.rate_limits import RateLimits
from reference_portal.settings import PortalSettings
from reference_portal.signing_in import SigningIn
from reference_portal.stays import Stays
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.wires import Wires


class AccountSide:
    """Use cases by the name under which pages ask for them."""

    def __init__(
        self,
        settings: PortalSettings,
        clock: Clock,
        source: random.Random,
        database: Database,
        journal: Journal,
        wires: Wires,
        secrets: OwnSecrets,
        passwords: Passwords,
    ) -> None:
        self.limits = limits = RateLimits(settings, clock, database)
        self.afterwards = afterwards = Afterwards()
        claims = Claims(settings, clock)
        notices = AccountNotices(settings, clock, journal, wires.sms, wires.mail, afterwards)
        letters = CodeLetters(settings, wires.sms, wires.mail)
        codes = OneTimePasswords(settings, clock, source, database, journal, letters, limits)
        self.one_time_passwords = codes
        self.activation = Activation(settings, clock, source, database, journal, wires.mail, limits)
        self.accounts = Accounts(clock, source, database, journal, codes, self.activation, claims, limits)
        self.first_secrets = FirstSecrets(clock, database, journal, passwords)
        self.signing_in = SigningIn(settings, clock, database, journal, passwords, secrets.phrase_key, limits)
        self.stays = Stays(settings, clock, source, database, journal)
        new = NewPasswords(database, journal, passwords, self.stays, notices)
        self.forgotten = Forgotten(
            settings, clock, source, database, journal, self.signing_in, codes, new, afterwards, limits
        )
        self.account_changes = AccountChanges(
            database, journal, self.signing_in, codes, new, self.stays, claims, notices
        )
        self.drafts = Drafts(clock, database)
