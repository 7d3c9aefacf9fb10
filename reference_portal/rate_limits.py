"""How often somebody may fail, or ask for what costs something, before they have to wait.

What is counted is what an attacker makes much of and a person little: failures, and what was begun and never finished.
A registration whose phone is confirmed is taken back from the count, and so is an identity number that is signed in
with, so that a crowd behind one address, or a load run, is never in the way of itself.

A count lives for a window that begins with the first time (settings `limit_minutes`), in the store, by the portal's
clock. Signing in writes nothing for it: what happens there all the time is gathered in memory and handed over in lots.
"""

from __future__ import annotations

import ipaddress
import threading
from collections import Counter
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from sqlalchemy import Connection

from reference_portal.clock import Clock
from reference_portal.errors import TooMany
from reference_portal.settings import PortalSettings
from reference_portal.storage import attempts
from reference_portal.storage.attempts import Attempts
from reference_portal.storage.database import Database

LOT = 20
"""Gathered in memory before it is handed over; a portal that is killed forgets fewer than that for an address."""
MOST_GATHERED = 10_000
"""Addresses with a lot in the making; then all of them are handed over."""


class Limit(StrEnum):
    """What is counted, by the name of the setting that says how often it may be."""

    REGISTRATIONS = "registrations_per_address"
    PHRASES = "phrases_per_address"
    WRONG_PASSWORDS = "wrong_passwords_per_address"
    WRONG_CODES = "wrong_codes_per_address"
    WRONG_CODES_OF_ONE = "wrong_codes_per_account"
    FORGOTTEN = "forgotten_per_address"
    WRONG_LINKS = "wrong_links_per_address"
    WRONG_SEALS = "wrong_seals_per_address"


class RateLimits:
    """Counts inside the caller's transaction."""

    def __init__(self, settings: PortalSettings, clock: Clock, database: Database) -> None:
        self._most: dict[Limit, int] = {limit: getattr(settings, limit.value) for limit in Limit}
        self._window = timedelta(minutes=settings.limit_minutes)
        self._clock = clock
        self._database = database
        self._gathered: Counter[tuple[Limit, str]] = Counter()
        self._gathering = threading.Lock()

    def admit(self, connection: Connection, limit: Limit, whose: str) -> None:
        """Nothing, as long as they have not had their share.

        Raises:
            TooMany: they have; says when the window is over.
        """
        if not self._most[limit]:
            return
        now = self._clock.now()
        counted = self._present(attempts.of(connection, limit.value, whose), limit, whose, now)
        if counted.count + self._gathered[limit, whose] >= self._most[limit]:
            raise TooMany(f"{limit.value}", ceil((counted.since + self._window - now).total_seconds()))

    def count(self, connection: Connection, limit: Limit, whose: str, times: int = 1) -> None:
        """Once more; a negative number of `times` takes back."""
        if not self._most[limit]:
            return
        now = self._clock.now()
        counted = self._present(attempts.hold(connection, limit.value, whose), limit, whose, now)
        changed = Attempts(counted.what, counted.whose, counted.since, max(0, counted.count + times))
        if changed != counted:
            attempts.put(connection, changed, now - self._window)

    def take(self, connection: Connection, limit: Limit, whose: str) -> None:
        """`admit`, and count it."""
        self.admit(connection, limit, whose)
        self.count(connection, limit, whose)

    def gather(self, limit: Limit, whose: str, times: int = 1) -> None:
        """`count` without a transaction, for what happens all the time; call it outside of one."""
        if not self._most[limit]:
            return
        with self._gathering:
            self._gathered[limit, whose] += times
            ready = abs(self._gathered[limit, whose]) >= LOT
            if not self._gathered[limit, whose]:
                del self._gathered[limit, whose]
            full = len(self._gathered) >= MOST_GATHERED
            lots = {(limit, whose): self._gathered.pop((limit, whose))} if ready else {}
            if full:
                lots |= dict(self._gathered)
                self._gathered.clear()
        if lots:
            with self._database.write() as connection:
                for (what, who), lot in lots.items():
                    self.count(connection, what, who, lot)

    def _present(self, kept: Attempts | None, limit: Limit, whose: str, now: datetime) -> Attempts:
        """The count in its window; a new one when that is over, or when a clock set back has put it in the future."""
        if kept is None or not kept.since <= now < kept.since + self._window:
            return Attempts(limit.value, whose, now, 0)
        return kept


def address_of(remote: str | None) -> str:
    """Under what name an address is counted: IPv6 by its network, of which one household has all the addresses."""
    try:
        address = ipaddress.ip_address((remote or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return str(ipaddress.ip_network((address, 64), strict=False))
        return str(address.ipv4_mapped)
    return str(address)
