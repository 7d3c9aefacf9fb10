"""The link that proves a mailbox (L05, L06): sent by mail, used once, by a button and never by a mail scanner."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from sqlalchemy import Connection

from reference_portal.account_state import AccountEvent, AccountState, move
from reference_portal.clock import Clock
from reference_portal.code_pace import whole_minutes
from reference_portal.errors import GatewayError, RuleBroken
from reference_portal.notices import Notice, Tone
from reference_portal.rate_limits import Limit, RateLimits
from reference_portal.settings import PortalSettings
from reference_portal.storage import accounts, links
from reference_portal.storage.accounts import Account
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.storage.links import Link
from reference_portal.tokens import digest, handle
from reference_portal.wires import MailWire

_CAN_OPEN = (AccountState.AWAITING_LINK, AccountState.AWAITING_SECRETS)


class Standing(Enum):
    """What a link is worth now."""

    GOOD = "good"
    EXPIRED = "expired"
    WORTHLESS = "worthless"


@dataclass(frozen=True)
class Letter:
    """A link that is stored and has to be sent. Its token is the account's only key until the secrets are set."""

    account: Account
    token: str


@dataclass(frozen=True)
class Glance:
    """A link as looking at it shows it; `renewable` when its holder may ask for another."""

    standing: Standing
    renewable: bool


class Activation:
    """Stores the link inside the caller's transaction, then sends it outside; looking at a link changes nothing."""

    def __init__(
        self,
        settings: PortalSettings,
        clock: Clock,
        source: random.Random,
        database: Database,
        journal: Journal,
        mail: MailWire,
        limits: RateLimits,
    ) -> None:
        self._limits = limits
        self._settings = settings
        self._clock = clock
        self._source = source
        self._database = database
        self._journal = journal
        self._mail = mail

    def prepare(self, connection: Connection, account: Account) -> Letter:
        """Store a new link."""
        now = self._clock.now()
        token = handle(self._source)
        expires = now + timedelta(hours=self._settings.activation_hours)
        links.add(connection, Link(digest(token), account.id, now, expires))
        return Letter(account, token)

    def deliver(self, letter: Letter, said: str) -> Notice:
        """Mail the link; `said` is the notice's code when the mail server took it."""
        # The address comes from the settings, never from the request: a forged Host header must not reach a mail.
        link = f"{self._settings.public_url.rstrip('/')}/activate/{letter.token}"
        account = letter.account
        try:
            self._mail.send(
                account.email,
                "activate_account",
                full_name=account.full_name,
                link=link,
                hours=self._settings.activation_hours,
            )
        except GatewayError as trouble:
            with self._database.write() as connection:
                links.drop(connection, digest(letter.token))
                self._journal.write(connection, "link.not_sent", account.id, reason=str(trouble))
            return Notice(Tone.ERROR, "E-MAIL")
        self._journal.note("link.sent", account.id)
        return Notice(Tone.SUCCESS, said)

    def send_again(self, account_id: str) -> Notice | None:
        """Another link for an account that still waits for one; None when it does not.

        Raises:
            RuleBroken: E-OTP-03 when the mailbox had its share of links.
        """
        with self._database.write() as connection:
            account = accounts.of(connection, account_id)
            if account is None or account.state not in _CAN_OPEN:
                return None
            self._admit(connection, account.id)
            letter = self.prepare(connection, account)
        return self.deliver(letter, "I-LINK")

    def glance(self, token: str, address: str) -> Glance:
        """What the link is worth; nothing changes but the count of links nobody was ever sent.

        Raises:
            TooMany: too many of those came from this address.
        """
        with self._database.read() as connection:
            self._limits.admit(connection, Limit.WRONG_LINKS, address)
            known = links.of(connection, digest(token)) is not None
            glance = self._glance(connection, token)
        if not known:
            with self._database.write() as connection:
                self._limits.count(connection, Limit.WRONG_LINKS, address)
        return glance

    def owner(self, token: str) -> str | None:
        """The account a link was sent for, whatever the link is worth now."""
        with self._database.read() as connection:
            link = links.of(connection, digest(token))
            return link.account_id if link else None

    def open(self, token: str, address: str) -> str:
        """Use the link: the id of the account that may now set its secrets.

        Raises:
            RuleBroken: E-ACT-01 when it has expired, E-ACT-02 when it was used or never existed.
            TooMany: too many links nobody was ever sent came from this address (`glance` counts them).
        """
        with self._database.write() as connection:
            self._limits.admit(connection, Limit.WRONG_LINKS, address)
            standing = self._glance(connection, token).standing
            if standing is not Standing.GOOD:
                raise RuleBroken("E-ACT-01" if standing is Standing.EXPIRED else "E-ACT-02")
            link = links.of(connection, digest(token))
            account = accounts.of(connection, link.account_id) if link else None
            if link is None or account is None:
                raise RuleBroken("E-ACT-02")
            links.use_all(connection, account.id, self._clock.now())
            accounts.move(connection, account.id, account.state, move(account.state, AccountEvent.OPEN_LINK))
            self._journal.write(connection, "link.opened", account.id)
            return account.id

    def _glance(self, connection: Connection, token: str) -> Glance:
        link = links.of(connection, digest(token))
        account = accounts.of(connection, link.account_id) if link else None
        if link is None or account is None or account.state not in _CAN_OPEN:
            return Glance(Standing.WORTHLESS, renewable=False)
        if link.used_at is not None:
            return Glance(Standing.WORTHLESS, renewable=True)
        expired = link.expires_at <= self._clock.now()
        return Glance(Standing.EXPIRED if expired else Standing.GOOD, renewable=True)

    def _admit(self, connection: Connection, account_id: str) -> None:
        now = self._clock.now()
        window = timedelta(minutes=self._settings.otp_sends_minutes)
        sends = links.sends_between(connection, account_id, now - window, now)
        wait = sends[-self._settings.otp_sends] + window - now if len(sends) >= self._settings.otp_sends else None
        if wait:
            raise RuleBroken("E-OTP-03", m=whole_minutes(wait))
