"""Paying an order by FPX: choosing a bank and handing the signed AR to the buyer's browser (L13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from reference_portal.clock import Clock
from reference_portal.double_payments import paid_by
from reference_portal.errors import GatewayError, NotHere, RuleBroken
from reference_portal.gateways.fpx import Bank, Payment
from reference_portal.ordering import NUMBER
from reference_portal.rules.order import Event, OrderState, event_of, move
from reference_portal.settings import PortalSettings
from reference_portal.storage import accounts, orders
from reference_portal.storage.accounts import Account
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.storage.orders import Order
from reference_portal.wires import FpxWire


@dataclass(frozen=True)
class HandOver:
    """What the buyer's browser takes to FPX: the address and the signed fields of the AR."""

    url: str
    fields: dict[str, str]


class Payments:
    """One order is one FPX transaction: its number is both order numbers of the message."""

    def __init__(
        self, settings: PortalSettings, clock: Clock, database: Database, journal: Journal, fpx: FpxWire
    ) -> None:
        self._patience = settings.patience
        self._tolerance = timedelta(minutes=settings.fpx_tolerance_minutes)
        self._clock = clock
        self._database = database
        self._journal = journal
        self._fpx = fpx

    def open_order(self, account: Account) -> Order | None:
        """The person's order that is neither paid nor over."""
        with self._database.read() as connection:
            return orders.open_of(connection, account.id)

    def order(self, account: Account, order_number: str) -> Order:
        """An order of this person; NotHere for anybody else's, as for one that never was."""
        if not NUMBER.fullmatch(order_number):
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

    def hand_over(self, account: Account, order: Order, bank_id: str, *, another: bool = False) -> HandOver:
        """Let the order leave for FPX with the bank chosen.

        A second click finds the order sent and gets the very same AR, for the same bank and time. An AR that FPX would
        refuse as too old is signed anew, with the time of this hand-over, once FPX says that it never saw the order; so
        is one for `another` bank, of the same time while FPX still takes that: whichever of the two comes first is the
        order's one transaction.

        Raises:
            RuleBroken: E-SEL for a bank that is not listed, E-PAY-05 for one that is offline, E-PAY-10 when FPX cannot
                be asked, E-PAY-12 when another order has paid for this already, E-PAY-16 when this one waits no more,
                I-PAY-P when FPX knows it.
        """
        with self._database.read() as connection:
            if paid_by(connection, order) is not None:
                raise RuleBroken("E-PAY-12")
        if order.state is not OrderState.SENT:
            sent = self._send(order, self._chosen(bank_id))
        elif another and bank_id != order.bank_id:
            sent = self._send_anew(account, order, self._chosen(bank_id))
        elif self._fresh(order):
            sent = order
        else:
            sent = self._send_anew(account, order, Bank(order.bank_id or "", order.bank_name or "", online=True))
        return HandOver(self._fpx.authorization_url, self._fpx.authorization_request(payment_of(sent, account)))

    def _chosen(self, bank_id: str) -> Bank:
        banks = self.banks()
        bank = next((bank for bank in banks if bank.id == bank_id), None)
        if bank is None:
            raise RuleBroken("E-SEL" if banks else "E-PAY-10")
        if not bank.online:
            raise RuleBroken("E-PAY-05")
        return bank

    def _fresh(self, order: Order) -> bool:
        """Whether FPX still takes the AR that was signed; one signed in the future of a clock set back is not."""
        return timedelta() <= self._clock.now() - (order.sent_at or order.placed_at) < self._tolerance

    def _send_anew(self, account: Account, order: Order, bank: Bank) -> Order:
        try:
            said = self._fpx.enquire(payment_of(order, account))
        except GatewayError as trouble:
            self._journal.note("ae.failed", order.order_number, reason=str(trouble))
            raise RuleBroken("E-PAY-10") from trouble
        if event_of(said.debit_code) is not Event.NOT_FOUND:
            raise RuleBroken("I-PAY-P")  # the buyer is at the bank in another tab, or was: Semak status tells
        return self._send(order, bank, order.sent_at if self._fresh(order) else None)

    def _send(self, order: Order, bank: Bank, sent_at: datetime | None = None) -> Order:
        with self._database.write() as connection:
            accounts.hold(connection, order.account_id)
            state, now = move(order.state, Event.SEND), self._clock.now()
            ask_at = self._patience.next_ask(now, now)
            if orders.send(connection, order, state, sent_at or now, (bank.id, bank.name), ask_at):
                facts = {"bank": bank.id, "amount_sen": order.amount_sen, "anew": order.sent_at is not None}
                self._journal.write(connection, "order.sent", order.order_number, **facts)
            present = orders.of(connection, order.order_number)
        if present is None or present.state is not OrderState.SENT:
            raise RuleBroken("E-PAY-16")
        return present


def payment_of(order: Order, account: Account) -> Payment:
    """The order as FPX is told of it, in the AR and in every AE."""
    return Payment(
        order_number=order.order_number,
        exchange_order_number=order.order_number,
        placed_at=order.sent_at or order.placed_at,
        amount_sen=order.amount_sen,
        bank_id=order.bank_id or "",
        buyer_name=account.full_name,
        buyer_email=account.email,
    )
