"""Two orders, one contribution: never on purpose, and never in silence when it happens all the same.

An order is given up only when FPX can no longer take its AR. FPX may still tell late of money it took, and then the
contribution may be paid by another order already. The money is booked where it came in, with its receipt; what a
person bought once is not sold again: the second payment brings no cover and is to be refunded (PORTAL-31).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from sqlalchemy import Connection

from reference_portal.rules.order import Event, OrderState, move
from reference_portal.storage import orders
from reference_portal.storage.journal import Journal
from reference_portal.storage.orders import Order


def paid_by(connection: Connection, order: Order) -> Order | None:
    """The other order that has paid for what `order`, as it stood until now, was placed for.

    One for the same application; and once `order` was given up, any that the person placed after it: whoever fills in
    the form anew after a payment that came to nothing buys the same thing.
    """
    every = orders.history(connection, order.account_id)
    rivals = [other for other in every if other.application_id == order.application_id]
    if order.open_for is None:
        rivals += takewhile(lambda other: other.order_number != order.order_number, every)
    paid = (other for other in rivals if other.state is OrderState.PAID and other.order_number != order.order_number)
    return next(paid, None)


def withdraw_open(connection: Connection, journal: Journal, paid: Order, now: datetime) -> None:
    """Close the open order beside `paid` if it never left the portal; one that FPX may know is left alone."""
    other = orders.open_of(connection, paid.account_id)
    if other is None or other.state is not OrderState.PLACED or other.order_number == paid.order_number:
        return
    state = move(other.state, Event.CANCEL)
    if orders.settle(connection, other, replace(other, state=state, open_for=None, settled_at=now)):
        journal.write(connection, "order.withdrawn", other.order_number, paid_by=paid.order_number)
