"""The worker that asks when FPX is silent: the official way out when no AC arrives (AE).

At the start it asks about every order that is on its way, whatever its times say, because an AC may have come while the
portal was down and the clock may stand earlier than before.
Then it looks again by the portal's clock: orders are asked about when it is time (`rules/asking.py`), orders that never
left the portal or that FPX has never seen are over once they are too old. A clock that is held stops it, one that jumps
wakes it. While FPX does not answer at all, it is asked ever more seldom, in real seconds: that is no matter of the
portal's clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from reference_portal.beside import Beside
from reference_portal.clock import Clock
from reference_portal.enquiries import Enquiries
from reference_portal.errors import Forged, GatewayError
from reference_portal.rules.asking import looks_to_rest
from reference_portal.rules.order import OrderState
from reference_portal.settings import PortalSettings
from reference_portal.settlement import Settlement
from reference_portal.storage import orders
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.storage.orders import Order

MOST = 50
"""Orders asked about in a round after the first: each has its turn, and what is too old is not kept waiting."""
ENOUGH = 3
"""Orders in a row FPX says nothing about before it is taken to be down. One alone may be the message's own fault."""
LONGEST_REST = 60
"""Looks, of a second each, between two rounds while FPX is down."""


class Reconciler:
    """Runs beside the pages on a thread of its own."""

    def __init__(
        self,
        settings: PortalSettings,
        clock: Clock,
        database: Database,
        journal: Journal,
        settlement: Settlement,
        enquiries: Enquiries,
    ) -> None:
        self._pause = timedelta(seconds=settings.reconcile_seconds)
        self._too_old = timedelta(minutes=settings.order_timeout_minutes)
        self._clock = clock
        self._database = database
        self._journal = journal
        self._settlement = settlement
        self._enquiries = enquiries
        self._last: datetime | None = None
        self._answered = False
        self._failures = self._rest = 0
        self._beside = Beside("reconciler", self.look)
        self.start, self.stop = self._beside.start, self._beside.stop

    def run_once(self, *, everything: bool = False) -> bool:
        """One round; `everything` asks about each order, due or not. False when FPX answered about none."""
        now = self._clock.now()
        with self._database.read() as connection:
            forgotten = orders.never_sent(connection, now - self._too_old, MOST)
            waiting = orders.on_their_way(connection) if everything else orders.unanswered(connection, now, MOST)
        for order in forgotten:
            self._settlement.expire(order)
        return self._ask_about(waiting, now)

    def look(self) -> None:
        """What the thread does each second: a round when it is time for one."""
        if self._rest:
            self._rest -= 1
            return
        now = self._clock.now()
        first = not self._answered
        if self._last is None or first or now - self._last >= self._pause or now < self._last:
            self._last = now
            self._answered = self.run_once(everything=first)
            self._failures = 0 if self._answered else self._failures + 1
            self._rest = looks_to_rest(self._failures, LONGEST_REST)

    def _ask_about(self, waiting: Sequence[Order], now: datetime) -> bool:
        silent = answered = 0
        for order in waiting:
            if self._beside.stopping.is_set():
                return True
            if self._ask(order, now):
                silent, answered = 0, answered + 1
            else:
                silent += 1
            if silent == ENOUGH:
                break
        return answered > 0 or silent == 0

    def _ask(self, order: Order, now: datetime) -> bool:
        try:
            told = self._enquiries.ask(order)
        except Forged as forged:  # about this order alone: the others are asked about all the same
            self._journal.note("ae.forged", order.order_number, reason=forged.reason[:200])
            return True
        except GatewayError as trouble:
            self._journal.note("ae.failed", order.order_number, reason=str(trouble))
            return False
        unseen = told.state is OrderState.SENT and now - (told.sent_at or told.placed_at) >= self._too_old
        if unseen:  # FPX answers 76 for an AR that never reached it: the buyer left before the bank
            self._settlement.expire(told)
        return True
