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
from dataclasses import replace
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
        self._gathered: dict[tuple[Limit, str], Attempts] = {}
        self._gathering = threading.Lock()

    def admit(self, connection: Connection, limit: Limit, whose: str) -> None:
        """Nothing, as long as they have not had their share.

        Raises:
            TooMany: they have; says when the window is over.
        """
        if not self._most[limit]:
            return
        now = self._clock.now()
        parts = (attempts.of(connection, limit.value, whose), self._gathered.get((limit, whose)))
        present = [part for part in parts if part and self._runs(part.since, now)]
        if sum(part.count for part in present) >= self._most[limit]:
            over = min(part.since for part in present) + self._window
            raise TooMany(limit.value, ceil((over - now).total_seconds()))

    def count(self, connection: Connection, limit: Limit, whose: str, times: int = 1) -> None:
        """Once more; a negative number of `times` takes back."""
        if self._most[limit]:
            self._add(connection, Attempts(limit.value, whose, self._clock.now(), times))

    def take(self, connection: Connection, limit: Limit, whose: str) -> None:
        """`admit`, and count it."""
        self.admit(connection, limit, whose)
        self.count(connection, limit, whose)

    def gather(self, limit: Limit, whose: str, times: int = 1) -> None:
        """`count` without a transaction, for what happens all the time; call it outside of one."""
        if not self._most[limit]:
            return
        now, key = self._clock.now(), (limit, whose)
        with self._gathering:
            before = self._gathered.pop(key, None)
            begun = before if before and self._runs(before.since, now) else Attempts(limit.value, whose, now, 0)
            lot = replace(begun, count=begun.count + times)
            ready = [lot] if abs(lot.count) >= LOT else []
            if not ready and lot.count:
                self._gathered[key] = lot
            if len(self._gathered) >= MOST_GATHERED:
                ready += self._gathered.values()
                self._gathered.clear()
        if ready:
            with self._database.write() as connection:
                for one in ready:
                    self._add(connection, one)

    def forget(self) -> None:
        """The store was wiped: what was gathered goes too."""
        with self._gathering:
            self._gathered.clear()

    def _add(self, connection: Connection, more: Attempts) -> None:
        """To the count of the window that runs; else `more` begins one. A count is never less than nothing."""
        now = self._clock.now()
        kept = attempts.hold(connection, more.what, more.whose)
        if kept is not None and self._runs(kept.since, now):
            changed = replace(kept, count=max(0, kept.count + more.count))
        else:
            changed = replace(more, count=max(0, more.count))
        if changed != kept and (kept is not None or changed.count):
            attempts.put(connection, changed, now - self._window)

    def _runs(self, since: datetime, now: datetime) -> bool:
        """Whether a window is not over; one that a clock set back has put in the future is."""
        return since <= now < since + self._window


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
