"""The receipt (L14, C-3): issued once, in the transaction that settles the order, and the same for ever."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from reference_portal import receipt_pdf
from reference_portal.clock import MALAYSIA, Clock
from reference_portal.contributions import covers_of
from reference_portal.errors import CallersMistake, OurFault
from reference_portal.gateways.fpx import Confirmation
from reference_portal.order_notices import notice_of
from reference_portal.receipt_facts import ReceiptFacts, as_json, from_json
from reference_portal.receipt_seal import ReceiptSeal, Sealed
from reference_portal.rules.cover import Cover, cover_for, latest_end
from reference_portal.settings import PortalSettings
from reference_portal.storage import accounts, applications, covers, receipts
from reference_portal.storage.covers import StoredCover
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.storage.orders import Order
from reference_portal.storage.receipts import StoredReceipt

SERIES = "SBX-SPS"
"""Keeps a number from ever being taken for one of the real series (choice)."""


class NoReceiptYet(CallersMistake):
    """The order exists and has no receipt: only a successful payment has one."""

    status = 409

    def __init__(self, order: Order) -> None:
        super().__init__(f"order {order.order_number} is {order.state}")
        self.code = notice_of(order).code


class Receipts:
    """Issues receipts and the cover they certify; reads them back."""

    def __init__(
        self, settings: PortalSettings, clock: Clock, database: Database, journal: Journal, seal: ReceiptSeal
    ) -> None:
        self._settings = settings
        self._seal = seal
        self._clock = clock
        self._database = database
        self._journal = journal

    def issue(self, connection: Connection, order: Order, said: Confirmation, *, with_cover: bool) -> None:
        """Write receipt and cover of an order that has just been paid; both are unique for the order.

        Without cover for what another order has paid already: the receipt certifies the money, and says so.
        """
        account = accounts.hold(connection, order.account_id)
        application = applications.of(connection, order.application_id)
        if account is None or application is None or order.paid_at is None:
            raise OurFault(f"order {order.order_number} is paid and lacks its account, application or time")
        bought = self._cover(connection, order, order.paid_at) if with_cover else None
        year = order.paid_at.astimezone(MALAYSIA).year
        number = f"{SERIES}-{year}-{receipts.next_in(connection, year):07d}"
        facts = ReceiptFacts(
            number=number,
            paid_at=order.paid_at,
            full_name=account.full_name,
            masked_identity_number=account.card.masked,
            category=application.category,
            plan=order.plan,
            period=order.period,
            cover_start=bought.start if bought else None,
            cover_end=bought.end if bought else None,
            amount_sen=order.amount_sen,
            bank_name=order.bank_name or said.bank_name,
            fpx_transaction_id=order.fpx_txn_id or "",
            order_number=order.order_number,
            contact=self._settings.support_contact,
            check_url=self._seal.address(Sealed(number, order.amount_sen, order.paid_at)),
        )
        receipts.add(
            connection,
            StoredReceipt(
                receipt_number=number,
                order_number=order.order_number,
                account_id=account.id,
                amount_sen=order.amount_sen,
                issued_at=self._clock.now(),
                facts=as_json(facts).decode(),
            ),
        )
        self._journal.write(connection, "receipt.issued", order.order_number, receipt_number=number)

    def _cover(self, connection: Connection, order: Order, paid_at: datetime) -> Cover:
        current_end = latest_end(covers_of(connection, order.account_id))
        bought = cover_for(paid_at, order.period, current_end, self._settings.cover_end_rule)
        entry = StoredCover(order.account_id, order.order_number, order.plan, order.period, bought.start, bought.end)
        covers.add(connection, entry)
        return bought

    def facts(self, order: Order) -> ReceiptFacts | None:
        """What the order's receipt certifies, when it has one."""
        with self._database.read() as connection:
            found = receipts.for_order(connection, order.order_number)
        return from_json(found.facts) if found else None

    def number(self, order: Order) -> str:
        """The receipt's number; NoReceiptYet before success."""
        return from_json(self._certain(order)).number

    def pdf(self, order: Order) -> bytes:
        """The receipt as PDF; NoReceiptYet before success."""
        return receipt_pdf.render(from_json(self._certain(order)))

    def json(self, order: Order) -> bytes:
        """The receipt's machine-readable twin; NoReceiptYet before success."""
        return self._certain(order).encode()

    def _certain(self, order: Order) -> str:
        with self._database.read() as connection:
            found = receipts.for_order(connection, order.order_number)
        if found is None:
            raise NoReceiptYet(order)
        return found.facts
