"""Orders: each is one FPX transaction, and its number is both the seller's and the exchange's order number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, String, Table, bindparam, func, or_, select

from reference_portal.rules.contribution import Period
from reference_portal.rules.order import OrderState
from reference_portal.storage.accounts import accounts
from reference_portal.storage.applications import applications
from reference_portal.storage.columns import Instant, OneOf, changed, many, metadata, one

orders = Table(
    "orders",
    metadata,
    Column("serial", Integer, primary_key=True, comment="the order of writing: a clock may stand still"),
    Column("order_number", String(40), nullable=False, unique=True),
    Column("account_id", ForeignKey(accounts.c.id), nullable=False, index=True),
    Column("application_id", ForeignKey(applications.c.id), nullable=False, index=True),
    Column("plan", Integer, nullable=False),
    Column("period", OneOf(Period), nullable=False),
    Column("amount_sen", Integer, nullable=False),
    Column("state", OneOf(OrderState), nullable=False),
    Column("open_for", String(32), unique=True, comment="the account while the order is open, else null"),
    Column("placed_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("bank_id", String(10)),
    Column("bank_name", String(80)),
    Column("debit_code", String(2)),
    Column("fpx_txn_id", String(16)),
    Column("settled_at", Instant),
    Column("paid_at", Instant),
    Column("asked_at", Instant, comment="when FPX last answered about it"),
    Column("ask_at", Instant, comment="when FPX is to be asked about it next"),
    Index("orders_by_state", "state", "placed_at"),
)


@dataclass(frozen=True)
class Order:
    """One attempt to pay; at most one of an account is open at a time, by constraint."""

    order_number: str
    account_id: str
    application_id: str
    plan: int
    period: Period
    amount_sen: int
    state: OrderState
    open_for: str | None
    placed_at: datetime
    sent_at: datetime | None = None
    bank_id: str | None = None
    bank_name: str | None = None
    debit_code: str | None = None
    fpx_txn_id: str | None = None
    settled_at: datetime | None = None
    paid_at: datetime | None = None
    asked_at: datetime | None = None
    ask_at: datetime | None = None


_columns = [column for column in orders.c if column.name != "serial"]
_of = select(*_columns).where(orders.c.order_number == bindparam("order_number"))
_open = select(*_columns).where(orders.c.open_for == bindparam("account_id"))
_history = select(*_columns).where(orders.c.account_id == bindparam("account_id")).order_by(orders.c.serial.desc())
_siblings = select(*_columns).where(orders.c.application_id == bindparam("application_id"))
_never_sent = (
    select(*_columns)
    .where(orders.c.state == OrderState.PLACED, orders.c.placed_at <= bindparam("before"))
    .order_by(orders.c.placed_at)
    .limit(bindparam("most"))
)
_last_word = func.coalesce(orders.c.asked_at, orders.c.sent_at, orders.c.placed_at)
_due = func.coalesce(orders.c.ask_at, _last_word)
_on_their_way = (
    select(*_columns).where(orders.c.state.in_((OrderState.SENT, OrderState.PENDING))).order_by(_due, orders.c.serial)
)
_unanswered = _on_their_way.where(or_(_due <= bindparam("now"), _last_word > bindparam("now"))).limit(bindparam("most"))
_expected = (orders.c.order_number == bindparam("of"), orders.c.state == bindparam("old"))
_amend = (
    orders.update()
    .where(*_expected)
    .values(
        application_id=bindparam("new_application"),
        plan=bindparam("new_plan"),
        period=bindparam("new_period"),
        amount_sen=bindparam("new_amount"),
        placed_at=bindparam("now"),
    )
)
_send = (
    orders.update()
    .where(*_expected, orders.c.sent_at.is_not_distinct_from(bindparam("sent_before")))
    .values(
        state=bindparam("new"),
        sent_at=bindparam("now"),
        ask_at=bindparam("ask"),
        bank_id=bindparam("bank"),
        bank_name=bindparam("bank_called"),
    )
)
_settle = (
    orders.update()
    .where(*_expected)
    .values(
        state=bindparam("new"),
        open_for=bindparam("still_open_for"),
        debit_code=bindparam("code"),
        fpx_txn_id=bindparam("fpx_id"),
        settled_at=bindparam("now"),
        paid_at=bindparam("paid"),
    )
)
_ask = orders.update().where(orders.c.order_number == bindparam("of"))
_answered = _ask.values(asked_at=bindparam("now"), ask_at=bindparam("ask"))
_put_off = _ask.values(ask_at=bindparam("ask"))
_paid = select(func.count(), func.coalesce(func.sum(orders.c.amount_sen), 0)).where(orders.c.state == OrderState.PAID)


def add(connection: Connection, order: Order) -> None:
    """Store a new order.

    Raises:
        sqlalchemy.exc.IntegrityError: the number is taken, or the account has an open order.
    """
    connection.execute(orders.insert(), vars(order))


def of(connection: Connection, order_number: str) -> Order | None:
    """The order with this number."""
    return one(connection, _of, Order, order_number=order_number)


def open_of(connection: Connection, account_id: str) -> Order | None:
    """The account's open order."""
    return one(connection, _open, Order, account_id=account_id)


