"""Receipts: one for each paid order by constraint, numbered without a gap within a year, their facts never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Integer, String, Table, Text, bindparam, func, select
from sqlalchemy.exc import IntegrityError

from reference_portal.storage.accounts import accounts
from reference_portal.storage.columns import Instant, many, metadata, one
from reference_portal.storage.orders import orders

receipts = Table(
    "receipts",
    metadata,
    Column("receipt_number", String(40), primary_key=True),
    Column("order_number", ForeignKey(orders.c.order_number), nullable=False, unique=True),
    Column("account_id", ForeignKey(accounts.c.id), nullable=False, index=True),
    Column("amount_sen", Integer, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("facts", Text, nullable=False),
)

counters = Table(
    "receipt_counters",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)


@dataclass(frozen=True)
class StoredReceipt:
    """A receipt; `facts` is the JSON text its PDF and its JSON are made from, for ever the same."""

    receipt_number: str
    order_number: str
    account_id: str
    amount_sen: int
    issued_at: datetime
    facts: str


_for_order = select(receipts).where(receipts.c.order_number == bindparam("order_number"))
_of_account = (
    select(receipts)
    .where(receipts.c.account_id == bindparam("account_id"))
    .order_by(receipts.c.issued_at.desc(), receipts.c.receipt_number.desc())
)
_count_on = counters.update().where(counters.c.year == bindparam("of")).values(last=counters.c.last + 1)
_counted = select(counters.c.last).where(counters.c.year == bindparam("of"))
_sum = select(func.count(), func.coalesce(func.sum(receipts.c.amount_sen), 0))


def next_in(connection: Connection, year: int) -> int:
    """The year's next number, from 1.

    It is counted inside the transaction that stores the receipt: a receipt that fails takes no number with it, and
    the counter's row makes two settlements in two processes wait for each other.
    """
    if not connection.execute(_count_on, {"of": year}).rowcount:
        try:
            with connection.begin_nested():
                connection.execute(counters.insert(), {"year": year, "last": 0})
        except IntegrityError:  # another process opened the year in between
            pass
        connection.execute(_count_on, {"of": year})
    return int(connection.execute(_counted, {"of": year}).scalar_one())


def add(connection: Connection, receipt: StoredReceipt) -> None:
    """Store a receipt.

    Raises:
        sqlalchemy.exc.IntegrityError: the order has its receipt already.
    """
    connection.execute(receipts.insert(), vars(receipt))


def for_order(connection: Connection, order_number: str) -> StoredReceipt | None:
    """The receipt of this order."""
    return one(connection, _for_order, StoredReceipt, order_number=order_number)


def of_account(connection: Connection, account_id: str) -> list[StoredReceipt]:
    """Every receipt of the account, newest first."""
    return many(connection, _of_account, StoredReceipt, account_id=account_id)


def totals(connection: Connection) -> tuple[int, int]:
    """How many receipts there are, and their sum in sen."""
    count, sen = connection.execute(_sum).one()
    return int(count), int(sen)
