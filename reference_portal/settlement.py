"""Believing FPX: what it says of an order, however it reaches us and however often.

It reaches us three ways: the direct AC, the indirect AC, and the answer to our own AE (`enquiries.py`). All three end
in `settle`, which compares the message with our own record, moves the order by its table and writes receipt and cover
in the same transaction. Both are unique for their order: settling twice cannot make a second one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from reference_portal.clock import Clock
from reference_portal.double_payments import paid_by, withdraw_open
from reference_portal.errors import Forged
from reference_portal.gateways.fpx import Confirmation
from reference_portal.ordering import NUMBER
from reference_portal.receipts import Receipts
from reference_portal.rules.order import OPEN, Event, OrderState, event_of, move
from reference_portal.rules.payment_time import paid_at
from reference_portal.settings import PortalSettings
from reference_portal.storage import accounts, orders
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.storage.orders import Order
from reference_portal.wires import FpxWire

CURRENCY = "MYR"


class Settlement:
    """Takes FPX's word for what it is: final once it says paid, and nothing when it is not FPX's or not about us."""

    def __init__(
        self,
        settings: PortalSettings,
        clock: Clock,
        database: Database,
        journal: Journal,
        fpx: FpxWire,
        receipts: Receipts,
    ) -> None:
        self._prompt = timedelta(minutes=settings.prompt_confirmation_minutes)
        self._clock = clock
        self._database = database
        self._journal = journal
        self._fpx = fpx
        self._receipts = receipts

    def receive(self, form: Mapping[str, str], told_by: str) -> Order | None:
        """Take an AC; None when it is not FPX's word or not about an order of ours as we know it.

        Raises:
            GatewayError: FPX's certificate is not here yet, so that nobody can tell.
        """
        try:
            return self.settle(self._fpx.read_confirmation(form), told_by)
        except Forged as forged:
            claimed = form.get("fpx_sellerOrderNo", "")
            known_form = claimed if NUMBER.fullmatch(claimed) else ""
            self._journal.note("ac.forged", known_form, told_by=told_by, reason=forged.reason[:200])
            return None

    def settle(self, said: Confirmation, told_by: str) -> Order:
        """Believe a genuine message as far as it agrees with our own record.

        Raises:
            Forged: it is about no order of ours, or about another amount; nothing has changed.
        """
        with self._database.write() as connection:
            order = orders.of(connection, said.order_number)
            if order is None or (objection := _objection(order, said)) is not None:
                raise Forged(f"no order {said.order_number!r}" if order is None else str(objection))
            return self._settle(connection, order, said, told_by)

    def expire(self, order: Order) -> None:
        """Nothing came of the order in time; if FPX says otherwise later, FPX is believed."""
        with self._database.write() as connection:
            accounts.hold(connection, order.account_id)
            present = orders.of(connection, order.order_number)
            if present is None or (present.state, present.sent_at) != (order.state, order.sent_at):
                return  # it was handed over anew while we asked: that AR is young
            state = move(present.state, Event.EXPIRE)
            over = replace(present, state=state, open_for=None, settled_at=self._clock.now())
            orders.settle(connection, present, over)
            self._journal.write(connection, "order.timed_out", order.order_number, was=present.state.value)

    def _settle(self, connection: Connection, order: Order, said: Confirmation, told_by: str) -> Order:
        event = event_of(said.debit_code)
        state = move(order.state, event)
        facts = {"told_by": told_by, "code": said.debit_code, "was": order.state.value, "is": state.value}
        if state is order.state:
            kind = "ac.not_found" if event is Event.NOT_FOUND else "ac.repeated"
            self._journal.write(connection, kind, order.order_number, **facts)
            return order
        accounts.hold(connection, order.account_id)
        now = self._clock.now()
        settled = replace(
            order,
            state=state,
            open_for=self._open_for(connection, order, state),
            debit_code=said.debit_code,
            fpx_txn_id=said.fpx_transaction_id or None,
            settled_at=now,
            paid_at=paid_at(said.fpx_time, now, self._prompt) if state is OrderState.PAID else None,
        )
        if not orders.settle(connection, order, settled):
            return orders.of(connection, order.order_number) or order
        self._journal.write(connection, "order.settled", order.order_number, **facts)
        if state is OrderState.PAID:
            self._book(connection, order, settled, said)
        return settled

    def _book(self, connection: Connection, before: Order, paid: Order, said: Confirmation) -> None:
        first = paid_by(connection, before)
        if first is not None:
            facts = {"paid_by": first.order_number, "refund_sen": paid.amount_sen}
            self._journal.write(connection, "order.paid_twice", paid.order_number, **facts)
        self._receipts.issue(connection, paid, said, with_cover=first is None)
        withdraw_open(connection, self._journal, paid, self._clock.now())

    def _open_for(self, connection: Connection, order: Order, state: OrderState) -> str | None:
        """An order that FPX brings back to life is open again, unless the person has opened another meanwhile."""
        if state not in OPEN:
            return None
        other = orders.open_of(connection, order.account_id)
        return order.account_id if other is None or other.order_number == order.order_number else None


def _objection(order: Order, said: Confirmation) -> str | None:
    """Where a signed message disagrees with our own record; exchange and seller were compared when it was read."""
    if said.exchange_order_number != order.order_number:
        return f"exchange order number {said.exchange_order_number!r} is not the order's"
    if said.amount_sen != order.amount_sen:
        return f"{said.amount_sen} sen, but the order is over {order.amount_sen}"
    return None if said.currency == CURRENCY else f"currency {said.currency!r}"