def history(connection: Connection, account_id: str) -> list[Order]:
    """Every order of the account, newest first."""
    return many(connection, _history, Order, account_id=account_id)


def of_application(connection: Connection, application_id: str) -> list[Order]:
    """Every attempt to pay for one application."""
    return many(connection, _siblings, Order, application_id=application_id)


def never_sent(connection: Connection, before: datetime, most: int) -> list[Order]:
    """Orders placed at or before an instant that have not left the portal, oldest first."""
    return many(connection, _never_sent, Order, before=before, most=most)


def on_their_way(connection: Connection) -> list[Order]:
    """Every order only FPX knows the end of, whatever its times say; the one that is due for longest first."""
    return many(connection, _on_their_way, Order)


def unanswered(connection: Connection, now: datetime, most: int) -> list[Order]:
    """Those it is time to ask about, and those sent or asked about after `now`: a clock set back leaves such."""
    return many(connection, _unanswered, Order, now=now, most=most)


def amend(connection: Connection, order: Order, amended: Order) -> bool:
    """Let an order that never left the portal pay for another application; False when its state has changed."""
    new = {"new_application": amended.application_id, "new_plan": amended.plan, "new_period": amended.period}
    new |= {"new_amount": amended.amount_sen, "now": amended.placed_at}
    return changed(connection, _amend, of=order.order_number, old=order.state, **new)


def send(
    connection: Connection,
    order: Order,
    new: OrderState,
    now: datetime,
    bank: tuple[str, str],
    ask_at: datetime,
) -> bool:
    """The order leaves for FPX and a bank (id, name), perhaps anew; False when another click sent it first."""
    row: dict[str, Any] = {"of": order.order_number, "old": order.state, "new": new, "now": now, "ask": ask_at}
    row["sent_before"] = order.sent_at
    return changed(connection, _send, **row, bank=bank[0], bank_called=bank[1])


def settle(connection: Connection, old: Order, new: Order) -> bool:
    """What FPX or the clock said of the order; False when its state has changed meanwhile."""
    row: dict[str, Any] = {"of": old.order_number, "old": old.state, "new": new.state, "still_open_for": new.open_for}
    row |= {"code": new.debit_code, "fpx_id": new.fpx_txn_id, "now": new.settled_at, "paid": new.paid_at}
    return changed(connection, _settle, **row)


def note_asked(connection: Connection, order_number: str, now: datetime, ask_at: datetime) -> None:
    """FPX has answered about the order (AE), and is to be asked again then."""
    connection.execute(_answered, {"of": order_number, "now": now, "ask": ask_at})


def put_off(connection: Connection, order_number: str, ask_at: datetime) -> None:
    """FPX was asked about the order and said nothing that could be believed."""
    connection.execute(_put_off, {"of": order_number, "ask": ask_at})


def paid_totals(connection: Connection) -> tuple[int, int]:
    """How many orders are paid, and their sum in sen."""
    count, sen = connection.execute(_paid).one()
    return int(count), int(sen)
