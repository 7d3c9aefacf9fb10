"""Asking FPX what became of an order (AE): by the reconciler, or by a buyer who presses **Semak status**."""

from __future__ import annotations

from datetime import datetime, timedelta

from reference_portal.clock import Clock
from reference_portal.errors import GatewayError, NotHere
from reference_portal.notices import Notice, Tone
from reference_portal.payments import payment_of
from reference_portal.rules.order import OrderState
from reference_portal.rules.payment_time import seconds_to_next_check
from reference_portal.settings import PortalSettings
from reference_portal.settlement import Settlement
from reference_portal.storage import accounts, orders
from reference_portal.storage.accounts import Account
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.storage.orders import Order
from reference_portal.wires import FpxWire


class Enquiries:
    """Whatever FPX answers is settled like an AC."""

    def __init__(
        self,
        settings: PortalSettings,
        clock: Clock,
        database: Database,
        journal: Journal,
        fpx: FpxWire,
        settlement: Settlement,
    ) -> None:
        self._patience = settings.patience
        self._pause = timedelta(seconds=settings.check_seconds)
        self._clock = clock
        self._database = database
        self._journal = journal
        self._fpx = fpx
        self._settlement = settlement

    def ask(self, order: Order, account: Account | None = None) -> Order:
        """Ask FPX what became of the order and believe the answer.

        Raises:
            GatewayError: FPX does not answer, or not about this order.
        """
        account = account or self._owner(order)
        try:
            said = self._fpx.enquire(payment_of(order, account))
        except GatewayError:
            with self._database.write() as connection:
                orders.put_off(connection, order.order_number, self._next_ask(order))
            raise
        with self._database.write() as connection:
            orders.note_asked(connection, order.order_number, self._clock.now(), self._next_ask(order))
        return self._settlement.settle(said, "AE")

    def check(self, account: Account, order: Order) -> Notice | None:
        """**Semak status**: ask FPX on the buyer's behalf, unless it was asked seconds ago.

        What to tell beside what the order's page says anyhow: each press is answered.
        """
        if order.state not in (OrderState.SENT, OrderState.PENDING):
            return None
        if wait := seconds_to_next_check(order.asked_at, self._clock.now(), self._pause):
            return Notice(Tone.INFO, "I-PAY-C", {"masa": order.asked_at, "n": wait})
        try:
            told = self.ask(order, account)
        except GatewayError as trouble:
            self._journal.note("ae.failed", order.order_number, reason=str(trouble))
            return Notice(Tone.ERROR, "E-PAY-10")
        if told.state is OrderState.SENT:  # FPX has never seen it (76): the buyer left before the bank
            return Notice(Tone.INFO, "E-PAY-07")
        asked = {"masa": self._clock.now(), "n": self._pause.seconds}
        return Notice(Tone.INFO, "I-PAY-C", asked) if told.state is OrderState.PENDING else None

    def _next_ask(self, order: Order) -> datetime:
        return self._patience.next_ask(order.sent_at or order.placed_at, self._clock.now())

    def _owner(self, order: Order) -> Account:
        with self._database.read() as connection:
            found = accounts.of(connection, order.account_id)
        if found is None:
            raise NotHere(order.order_number)
        return found
