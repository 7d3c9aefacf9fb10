"""*Semakan*: what **Hantar & bayar** has placed, told once more before a bank is chosen, and the way back from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reference_portal.clock import Clock
from reference_portal.contributions import covers_of
from reference_portal.errors import RuleBroken
from reference_portal.notices import Notice, Tone
from reference_portal.rules.cover import Cover, cover_for, latest_end
from reference_portal.rules.document import Kind
from reference_portal.rules.order import Event, OrderState, move
from reference_portal.settings import PortalSettings
from reference_portal.storage import accounts, applications, orders
from reference_portal.storage.accounts import Account
from reference_portal.storage.applications import Application, HandedIn
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.storage.orders import Order

_ORDER = {kind: place for place, kind in enumerate(Kind)}
"""Documents stand as on the form."""


@dataclass(frozen=True)
class Review:
    """What the person declared and handed in, and the cover the payment buys when it is made now."""

    application: Application
    papers: list[HandedIn]
    cover: Cover
    queues: bool
    """Whether that cover waits for the present one to end, so that the minute of payment does not move it."""
    renews: bool
    """Whether it is changed on the form of a renewal."""


class Reviews:
    """An order that has not left the portal can be looked at, changed by its form, or given up."""

    def __init__(self, settings: PortalSettings, clock: Clock, database: Database, journal: Journal) -> None:
        self._settings = settings
        self._clock = clock
        self._database = database
        self._journal = journal

    def of(self, order: Order) -> Review:
        """The order's application, as it was accepted."""
        now = self._clock.now()
        with self._database.read() as connection:
            application = applications.of(connection, order.application_id)
            papers = sorted(
                applications.papers_of(connection, order.application_id), key=lambda paper: _ORDER[paper.kind]
            )
            known = covers_of(connection, order.account_id)
        if application is None:
            raise RuntimeError(f"order {order.order_number} pays for no application")
        cover = cover_for(now, order.period, latest_end(known), self._settings.cover_end_rule)
        return Review(application, papers, cover, queues=cover.start > now, renews=bool(known))

    def give_up(self, account: Account, order: Order) -> Notice:
        """Cancel the order: nothing was paid, and the form is open again.

        Raises:
            RuleBroken: E-PAY-09 once the order went to FPX; only FPX knows its end then.
        """
        with self._database.write() as connection:
            accounts.hold(connection, account.id)
            if order.state is not OrderState.PLACED:
                raise RuleBroken("E-PAY-09")
            state = move(order.state, Event.CANCEL)
            given_up = replace(order, state=state, open_for=None, settled_at=self._clock.now())
            if not orders.settle(connection, order, given_up):
                raise RuleBroken("E-PAY-09")
            self._journal.write(connection, "order.given_up", order.order_number, amount_sen=order.amount_sen)
        return Notice(Tone.INFO, "I-PAY-01", {"pesanan": order.order_number})
