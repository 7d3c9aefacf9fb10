"""Placing an order: at most one of a person is open, whatever is clicked twice, in two tabs or after going back."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from reference_portal.clock import MALAYSIA, Clock
from reference_portal.errors import RuleBroken
from reference_portal.rules.contribution import amount_sen
from reference_portal.rules.order import OrderState
from reference_portal.storage import applications, orders
from reference_portal.storage.applications import Application, HandedIn
from reference_portal.storage.journal import Journal
from reference_portal.storage.orders import Order

NUMBER = re.compile(r"[A-Z0-9]{1,40}")
"""Our order numbers; what does not look like one is not even looked for (PostgreSQL takes no NUL in a text)."""


class Ordering:
    """Writes inside the caller's transaction; `orders.open_for` is unique, so a second open order cannot be stored."""

    def __init__(self, clock: Clock, source: random.Random, journal: Journal) -> None:
        self._clock = clock
        self._source = source
        self._journal = journal

    def place(self, connection: Connection, application: Application, papers: Sequence[HandedIn]) -> Order:
        """The person's open order for this application: new, amended, or the one there is when nothing changed.

        An order that never left the portal is amended when its form was sent again with other answers; one that went
        to FPX is never touched.

        Raises:
            RuleBroken: E-PAY-09 while a payment is on its way.
        """
        present = orders.open_of(connection, application.account_id)
        if present is None:
            self._keep(connection, application, papers)
            return self.place_for(connection, application)
        if present.state is not OrderState.PLACED:
            raise RuleBroken("E-PAY-09")
        if self._repeats(connection, present, application, papers):
            return present
        self._keep(connection, application, papers)
        amended = replace(self._order(application, self._clock.now()), order_number=present.order_number)
        if not orders.amend(connection, present, amended):
            raise RuleBroken("E-PAY-09")
        self._journal.write(connection, "order.amended", present.order_number, amount_sen=amended.amount_sen)
        return amended

    def place_for(self, connection: Connection, application: Application) -> Order:
        """A new order for an application that is stored already; the open one when another process was first."""
        order = self._order(application, self._clock.now())
        try:
            with connection.begin_nested():
                orders.add(connection, order)
        except IntegrityError:
            present = orders.open_of(connection, application.account_id)
            if present is None:
                raise
            return present
        facts = {"plan": order.plan, "period": order.period.value, "amount_sen": order.amount_sen}
        self._journal.write(connection, "order.placed", order.order_number, **facts)
        return order

    def _order(self, application: Application, now: datetime) -> Order:
        return Order(
            order_number=self._number(now),
            account_id=application.account_id,
            application_id=application.id,
            plan=application.plan,
            period=application.period,
            amount_sen=amount_sen(application.plan, application.period),
            state=OrderState.PLACED,
            open_for=application.account_id,
            placed_at=now,
        )

    def _number(self, now: datetime) -> str:
        """`SBX` + day and time + eight random digits: unique at FPX too, also after our store was wiped.

        Letters and digits only: FPX takes 40 signs and neither `&` nor `'`.
        """
        return f"SBX{now.astimezone(MALAYSIA):%y%m%d%H%M%S}{self._source.randrange(10**8):08d}"

    def _keep(self, connection: Connection, application: Application, papers: Sequence[HandedIn]) -> None:
        applications.add(connection, application)
        applications.hand_in(connection, *papers)

    def _repeats(
        self, connection: Connection, present: Order, application: Application, papers: Sequence[HandedIn]
    ) -> bool:
        before = applications.of(connection, present.application_id)
        if before is None or replace(application, id=before.id, submitted_at=before.submitted_at) != before:
            return False
        old = {replace(paper, application_id="") for paper in applications.papers_of(connection, before.id)}
        return old == {replace(paper, application_id="") for paper in papers}
