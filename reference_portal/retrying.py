"""**Cuba lagi**: another order for the application whose payment failed, judged again on the day it is pressed."""

from __future__ import annotations

from collections.abc import Sequence

from reference_portal.contributions import covers_of
from reference_portal.errors import RuleBroken
from reference_portal.judging import Judging
from reference_portal.ordering import Ordering
from reference_portal.renewals import Renewals
from reference_portal.rules.cover import Cover
from reference_portal.rules.document import Given
from reference_portal.rules.order import OPEN, RETRYABLE, OrderState
from reference_portal.storage import accounts, applications, orders
from reference_portal.storage.accounts import Account
from reference_portal.storage.database import Database
from reference_portal.storage.orders import Order


class Retrying:
    """Never a second payment for what is paid, never a second open order."""

    def __init__(self, database: Database, judging: Judging, renewals: Renewals, ordering: Ordering) -> None:
        self._database = database
        self._judging = judging
        self._renewals = renewals
        self._ordering = ordering

    def may_retry(self, order: Order) -> bool:
        """Whether the button makes sense: the order is over, and its application is the person's latest and unpaid."""
        with self._database.read() as connection:
            latest = applications.latest(connection, order.account_id)
            siblings = orders.of_application(connection, order.application_id)
        settled = any(sibling.state is OrderState.PAID or sibling.state in OPEN for sibling in siblings)
        return order.state in RETRYABLE and latest is not None and latest.id == order.application_id and not settled

    def try_again(self, account: Account, order: Order) -> Order:
        """A new order for the same application; the open one when there is one already.

        Raises:
            RuleBroken: E-PAY-09 for an order that cannot be tried again; what the documents and the cover say today.
        """
        with self._database.write() as connection:
            accounts.hold(connection, account.id)
            present = orders.open_of(connection, account.id)
            if present is not None:
                return present
            latest = applications.latest(connection, account.id)
            siblings = orders.of_application(connection, order.application_id)
            paid = any(sibling.state is OrderState.PAID for sibling in siblings)
            if order.state not in RETRYABLE or paid or latest is None or latest.id != order.application_id:
                raise RuleBroken("E-PAY-09")
            refusal = self._refusal(covers_of(connection, account.id))
            if refusal is not None:
                raise refusal
            papers = applications.papers_of(connection, latest.id)
            shown = [Given(paper.kind, paper.number, paper.expires) for paper in papers]
            self._judging.judge(account, latest.category, latest.region, shown)
            return self._ordering.place_for(connection, latest)

    def _refusal(self, known: Sequence[Cover]) -> RuleBroken | None:
        return self._renewals.refusal_for(known) if known else None
