"""Paying an order by FPX: handing it over, believing what FPX says of it, trying again.

Whatever FPX says reaches us three ways (the direct AC, the indirect AC, the answer to our own AE) and possibly many
times. All three end in `settle`, which compares the message with our own record, moves the order by its table and
writes receipt and cover in the same transaction. Their order number is unique: settling twice cannot make a second.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from reference_portal.clock import MALAYSIA, Clock
from reference_portal.errors import Forged, GatewayError, NotHere, RuleBroken
from reference_portal.gateways.fpx import Bank, Confirmation, Payment
from reference_portal.notices import Notice, Tone
from reference_portal.receipts import Receipts
from reference_portal.rules.order import OPEN, Event, OrderState, event_of, move
from reference_portal.storage import accounts, orders
from reference_portal.storage.accounts import Account
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.storage.orders import Order
from reference_portal.wires import FpxWire

CURRENCY = "MYR"

_NUMBER = re.compile(r"[A-Z0-9]{1,40}")
"""Our order numbers; what does not look like one is not even looked for (PostgreSQL takes no NUL in a text)."""


@dataclass(frozen=True)
class HandOver:
    """What the buyer's browser takes to FPX: the address and the signed fields of the AR."""

    url: str
    fields: dict[str, str]


class Payments:
    """One order is one FPX transaction: its number is both order numbers of the message."""

    def __init__(self, clock: Clock, database: Database, journal: Journal, fpx: FpxWire, receipts: Receipts) -> None:
        self._clock = clock
        self._database = database
        self._journal = journal
        self._fpx = fpx
        self._receipts = receipts

    def open_order(self, account: Account) -> Order | None:
        """The person's order that is neither paid nor over."""
        with self._database.read() as connection:
            return orders.open_of(connection, account.id)

    def order(self, account: Account, order_number: str) -> Order:
        """An order of this person; NotHere for anybody else's, as for one that never was."""
        if not _NUMBER.fullmatch(order_number):
            raise NotHere(order_number)
        with self._database.read() as connection:
            found = orders.of(connection, order_number)
        if found is None or found.account_id != account.id:
            raise NotHere(order_number)
        return found

    def banks(self) -> list[Bank]:
        """Today's banks, asked afresh; none when FPX cannot say."""
        try:
            return self._fpx.bank_list()
        except GatewayError as trouble:
            self._journal.note("be.failed", reason=str(trouble))
            return []

    @property
    def terms_url(self) -> str:
        """FPX's terms and conditions, which the page has to link."""
        return self._fpx.terms_url

    def hand_over(self, account: Account, order: Order, bank_id: str) -> HandOver:
        """Let the order leave for FPX with the bank chosen.

        A second click finds the order sent and gets the very same AR, for the same bank and time: FPX knows the
        number and takes no second payment for it.

        Raises:
            RuleBroken: E-SEL for a bank that is not listed, E-PAY-05 for one that is offline, E-PAY-10 when FPX cannot
                say which banks are there.
        """
        sent = order if order.state is OrderState.SENT else self._send(order, self._chosen(bank_id))
        return HandOver(self._fpx.authorization_url, self._fpx.authorization_request(_payment(sent, account)))

    def receive(self, form: Mapping[str, str], told_by: str) -> Order | None:
        """Take an AC; None when it is not FPX's word or not about an order of ours as we know it.

        Raises:
            GatewayError: FPX's certificate is not here yet, so that nobody can tell.
        """
        try:
            return self.settle(self._fpx.read_confirmation(form), told_by)
        except Forged as forged:
            claimed = form.get("fpx_sellerOrderNo", "")
            known_form = claimed if _NUMBER.fullmatch(claimed) else ""
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

    def ask(self, order: Order, account: Account | None = None) -> Order:
        """Ask FPX what became of the order (AE) and believe the answer.

        Raises:
            GatewayError: FPX does not answer, or not about this order.
        """
        account = account or self._owner(order)
        said = self._fpx.enquire(_payment(order, account))
        with self._database.write() as connection:
            orders.note_asked(connection, order.order_number, self._clock.now())
        return self.settle(said, "AE")

    def check(self, account: Account, order: Order) -> Notice | None:
        """**Semak status**: ask FPX on the buyer's behalf; what to tell beside what the order's page says anyhow."""
        if order.state not in (OrderState.SENT, OrderState.PENDING):
            return None
        try:
            told = self.ask(order, account)
        except GatewayError as trouble:
            self._journal.note("ae.failed", order.order_number, reason=str(trouble))
            return Notice(Tone.ERROR, "E-PAY-10")
        # an order that is still only sent is one FPX has never seen (76): the buyer left before the bank
        return Notice(Tone.INFO, "E-PAY-07") if told.state is OrderState.SENT else None

    def expire(self, order: Order) -> None:
        """Nothing came of the order in time; if FPX says otherwise later, FPX is believed."""
        with self._database.write() as connection:
            present = orders.of(connection, order.order_number)
            if present is None or present.state is not order.state:
                return
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
            paid_at=(said.fpx_time or _second(now)) if state is OrderState.PAID else None,
        )
        if not orders.settle(connection, order, settled):
            return orders.of(connection, order.order_number) or order
        self._journal.write(connection, "order.settled", order.order_number, **facts)
        if state is OrderState.PAID:
            self._receipts.issue(connection, settled, said)
        return settled

    def _open_for(self, connection: Connection, order: Order, state: OrderState) -> str | None:
        """An order that FPX brings back to life is open again, unless the person has opened another meanwhile."""
        if state not in OPEN:
            return None
        other = orders.open_of(connection, order.account_id)
        return order.account_id if other is None or other.order_number == order.order_number else None

    def _chosen(self, bank_id: str) -> Bank:
        banks = self.banks()
        bank = next((bank for bank in banks if bank.id == bank_id), None)
        if bank is None:
            raise RuleBroken("E-SEL" if banks else "E-PAY-10")
        if not bank.online:
            raise RuleBroken("E-PAY-05")
        return bank

    def _send(self, order: Order, bank: Bank) -> Order:
        with self._database.write() as connection:
            state = move(order.state, Event.SEND)
            if orders.send(connection, order, state, self._clock.now(), bank.id, bank.name):
                facts = {"bank": bank.id, "amount_sen": order.amount_sen}
                self._journal.write(connection, "order.sent", order.order_number, **facts)
            present = orders.of(connection, order.order_number)
        if present is None or present.state is not OrderState.SENT:
            raise RuleBroken("E-PAY-09")
        return present

    def _owner(self, order: Order) -> Account:
        with self._database.read() as connection:
            found = accounts.of(connection, order.account_id)
        if found is None:
            raise NotHere(order.order_number)
        return found


def _payment(order: Order, account: Account) -> Payment:
    return Payment(
        order_number=order.order_number,
        exchange_order_number=order.order_number,
        placed_at=order.sent_at or order.placed_at,
        amount_sen=order.amount_sen,
        bank_id=order.bank_id or "",
        buyer_name=account.full_name,
        buyer_email=account.email,
    )


def _objection(order: Order, said: Confirmation) -> str | None:
    """Where a signed message disagrees with our own record; exchange and seller were compared when it was read."""
    if said.exchange_order_number != order.order_number:
        return f"exchange order number {said.exchange_order_number!r} is not the order's"
    if said.amount_sen != order.amount_sen:
        return f"{said.amount_sen} sen, but the order is over {order.amount_sen}"
    return None if said.currency == CURRENCY else f"currency {said.currency!r}"


def _second(instant: datetime) -> datetime:
    return instant.astimezone(MALAYSIA).replace(microsecond=0)
