"""Whose an identity number and an e-mail are while an account is not finished.

Until the secrets are set nobody has proved to be the person. So an unfinished account gives way to another attempt,
else a number typed wrong would shut its holder out; but not to a stranger's while its own steps can still be taken:
before the one-time password has expired, and after it was used as long as the activation link lives. Whoever began in
the same browser may begin again at any time (PORTAL-32).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection

from reference_portal.account_state import AccountState
from reference_portal.clock import Clock
from reference_portal.errors import RuleBroken
from reference_portal.rules.one_time_password import Purpose
from reference_portal.settings import PortalSettings
from reference_portal.storage import accounts, codes, links
from reference_portal.storage.accounts import Account


class Claims:
    """Reads and clears inside the caller's transaction."""

    def __init__(self, settings: PortalSettings, clock: Clock) -> None:
        self._link_life = timedelta(hours=settings.activation_hours)
        self._clock = clock

    def refusals(self, connection: Connection, number: str, email: str, own: Collection[str]) -> list[RuleBroken]:
        """Why this number and this address cannot be registered now; nothing when they can.

        Args:
            connection: the caller's transaction.
            number: twelve digits; empty when it is not known yet.
            email: the address; empty when it is not known yet.
            own: ids of the accounts the asking browser began itself.
        """
        broken: list[RuleBroken] = []
        for rival in accounts.rivals(connection, number, email):
            until = self._held_until(connection, rival)
            finished = rival.state is AccountState.ACTIVE
            if not finished and (rival.id in own or until <= self._clock.now()):
                continue
            if rival.identity_number == number:
                broken.append(RuleBroken("E-IC-05") if finished else RuleBroken("E-IC-06", masa=until))
            if rival.email == email:
                broken.append(RuleBroken("E-EML-03"))
        return broken

    def clear(self, connection: Connection, number: str, email: str) -> None:
        """Forget the unfinished accounts that give way; `refusals` had nothing against it."""
        for rival in accounts.rivals(connection, number, email):
            codes.drop_all(connection, rival.id)
            accounts.forget(connection, rival)

    def _held_until(self, connection: Connection, account: Account) -> datetime:
        if account.state is AccountState.AWAITING_OTP:
            challenge = codes.of(connection, account.id, Purpose.REGISTER)
            return challenge.expires_at if challenge else account.created_at
        # a link that the mail server never took was not kept: the account has the time it would have had
        begun = account.created_at + self._link_life
        return max(links.live_until(connection, account.id) or begun, begun)
